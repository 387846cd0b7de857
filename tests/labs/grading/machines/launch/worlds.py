"""A Region for tests of launches."""

from __future__ import annotations

from typing import Any

from labs.grading.machines.launch.exercise import read_launch_exercise
from labs.grading.machines.launch.world import World

DATA: dict[str, Any] = {
    "ImageId": "ami-x86",
    "InstanceType": "t3.small",
    "SecurityGroupIds": ["sg-a"],
}
SPEC: dict[str, Any] = {
    "region": "eu-west-2",
    "vpc": "vpc-1",
    "subnets": {"a": "subnet-a", "b": "subnet-b", "c": "subnet-c"},
    "keys": ["ops"],
    "profiles": {"web": "web-role"},
    "template": "shop",
    "targets": ["arn:targets"],
    "images": [
        {"id": "ami-x86", "gib": 8, "snapshot": "snap-8", "parameter": "/aws/al2023"},
        {"id": "ami-arm", "architecture": "arm64", "imds": "v2.0"},
        {"id": "ami-far", "region": "us-east-1"},
    ],
    "types": [
        {"name": "t3.small", "vcpus": 2, "gib": 2},
        {"name": "t4g.small", "vcpus": 2, "gib": 2, "architecture": "arm64", "zones": ["a", "b"]},
    ],
    "groups": [{"id": "sg-a", "name": "web"}, {"id": "sg-b", "name": "admin"}],
    "checks": [{"name": "Zones", "field": "zones", "least": 3}],
}


def world() -> World:
    return read_launch_exercise(SPEC).world
