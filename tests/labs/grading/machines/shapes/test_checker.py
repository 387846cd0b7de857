"""AWS's own words are botocore's (validate.py); before them stands what to do."""

from __future__ import annotations

import pytest

from labs.grading.errors import AnswerError
from labs.grading.json_text import read_json
from labs.grading.machines.shapes.checker import Checker, nearest
from labs.grading.machines.shapes.shapes import shapes_of


def fault(text: str, request: str = "launch-template") -> AnswerError:
    document = read_json(text)
    with pytest.raises(AnswerError) as caught:
        Checker(document, shapes_of(request)).check(document.value, ())
    return caught.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"imageid": "ami-1"}',
         'Did you mean ImageId? AWS: “Unknown parameter in input: "imageid"”'),
        ('{"MetadataOptions": {"Tokens": "required"}}',
         'Did you mean HttpTokens? AWS: “Unknown parameter in MetadataOptions: "Tokens"”'),
        ('{"BlockDeviceMappings": [{"Ebs": {"VolumeSize": "20"}}]}',
         "Write BlockDeviceMappings[0].Ebs.VolumeSize as a number, without quotes."),
        ('{"KeyName": 7}', 'Write KeyName in double quotes: "7".'),
        ('{"EbsOptimized": "true"}', "Write EbsOptimized as true or false, without quotes."),
        ('{"SecurityGroupIds": "sg-1"}', "SecurityGroupIds is a list: put square brackets"),
        ('{"IamInstanceProfile": "web"}', "IamInstanceProfile is an object in braces."),
        ('{"UserData": ["a"]}', "UserData is one text, not a list."),
        ('{"KeyName": null}', "Leave KeyName out instead of writing null."),
        ('{"MetadataOptions": {"HttpTokens": "Required"}}', "did you mean required?"),
        ('{"MetadataOptions": {"HttpTokens": "on"}}',
         "MetadataOptions.HttpTokens is optional or required, not “on”."),
        ('{"Monitoring": {"On": true}}', "Here may stand: Enabled, "),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_cure(text: str, words: str) -> None:
    assert words in str(fault(text))


def test_a_fault_has_line_and_column() -> None:
    found = fault('{\n  "BlockDeviceMappings": [\n    {"Ebs": {"VolumeSize": "20"}}\n  ]\n}')
    assert (found.line, found.column) == (3, 28)


def test_what_is_required_is_asked_for() -> None:
    found = fault('{"containerDefinitions": []}', "task-definition")
    assert 'Add family. AWS: “Missing required parameter in input: "family"”' in str(found)


def test_a_number_outside_its_limits_is_named() -> None:
    text = '{"AutoScalingGroupName": "", "MinSize": 1, "MaxSize": 1}'
    assert "its length is 0, the least is 1" in str(fault(text, "auto-scaling-group"))


def test_true_is_no_number() -> None:
    assert "as a number" in str(fault('{"CpuOptions": {"CoreCount": true}}'))


def test_a_name_in_other_letters_is_nearer_than_one_that_is_like_it() -> None:
    assert nearest("securitygroups", ["SecurityGroupIds", "SecurityGroups"]) == "SecurityGroups"
    assert nearest("memoryreservations", ["memory", "memoryReservation"]) == "memoryReservation"
    assert nearest("qqq", ["memory"]) == ""
