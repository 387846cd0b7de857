"""ARN templates of the service data (`arn:${Partition}:s3:::${BucketName}/${ObjectName}`): which
texts their resource part can become, and a likely one.

A variable of a template stands for one name: no colon and no slash in it, except where AWS's names
have paths.
"""

from __future__ import annotations

import re
from functools import lru_cache

from labs.grading.wildcards.automata import Element, Elements, elements_of

VARIABLE = re.compile(r"\$\{([A-Za-z0-9_-]+)\}|(\*)")
WITH_SLASHES = (
    "Path",
    "ObjectName",
    "LogGroupName",
    "LogStreamName",
    "SecretId",
    "ParameterName",
    "RepositoryName",
    "Alias",
    "AlarmName",
    "TopicFilter",
)
# A topic of SNS is one name; those of IoT are paths (AWS IoT Core Developer Guide, "MQTT topics")
WHOLE_WITH_SLASHES = ("topic/${TopicName}",)
SAMPLES = {
    "BucketName": "example-bucket",
    "ObjectName": "report.csv",
    "InstanceId": "i-0123456789abcdef0",
    "VolumeId": "vol-0123456789abcdef0",
    "SecurityGroupId": "sg-0123456789abcdef0",
    "FunctionName": "example-function",
    "TableName": "example-table",
    "QueueName": "example-queue",
    "TopicName": "example-topic",
    "RoleNameWithPath": "example-role",
    "UserNameWithPath": "example-user",
    "ImageId": "ami-0123456789abcdef0",
    "SubnetId": "subnet-0123456789abcdef0",
    "VpcId": "vpc-0123456789abcdef0",
    "SnapshotId": "snap-0123456789abcdef0",
    "NetworkInterfaceId": "eni-0123456789abcdef0",
    "LogGroupName": "/example/group",
    "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
}
Template = tuple[tuple[str, str], ...]  # ("text", "table/"), ("name", "TableName"), …


@lru_cache(maxsize=4096)
def parts_of_template(text: str) -> Template:
    """An ARN template's segment as literal text and names."""
    found: list[tuple[str, str]] = []
    at = 0
    for match in VARIABLE.finditer(text):
        found += [("text", text[at : match.start()]), ("name", match[1] or "Anything")]
        at = match.end()
    return tuple(part for part in (*found, ("text", text[at:])) if part[1])


@lru_cache(maxsize=4096)
def elements_of_template(text: str) -> Elements:
    elements: list[Element] = []
    for kind, value in parts_of_template(text):
        if kind == "text":
            elements += elements_of((value,))
        else:
            never = frozenset() if has_slashes(value, text) else frozenset("/:")
            elements += [Element(never=never), Element(never=never, loop=True)]
    return tuple(elements)


def has_slashes(name: str, text: str) -> bool:
    return text in WHOLE_WITH_SLASHES or any(mark in name for mark in WITH_SLASHES)


def sample_of_template(text: str) -> str:
    return "".join(
        value if kind == "text" else SAMPLES.get(value, "example")
        for kind, value in parts_of_template(text)
    )


def beginning_of(template: str) -> str:
    """The literal text that every name made from the template begins with."""
    parts = parts_of_template(template)
    return parts[0][1] if parts and parts[0][0] == "text" else ""
