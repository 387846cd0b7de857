"""The text of an answer → a launch template and, where there is one, the group that launches by it.
AnswerError where AWS's own client would not send it, with its place.

    {"ImageId": "ami-…", "InstanceType": "t3.medium"}                  the data alone
    {"LaunchTemplateName": "shop", "LaunchTemplateData": {…}}          as `create-launch-template`
                                                                       takes them
    {"LaunchTemplateData": {…}, "AutoScalingGroup": {…}}               and the group beside it

What `get-launch-template-data`, `describe-launch-template-versions` and
`create-launch-template-version` print is read, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.errors import AnswerError, Position
from labs.grading.json_text import JsonDocument, Path, read_json
from labs.grading.machines.shapes.checker import Checker
from labs.grading.machines.shapes.shapes import shapes_of
from labs.grading.said import say

MAX_DEPTH = 12
DATA, GROUP, VERSIONS = "LaunchTemplateData", "AutoScalingGroup", "LaunchTemplateVersions"
VERSION = "LaunchTemplateVersion"
BESIDE = (  # of create-launch-template, and of what describe-launch-template-versions prints
    "LaunchTemplateName", "LaunchTemplateId", "VersionDescription", "TagSpecifications",
    "ClientToken", "VersionNumber", "CreateTime", "CreatedBy", "DefaultVersion", "Operator",
)  # fmt: skip
# Keys that both know, or that mean something else in either
IN_BOTH = ("Tags", "CapacityReservationSpecification", "Operator", "Context", "InstanceId")
SUBNET = say(
    "Subnets come from VPCZoneIdentifier of the group, or from a network interface; the template "
    "has none at the top."
)
TEMPLATE_HINTS = {
    "SubnetId": SUBNET,
    "SubnetIds": SUBNET,
    "securityGroups": say("Did you mean SecurityGroupIds?"),
    "SecurityGroup": say("Did you mean SecurityGroupIds?"),
    "SecurityGroupId": say("Did you mean SecurityGroupIds, a list?"),
    "Tags": say("Tags stand in TagSpecifications, with the ResourceType that they are for."),
    "MinCount": say("How many there are is no part of a template."),
    "MaxCount": say("How many there are is no part of a template."),
    "Ebs": say("A disk stands in BlockDeviceMappings: DeviceName, and Ebs in it."),
    "IamRole": say("A role comes as IamInstanceProfile, by Name or Arn."),
    "Image": say("Did you mean ImageId?"),
}
GROUP_HINTS = {
    "Subnets": say("Did you mean VPCZoneIdentifier, a text with commas?"),
    "SubnetIds": say("Did you mean VPCZoneIdentifier, a text with commas?"),
    "TagSpecifications": say("A group has Tags, each with PropagateAtLaunch."),
}


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A key that stands in the one document and belongs to the other."""

    key: str
    in_template: bool
    at: Position


@dataclass(frozen=True, slots=True)
class LaunchAnswer:
    """`data` and `group` have the shape that AWS wants, without what is misplaced. `data_path`,
    `group_path`: where they stand in the document."""

    document: JsonDocument
    data: Mapping[str, Any]
    data_path: Path
    group: Mapping[str, Any] | None
    group_path: Path
    misplaced: tuple[Misplaced, ...]

    def at(self, *path: str | int) -> Position:
        """Of something in the template; of the nearest thing around it."""
        return self.document.position((*self.data_path, *path))

    def at_group(self, *path: str | int) -> Position:
        return self.document.position((*self.group_path, *path))


def read_launch(text: str) -> LaunchAnswer:
    document = read_json(text, max_depth=MAX_DEPTH)
    root = document.value
    if not isinstance(root, dict):
        raise AnswerError(say("A launch template is a JSON object."), 1, 1)
    data, path = the_data(document, root)
    group = root.get(GROUP) if path else None
    template, group_shapes = shapes_of("launch-template"), shapes_of("auto-scaling-group")
    theirs = set(group_shapes.keys()) - set(template.keys()) - set(IN_BOTH)
    ours = set(template.keys()) - set(group_shapes.keys()) - set(IN_BOTH)
    misplaced = [
        *found_in(document, data, path, theirs, in_template=True),
        *found_in(document, group, (GROUP,), ours, in_template=False),
    ]
    data, group = without(data, theirs), without(group, ours)
    Checker(document, template, TEMPLATE_HINTS).check(data, path, root=path)
    if GROUP in root:
        Lenient(document, group_shapes, GROUP_HINTS).check(group, (GROUP,))
    return LaunchAnswer(document, data, path, group, (GROUP,), tuple(misplaced))


class Lenient(Checker):
    """What the group needs is no question of its shape: without it nothing is launched, and the
    verdict says so."""

    def structure(self, value: Mapping[str, Any], path: Path, shape: Mapping[str, Any]) -> None:
        needed = () if path == self.root else shape.get("required", ())
        super().structure(value, path, {**shape, "required": needed})


def the_data(document: JsonDocument, root: dict[str, Any]) -> tuple[Any, Path]:
    if VERSIONS in root:
        versions = root[VERSIONS]
        if not (isinstance(versions, list) and len(versions) == 1):
            words = say("LaunchTemplateVersions is a list with one version.")
            raise AnswerError(words, *document.position((VERSIONS,)))
        return from_version(document, versions[0], (VERSIONS, 0), root)
    if VERSION in root:
        return from_version(document, root[VERSION], (VERSION,), root)
    if DATA in root or GROUP in root:
        return from_wrapper(document, root, (), {})
    return root, ()


def from_version(
    document: JsonDocument, version: object, path: Path, outside: dict[str, Any]
) -> tuple[Any, Path]:
    if not isinstance(version, dict):
        words = say("A version is an object in braces.")
        raise AnswerError(words, *document.position(path))
    return from_wrapper(document, version, path, outside)


def from_wrapper(
    document: JsonDocument, wrapper: dict[str, Any], path: Path, outside: dict[str, Any]
) -> tuple[Any, Path]:
    for key, place in [*((key, (*path, key)) for key in wrapper), *((o, (o,)) for o in outside)]:
        if key not in (DATA, GROUP, VERSIONS, VERSION, *BESIDE):
            words = say("{key} belongs into LaunchTemplateData or AutoScalingGroup.", key=key[:60])
            raise AnswerError(words, *document.key_position(place))
    if DATA not in wrapper:
        words = say("Add LaunchTemplateData beside the group: {}.")
        raise AnswerError(words, *document.position(path))
    return wrapper[DATA], (*path, DATA)


def found_in(
    document: JsonDocument, values: object, path: Path, foreign: set[str], *, in_template: bool
) -> list[Misplaced]:
    if not isinstance(values, dict):
        return []
    return [
        Misplaced(key, in_template, document.key_position((*path, key)))
        for key in values
        if key in foreign
    ]


def without(values: Any, foreign: set[str]) -> Any:
    if not isinstance(values, dict):
        return values
    return {key: value for key, value in values.items() if key not in foreign}
