"""Volumes and their data: who can use them, and what is left of them.

A volume and the instance that it is attached to stand in the same zone, and it is attached to one
instance at a time (Amazon EBS User Guide, Attach a volume to an instance). A snapshot belongs to
the Region: a volume can be created from it in any zone (Create an EBS volume).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.placement.zones.failures import Failure
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import Reader, World

NO_INSTANCE, WRONG_ZONE = "instance-not-placed", "instance-elsewhere"
NO_VOLUME, OTHER_ZONE, STALE = "no-volume", "volume-in-another-zone", "stale-snapshot"
LOST = "data-lost"
NOT_PLACED = "volume-not-placed"


@dataclass(frozen=True, slots=True)
class Content:
    """What a volume holds: data as it was made, or as an old snapshot had it. "" for nothing."""

    data: str = ""
    old: bool = False


def content_of(name: str, placement: Placement, world: World) -> Content:
    """Snapshots of volumes that come from snapshots of volumes … end somewhere, or hold nothing."""
    old = False
    for _step in range(len(placement.disks) + 1):
        disk = placement.disks.get(name)
        if disk is None:
            return Content()
        if not disk.source:
            return Content(name, old)
        given = next((one for one in world.snapshots if one.name == disk.source), None)
        old = old or (given is not None and given.old)
        name = given.of if given else placement.snapshots.get(disk.source, "")
    return Content()


def reader_fails(reader: Reader, placement: Placement, world: World) -> str:
    """Why an instance cannot use its data; "" when it can."""
    zone = placement.instances.get(reader.instance, "")
    if not zone:
        return NO_INSTANCE
    if reader.zone and zone != reader.zone:
        return WRONG_ZONE
    found = {fault_of(disk, zone, reader, placement, world) for disk in disks_of(reader, placement)}
    if "" in found:
        return ""
    return next((fault for fault in (STALE, OTHER_ZONE, NOT_PLACED) if fault in found), NO_VOLUME)


def disks_of(reader: Reader, placement: Placement) -> Iterator[str]:
    for name, disk in placement.disks.items():
        if disk.attached == reader.instance:
            yield name


def fault_of(name: str, zone: str, reader: Reader, placement: Placement, world: World) -> str:
    disk, content = placement.disks[name], content_of(name, placement, world)
    if content.data != reader.data:
        return NO_VOLUME
    if not disk.zone:
        return NOT_PLACED
    if disk.zone != zone:
        return OTHER_ZONE
    return STALE if content.old and reader.fresh else ""


def copies_left(data: str, placement: Placement, world: World, failure: Failure) -> int:
    """Volumes in zones that are left, and snapshots, that hold it."""
    disks = sum(
        1
        for name, disk in placement.disks.items()
        if failure.spares(disk.zone) and content_of(name, placement, world).data == data
    )
    made = [
        of for of in placement.snapshots.values() if content_of(of, placement, world).data == data
    ]
    return disks + len(made) + sum(one.of == data for one in world.snapshots)
