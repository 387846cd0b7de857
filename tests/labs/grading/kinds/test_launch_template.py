from __future__ import annotations

import json
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade
from labs.grading.kinds import KINDS
from labs.grading.kinds.launch_template import behaviour
from labs.grading.report import Report
from tests.labs.grading.machines.launch.worlds import DATA, SPEC

KIND = KINDS["launch-template"]
CHECKS = [
    {"name": "Zones", "field": "zones", "least": 3, "most": 3, "points": 2},
    {"name": "Memory", "field": "memory", "least": 2, "unit": "GiB"},
    {"name": "Root", "field": "disk:root:gib", "least": 8, "most": 30},
    {"name": "Groups", "field": "groups", "is": "web"},
    {"name": "Team", "field": "tag:instance:Team", "is": ["web", "shop"]},
    {"name": "Script", "field": "user-data", "contains": "start"},
]
TAGS = [{"ResourceType": "instance", "Tags": [{"Key": "Team", "Value": "web"}]}]
RIGHT = DATA | {"TagSpecifications": TAGS, "UserData": "c3RhcnQ="}


def verdict(answer: Any, **spec: Any) -> Report:
    table = SPEC | {"checks": CHECKS} | spec
    return grade(KIND, table=table, files={}, text=json.dumps(answer))


def test_what_was_launched_is_held_against_what_was_asked() -> None:
    report = verdict(RIGHT)
    assert report.passed
    assert [row["zone"] for row in report.extra["launches"]] == ["a", "b", "c"]
    assert report.extra["launches"][0]["machine"]["groups"] == "web"


def test_a_miss_says_what_was_found_what_was_asked_and_where_it_stands() -> None:
    report = verdict(RIGHT | {"SecurityGroupIds": ["sg-b"]})
    (missed,) = [one for one in report.checks if not one.passed]
    assert missed.code == "launch.groups"
    assert missed.message == "Groups: admin. Asked for: web."
    assert missed.cure.startswith("Name exactly the groups")
    assert missed.line == 1


def test_what_is_to_be_found_is_not_told() -> None:
    checks = [{"name": "Image", "field": "image", "is": "ami-arm", "told": False}]
    report = verdict(RIGHT, checks=checks)
    assert report.checks[0].message == "Image: ami-x86. The task asks for another."
    assert report.checks[0].expected == report.outcomes[0].expected == ""


def test_another_device_than_the_root_device_is_named() -> None:
    disks = [{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 30}}]
    checks = [{"name": "Root", "field": "disk:root:gib", "least": 30}]
    (missed,) = verdict(RIGHT | {"BlockDeviceMappings": disks}, checks=checks).checks
    assert "root device is /dev/xvda" in missed.cure


def test_where_nothing_is_launched_every_fault_is_named_at_once() -> None:
    report = verdict(RIGHT | {"ImageId": "ami-far", "KeyName": "mine"})
    assert report.refused
    assert [one.code for one in report.findings] == [
        "launch.image-elsewhere", "launch.not-found", "launch.nothing"
    ]  # fmt: skip


def test_where_one_zone_has_no_such_type_the_others_are_looked_at() -> None:
    report = verdict(RIGHT | {"ImageId": "ami-arm", "InstanceType": "t4g.small"})
    assert [one.code for one in report.checks if not one.passed] == ["launch.not-in-zone"]
    assert not report.refused


def test_what_stands_in_the_wrong_document_is_named() -> None:
    report = verdict(RIGHT | {"MinSize": 2, "VPCZoneIdentifier": "subnet-a"})
    assert [one.code for one in report.findings][:2] == ["launch.belongs-to-the-group"] * 2
    assert "Move MinSize to the Auto Scaling group" in report.findings[0].message


def test_a_group_spreads_what_it_begins_with_over_its_zones() -> None:
    group = {
        "AutoScalingGroupName": "shop", "LaunchTemplate": {"LaunchTemplateName": "shop"},
        "MinSize": 1, "MaxSize": 5, "DesiredCapacity": 3,
        "VPCZoneIdentifier": "subnet-a,subnet-c",
    }  # fmt: skip
    checks = [{"name": "Zones", "field": "zones", "least": 2, "most": 2}]
    answer = {"LaunchTemplateData": RIGHT, "AutoScalingGroup": group}
    report = verdict(answer, group=True, checks=checks)
    assert report.passed
    assert [row.get("count") for row in report.extra["launches"]] == [2, None, 1]


def test_a_group_that_is_asked_for_must_be_there() -> None:
    assert verdict(RIGHT, group=True).findings[0].code == "launch.group-missing"


def test_a_mistake_is_counted_by_what_was_observed() -> None:
    report = verdict(RIGHT | {"UserData": ""})
    assert behaviour(report.checks[-1], "") == "without||user-data"


@pytest.mark.parametrize(
    "change",
    [
        {"checks": [{"name": "x", "field": "colour", "is": "red"}]},
        {"checks": [{"name": "x", "field": "zones"}]},
        {"checks": []},
        {"subnets": {}},
        {"images": []},
        {"unheard": 1},
    ],
)
def test_a_spec_that_says_nothing_sensible_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        exercise_of(KIND, table=SPEC | change, files={})


VALUES: list[Any] = [
    None, True, 0, -1, 2**31, 1.5, "", "x", "sg-a", "ami-x86", "é", [], {}, ["sg-a"] * 40,
    "a" * 900,
    [{}] * 60, {"DeviceName": ""}, [{"DeviceName": "/dev/xvda", "Ebs": {}}] * 9,
]  # fmt: skip
KEYS = [
    "ImageId", "InstanceType", "SecurityGroupIds", "NetworkInterfaces", "UserData", "MinSize",
    "BlockDeviceMappings", "TagSpecifications", "MetadataOptions", "LaunchTemplateData",
    "AutoScalingGroup", "VPCZoneIdentifier", "DesiredCapacity", "Foo",
]  # fmt: skip


def hostile(random: Random, depth: int = 0) -> Any:
    if depth > 3 or random.random() < 0.3:
        return random.choice(VALUES)
    keys = random.sample(KEYS, random.randint(0, 4))
    return {key: hostile(random, depth + 1) for key in keys}


def fuzz(times: int, seed: int = 7) -> int:
    random, read = Random(seed), 0
    exercise = exercise_of(KIND, table=SPEC | {"checks": CHECKS}, files={})
    for _ in range(times):
        tree = random.choice([RIGHT, {}]) | {key: random.choice(VALUES) for key in KEYS[:2]}
        tree = hostile(random) if random.random() < 0.5 else tree | {
            random.choice(KEYS): random.choice(VALUES)
        }  # fmt: skip
        with suppress(AnswerError):
            exercise.grade(json.dumps(tree))
            read += 1
    return read


def test_hostile_answers_end_in_a_verdict_or_an_answer_error() -> None:
    assert fuzz(400) > 20


def test_with_a_wrong_image_its_root_device_is_no_cure() -> None:
    image = SPEC["images"][0]
    other = image | {"id": "ami-other", "device": "/dev/sda1"}
    checks = [
        {"name": "Image", "field": "image", "is": image["id"]},
        {"name": "Root", "field": "disk:root:gib", "least": 30, "most": 30},
        {"name": "Disks", "field": "disks", "least": 1, "most": 1},
    ]
    disks = [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 30}}]
    answer = DATA | {"ImageId": "ami-other", "BlockDeviceMappings": disks}
    report = verdict(answer, checks=checks, images=[*SPEC["images"], other])
    missed = [one for one in report.checks if not one.passed]
    assert [one.cure for one in missed] == ["Choose another image in ImageId."] * 3
