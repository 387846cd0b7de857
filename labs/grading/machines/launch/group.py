"""The Auto Scaling group beside a template: where it launches, and how many.

Source: EC2 Auto Scaling API Reference, CreateAutoScalingGroup; Auto Scaling User Guide, "Create an
Auto Scaling group using a launch template" and "Health checks for instances in an Auto Scaling
group".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from labs.grading.machines.faults import Fault
from labs.grading.machines.launch.world import World
from labs.grading.said import say

ZONES, TEMPLATE, TARGETS = "VPCZoneIdentifier", "LaunchTemplate", "TargetGroupARNs"
HEALTH = ("EC2", "ELB", "EBS", "VPC_LATTICE")
INVALID = "ValidationError"
REQUIRED = {
    "AutoScalingGroupName": "launch.group-missing",
    "MinSize": "launch.group-sizes",
    "MaxSize": "launch.group-sizes",
}


def subnets_of(group: Mapping[str, Any]) -> list[str]:
    text = str(group.get(ZONES, ""))
    return [one.strip() for one in text.split(",") if one.strip()]


def zones_of(group: Mapping[str, Any], world: World) -> tuple[str, ...]:
    return tuple(zone for zone in world.subnets if world.subnets[zone] in set(subnets_of(group)))


def desired_of(group: Mapping[str, Any]) -> int:
    return int(group.get("DesiredCapacity", group.get("MinSize", 0)))


def targets_of(group: Mapping[str, Any]) -> list[str]:
    """Target groups, by either of the two keys that take them."""
    sources = group.get("TrafficSources", [])
    return [*group.get(TARGETS, []), *(one.get("Identifier", "") for one in sources)]


def group_faults(group: Mapping[str, Any], world: World) -> Iterator[Fault]:
    yield from size_faults(group)
    yield from template_faults(group, world)
    yield from place_faults(group, world)
    for number, one in enumerate(group.get(TARGETS, [])):
        if one not in world.targets:
            cure = say("Name the target group by the lab’s ARN.")
            aws = f"{INVALID}: Provided Target Groups may not be valid."
            yield Fault("launch.not-found", cure, aws, (TARGETS, number), in_group=True)
    for one in str(group.get("HealthCheckType", "EC2")).split(","):
        if one.strip() not in HEALTH:
            cure = say("HealthCheckType is EC2 or ELB.")
            path = ("HealthCheckType",)
            yield Fault("launch.group-health", cure, INVALID, path, in_group=True)


def size_faults(group: Mapping[str, Any]) -> Iterator[Fault]:
    for key, code in REQUIRED.items():
        if key not in group:
            cure = say("Give the group its {key}.", key=key)
            aws = f'Missing required parameter in input: "{key}"'
            yield Fault(code, cure, aws, in_group=True)
    least, most = group.get("MinSize", 0), group.get("MaxSize")
    desired = desired_of(group)
    if most is not None and least > most:
        cure = say("MinSize {least} is above MaxSize {most}.", least=least, most=most)
        yield Fault("launch.group-sizes", cure, INVALID, ("MinSize",), in_group=True)
    elif most is not None and not least <= desired <= most:
        cure = say("Let DesiredCapacity lie between MinSize and MaxSize.")
        aws = (
            f"{INVALID}: Desired capacity:{desired} must be between the specified min "
            f"size:{least} and max size:{most}"
        )
        yield Fault("launch.group-sizes", cure, aws, ("DesiredCapacity",), in_group=True)


def template_faults(group: Mapping[str, Any], world: World) -> Iterator[Fault]:
    found = group.get(TEMPLATE, {})
    if TEMPLATE not in group:
        cure = say("Tell the group which template it launches by: LaunchTemplate.")
        aws = (
            f"{INVALID}: Valid requests must contain either LaunchTemplate, "
            "LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter."
        )
        yield Fault("launch.group-template", cure, aws, in_group=True)
    elif found.get("LaunchTemplateName") != world.template:
        cure = say("Name the template as the lab does: {name}.", name=world.template)
        aws = f"{INVALID}: You must use a valid fully-formed launch template."
        yield Fault("launch.group-template", cure, aws, (TEMPLATE,), in_group=True)


def place_faults(group: Mapping[str, Any], world: World) -> Iterator[Fault]:
    subnets = subnets_of(group)
    if not subnets:
        cure = say(
            "Name the group’s subnets in VPCZoneIdentifier: AvailabilityZones alone are for the "
            "default VPC."
        )
        path = ("AvailabilityZones",) if "AvailabilityZones" in group else ()
        yield Fault("launch.group-zones", cure, INVALID, path, in_group=True)
    for one in subnets:
        if not world.zone_of(one):
            cure = say("Choose one of the lab’s subnets.")
            aws = f"{INVALID}: The subnet ID '{one[:60]}' does not exist"
            yield Fault("launch.not-found", cure, aws, (ZONES,), in_group=True)
