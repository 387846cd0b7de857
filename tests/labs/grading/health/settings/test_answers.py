from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError
from labs.grading.health.settings.answers import read_target_group
from labs.grading.health.settings.model import DELAY, LB_SECONDS, STICKY, TargetGroup
from tests.labs.grading.health.logs import text_of


def test_what_is_left_out_has_the_default_of_the_api_reference() -> None:
    """CreateTargetGroup and TargetGroupAttribute, for targets that are instances."""
    plain = TargetGroup("/", 30, 5, 5, 2, ((200, 200),), delay=300, cookie=0)
    assert read_target_group("{}").group == plain


def test_every_setting_is_read() -> None:
    text = text_of(
        {DELAY: "120", STICKY: "true", LB_SECONDS: "600"},
        HealthCheckTimeoutSeconds=4,
        HealthyThresholdCount=3,
        UnhealthyThresholdCount=4,
        Matcher={"HttpCode": "200,204, 300-302"},
    )
    codes = ((200, 200), (204, 204), (300, 302))
    assert read_target_group(text).group == TargetGroup("/health", 10, 4, 3, 4, codes, 120, 600)


def test_a_cookie_lasts_a_day_unless_it_is_said() -> None:
    assert read_target_group(text_of({STICKY: "true"})).group.cookie == 86_400
    assert read_target_group(text_of({STICKY: "false", LB_SECONDS: "5"})).group.cookie == 0


def test_a_cookie_of_the_application_has_its_own_duration() -> None:
    cookie = {
        STICKY: "true",
        "stickiness.type": "app_cookie",
        "stickiness.app_cookie.cookie_name": "basket",
        "stickiness.app_cookie.duration_seconds": "90",
        LB_SECONDS: "7",
    }
    assert read_target_group(text_of(cookie)).group.cookie == 90


@pytest.mark.parametrize("beside", [True, False])
def test_what_the_cli_prints_is_read(beside: bool) -> None:
    attributes = [{"Key": DELAY, "Value": "60"}]
    printed = {
        "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/web/1",
        "TargetGroupName": "web",
        "Protocol": "HTTP",
        "Port": 80,
        "VpcId": "vpc-1",
        "HealthCheckProtocol": "HTTP",
        "HealthCheckPort": "traffic-port",
        "HealthCheckEnabled": True,
        "HealthCheckIntervalSeconds": 15,
        "HealthCheckPath": "/ok",
        "Matcher": {"HttpCode": "200"},
        "LoadBalancerArns": [],
        "TargetType": "instance",
        "ProtocolVersion": "HTTP1",
        "IpAddressType": "ipv4",
    }
    tree: dict = {"TargetGroups": [printed]}
    (tree if beside else printed)["Attributes"] = attributes
    read = read_target_group(json.dumps(tree, indent=2)).group
    assert (read.path, read.interval, read.delay) == ("/ok", 15, 60)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[]", (1, 1), "a JSON object"),
        ('{"TargetGroups": []}', (1, 18), "one target group"),
        ('{"TargetGroups": [{}], "Tags": []}', (1, 24), "no more"),
        ('{"TargetGroups": [7]}', (1, 19), "a JSON object"),
        ('{\n "HealthCheckPfad": "/"}', (2, 2), "Did you mean HealthCheckPath?"),
        ('{"HealthCheckPath": "health"}', (1, 21), "begins with /"),
        ('{"HealthCheckPath": null}', (1, 21), "begins with /"),
        ('{"HealthCheckIntervalSeconds": "10"}', (1, 32), "a whole number"),
        ('{"HealthCheckIntervalSeconds": true}', (1, 32), "a whole number"),
        ('{"Matcher": "200"}', (1, 13), "is an object"),
        ('{"Matcher": {"GrpcCode": "0"}}', (1, 13), "is an object"),
        ('{"Matcher": {"HttpCode": "2xx"}}', (1, 13), "a list or a range"),
        ('{"Matcher": {"HttpCode": "200,"}}', (1, 13), "a list or a range"),
        ('{"HealthCheckProtocol": "TCP"}', (1, 25), "HTTP or HTTPS"),
        ('{"HealthCheckEnabled": false}', (1, 24), "always enabled"),
        ('{"Attributes": {}}', (1, 16), "a list of objects"),
        ('{"Attributes": [{"Key": "a"}]}', (1, 17), "with Key and Value"),
        ('{"Attributes": [{"Key": "sticky", "Value": ""}]}', (1, 25), "There is no attribute"),
        (text_of({DELAY: "5 minutes"}), None, "whole number of seconds"),
        (text_of({DELAY: "-1"}), None, "whole number of seconds"),
        (text_of({STICKY: "yes"}), None, "one of: true, false"),
        (text_of({"stickiness.type": "source_ip"}), None, "Network Load Balancer"),
        (text_of({STICKY: "true", "stickiness.type": "app_cookie"}), None, "cookie_name"),
        (text_of({"slow_start.duration_seconds": "30"}), None, "the model knows “0” alone"),
        (json.dumps({"Attributes": [{"Key": DELAY, "Value": 5}]}), None, "in double quotes"),
        (json.dumps({"Attributes": [{"Key": DELAY, "Value": "5"}] * 2}), None, "here twice"),
        (json.dumps({"Attributes": [{"Key": DELAY, "Value": "5"}] * 21}), None, "at most 20"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_where(text: str, place: tuple | None, words: str) -> None:
    with pytest.raises(AnswerError) as raised:
        read_target_group(text)
    assert words in raised.value.message
    assert raised.value.line
    if place:
        assert (raised.value.line, raised.value.column) == place
