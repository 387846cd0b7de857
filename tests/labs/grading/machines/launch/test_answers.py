from __future__ import annotations

import json
from typing import Any

import pytest

from labs.grading.errors import AnswerError
from labs.grading.machines.launch.answers import read_launch

DATA = {"ImageId": "ami-1", "KeyName": "ops"}
PRINTED = {
    "LaunchTemplateVersions": [
        {"LaunchTemplateId": "lt-1", "VersionNumber": 3, "LaunchTemplateData": DATA}
    ]
}


@pytest.mark.parametrize(
    "tree",
    [
        DATA,
        {"LaunchTemplateData": DATA},
        {"LaunchTemplateName": "shop", "LaunchTemplateData": DATA},
        PRINTED,
        {"LaunchTemplateVersion": PRINTED["LaunchTemplateVersions"][0]},
    ],
)
def test_a_template_may_stand_alone_or_as_commands_take_and_print_it(tree: Any) -> None:
    assert read_launch(json.dumps(tree)).data == DATA


def test_what_belongs_to_the_group_is_found_in_the_template() -> None:
    answer = read_launch('{\n  "ImageId": "ami-1",\n  "MinSize": 2,\n  "TargetGroupARNs": []\n}')
    assert [(one.key, one.at) for one in answer.misplaced] == [
        ("MinSize", (3, 3)), ("TargetGroupARNs", (4, 3))
    ]  # fmt: skip
    assert answer.data == {"ImageId": "ami-1"}


def test_what_belongs_to_the_template_is_found_in_the_group() -> None:
    answer = read_launch('{"LaunchTemplateData": {}, "AutoScalingGroup": {"ImageId": "ami-1"}}')
    assert [(one.key, one.in_template) for one in answer.misplaced] == [("ImageId", False)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "is a JSON object"),
        ('{"LaunchTemplateData": []}', "input is an object in braces"),
        ('{"LaunchTemplateData": {}, "MinSize": 1}', "belongs into LaunchTemplateData or"),
        ('{"AutoScalingGroup": {}}', "Add LaunchTemplateData"),
        ('{"LaunchTemplateVersions": []}', "a list with one version"),
        ('{"LaunchTemplateVersions": [1]}', "an object in braces"),
        ('{"LaunchTemplateVersion": 1}', "an object in braces"),
        ('{"securityGroups": ["web"]}', "Did you mean SecurityGroupIds?"),
        ('{"SubnetId": "subnet-1"}', "VPCZoneIdentifier of the group"),
        ('{"LaunchTemplateData": {}, "AutoScalingGroup": {"Subnets": []}}', "VPCZoneIdentifier"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(text: str, words: str) -> None:
    with pytest.raises(AnswerError, match=words.replace("?", r"\?")):
        read_launch(text)
