"""EC2 Auto Scaling API Reference, CreateAutoScalingGroup."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.machines.launch.group import desired_of, group_faults, targets_of, zones_of
from tests.labs.grading.machines.launch.worlds import world

GROUP: dict[str, Any] = {
    "AutoScalingGroupName": "shop",
    "LaunchTemplate": {"LaunchTemplateName": "shop"},
    "MinSize": 2,
    "MaxSize": 4,
    "VPCZoneIdentifier": "subnet-c, subnet-a",
}


def codes(**changes: Any) -> list[str]:
    group = {key: one for key, one in (GROUP | changes).items() if one is not None}
    return [fault.code.removeprefix("launch.") for fault in group_faults(group, world())]


def test_a_sound_group_has_no_fault() -> None:
    assert codes() == []


def test_a_target_group_is_a_traffic_source_too() -> None:
    sources = [{"Identifier": "arn:targets", "Type": "elbv2"}]
    assert targets_of({"TrafficSources": sources}) == ["arn:targets"]
    assert targets_of({"TargetGroupARNs": ["arn:targets"]}) == ["arn:targets"]


def test_its_subnets_say_in_which_zones_it_launches() -> None:
    assert zones_of(GROUP, world()) == ("a", "c")


def test_without_a_desired_capacity_it_begins_with_its_minimum() -> None:
    assert desired_of(GROUP) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AutoScalingGroupName": None}, "group-missing"),
        ({"MinSize": 5}, "group-sizes"),
        ({"DesiredCapacity": 5}, "group-sizes"),
        ({"DesiredCapacity": 1}, "group-sizes"),
        ({"MaxSize": None}, "group-sizes"),
        ({"LaunchTemplate": None}, "group-template"),
        ({"LaunchTemplate": {"LaunchTemplateName": "other"}}, "group-template"),
        ({"VPCZoneIdentifier": None}, "group-zones"),
        ({"VPCZoneIdentifier": None, "AvailabilityZones": ["a"]}, "group-zones"),
        ({"VPCZoneIdentifier": "subnet-z"}, "not-found"),
        ({"TargetGroupARNs": ["arn:none"]}, "not-found"),
        ({"HealthCheckType": "elb"}, "group-health"),
    ],
)
def test_what_auto_scaling_refuses(changes: dict[str, Any], code: str) -> None:
    assert codes(**changes) == [code]
