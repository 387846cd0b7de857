"""Where an instance stands in the network, and which security groups it gets.

Source: EC2 API Reference, RequestLaunchTemplateData: names of groups are for the default VPC, and
with a network interface the groups are part of it; EC2 User Guide, "Create an Amazon EC2 launch
template".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from labs.grading.json_text import Path
from labs.grading.machines.faults import Fault
from labs.grading.machines.launch.world import World
from labs.grading.said import say

GROUP_ID = re.compile(r"sg-[0-9a-z-]{1,40}")
IDS, NAMES, INTERFACES = "SecurityGroupIds", "SecurityGroups", "NetworkInterfaces"


def interface_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first one, which every launch has."""
    interfaces = data.get(INTERFACES, [])
    return next((one for one in interfaces if one.get("DeviceIndex", 0) == 0), {})


def group_ids(data: Mapping[str, Any]) -> tuple[list[str], Path]:
    interfaces = data.get(INTERFACES, [])
    if interfaces:
        number = interfaces.index(interface_of(data)) if interface_of(data) else 0
        return interface_of(data).get("Groups", []), (INTERFACES, number, "Groups")
    return data.get(IDS, []), (IDS,)


def groups_of(data: Mapping[str, Any], world: World) -> tuple[str, ...]:
    """Names of the groups that the instance gets; without any, the default one of the VPC."""
    ids, _path = group_ids(data)
    names = {world.groups[one].name if one in world.groups else "default" for one in ids}
    return tuple(sorted(names)) or ("default",)


def network_faults(data: Mapping[str, Any], world: World) -> Iterator[Fault]:
    if data.get(INTERFACES) and (data.get(IDS) or data.get(NAMES)):
        key = IDS if data.get(IDS) else NAMES
        cure = say("Move the groups into the network interface, as Groups, or leave it out.")
        aws = (
            "InvalidParameterCombination: Network interfaces and an instance-level security "
            "groups may not be specified on the same request"
        )
        yield Fault("launch.groups-twice", cure, aws, (key,))
        return
    if data.get(NAMES):
        cure = say(
            "Name the groups by their IDs in SecurityGroupIds: names are for the default VPC only."
        )
        aws = (
            "InvalidParameterCombination: The parameter groupName cannot be used with the "
            "parameter subnet"
        )
        yield Fault("launch.group-by-name", cure, aws, (NAMES,))
    yield from id_faults(data, world)
    subnet = interface_of(data).get("SubnetId", "")
    if subnet and not world.zone_of(subnet):
        cure = say("Choose one of the lab’s subnets.")
        aws = f"InvalidSubnetID.NotFound: The subnet ID '{subnet[:60]}' does not exist"
        yield Fault("launch.not-found", cure, aws, (INTERFACES,))


def id_faults(data: Mapping[str, Any], world: World) -> Iterator[Fault]:
    ids, path = group_ids(data)
    known = {*world.groups, world.default}
    for number, one in enumerate(ids):
        if not GROUP_ID.fullmatch(one):
            cure = say("Write the ID of the group here, it begins with sg-.")
            aws = f'InvalidGroupId.Malformed: Invalid id: "{one[:60]}" (expecting "sg-...")'
            yield Fault("launch.group-by-name", cure, aws, (*path, number))
        elif one not in known:
            cure = say("Choose a group of the lab’s VPC.")
            aws = (
                f"InvalidGroup.NotFound: The security group '{one}' does not exist in VPC "
                f"'{world.vpc}'"
            )
            yield Fault("launch.not-found", cure, aws, (*path, number))
