"""What a lab can ask of the launches: each field by its name.

image type vcpus memory (GiB) architecture price groups role key imds public user-data (without its
comments) user-data:first (its first line): of each machine; `disk:root:gib` and
`disk:/dev/sdf:gib`, or volume, iops, encrypted, deletes; `disks`: how many; `tag:instance:Name`;
`zones`: in how many a machine was launched, `in-zones`: in which; `group:min`, max, desired,
health, grace, targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from labs.grading.machines.asks import Value
from labs.grading.machines.launch.disks import Disk
from labs.grading.machines.launch.group import desired_of, targets_of
from labs.grading.machines.launch.launcher import Machine


def without_comments(script: str) -> str:
    """The lines that do something; the first one names the interpreter and stays."""
    first, *rest = script.split("\n")
    return "\n".join([first, *(line for line in rest if not line.lstrip().startswith("#"))])


OF_MACHINE: Mapping[str, Callable[[Machine], Value]] = {
    "image": lambda one: one.image.id,
    "type": lambda one: one.type.name,
    "vcpus": lambda one: one.type.vcpus,
    "memory": lambda one: one.type.gib,
    "architecture": lambda one: one.type.architecture,
    "price": lambda one: one.type.price,
    "groups": lambda one: ", ".join(one.groups),
    "role": lambda one: one.role or None,
    "key": lambda one: one.key or None,
    "imds": lambda one: one.imds,
    "user-data": lambda one: without_comments(one.user_data) or None,
    "user-data:first": lambda one: one.user_data.partition("\n")[0] or None,
    "public": lambda one: one.public or None,
    "disks": lambda one: len(one.disks),
}
OF_DISK: Mapping[str, Callable[[Disk], Value]] = {
    "gib": lambda one: one.gib,
    "volume": lambda one: one.volume,
    "iops": lambda one: one.iops,
    "encrypted": lambda one: "yes" if one.encrypted else "no",
    "deletes": lambda one: "yes" if one.deletes else "no",
}
OF_GROUP: Mapping[str, Callable[[Mapping[str, Any]], Value]] = {
    "min": lambda one: one.get("MinSize"),
    "max": lambda one: one.get("MaxSize"),
    "desired": desired_of,
    "health": lambda one: str(one.get("HealthCheckType", "EC2")),
    "grace": lambda one: int(one.get("HealthCheckGracePeriod", 0)),
    "targets": lambda one: ", ".join(targets_of(one)) or None,
}
ZONES, IN_ZONES = "zones", "in-zones"


def exists(field: str) -> bool:
    first, *rest = field.split(":")
    if first == "disk":
        return len(rest) == 2 and rest[1] in OF_DISK
    if first == "group":
        return len(rest) == 1 and rest[0] in OF_GROUP
    return len(rest) == 2 if first == "tag" else field in (ZONES, IN_ZONES) or field in OF_MACHINE


def value_of(field: str, machine: Machine) -> Value:
    """Of one machine."""
    first, *rest = field.split(":")
    if first == "disk":
        disk = disk_of(machine, rest[0])
        return OF_DISK[rest[1]](disk) if disk else None
    if first == "tag":
        return machine.tags.get(rest[0], {}).get(rest[1])
    return OF_MACHINE[field](machine)


def disk_of(machine: Machine, name: str) -> Disk | None:
    return next(
        (one for one in machine.disks if one.device == name or (name == "root" and one.root)), None
    )
