"""How volumes, their snapshots and the instances that use them are placed.

shop: eu-west-2a                 an instance
orders: {attached: shop}         a volume that is there already
photos-now: {of: photos}         a snapshot that is made now
photos-2: {from: photos-now, zone: eu-west-2b, attached: gallery}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from labs.grading.names.exercise.answers import SHOWN
from labs.grading.placement.answers.draft import Draft
from labs.grading.placement.answers.entries import NO, YES, Entry, values_of, zone_named
from labs.grading.placement.zones.placement import Disk
from labs.grading.said import say

FROM = ("from", "from_snapshot", "snapshot", "snapshotid", "source")
ATTACHED = ("attached", "attached_to", "attached to", "attach", "instance", "instanceid")
OF = ("of", "snapshot_of", "volume", "volumeid")


def is_disk(entries: Sequence[Entry]) -> bool:
    """Is something new a volume or a snapshot?"""
    return any(entry.part in (*FROM, *OF) for entry in entries)


def place_disk(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    disk = draft.disks.get(thing)
    given = disk is not None
    if not given and any(entry.part in OF for entry in entries):
        place_snapshot(draft, thing, entries)
        return
    for entry in entries:
        disk = with_part(draft, disk or Disk(), entry, given=given)
    draft.disks[thing] = disk or Disk()


def place_snapshot(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.part in OF:
            draft.snapshots[thing] = volume_of(draft, entry.value.strip(), entry)
        else:
            no_volume(draft, thing, entries)
            return


def no_volume(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    """A snapshot that is used as a volume."""
    words = say(
        "“{name}” is a snapshot. Make a volume from it, under a name of its own.",
        name=thing[:SHOWN],
    )
    draft.wrong("snapshot-attached", words, entries[0].at)


def volume_of(draft: Draft, value: str, entry: Entry) -> str:
    known = [*draft.disks, *draft.typed]
    value = draft.named(value, known)
    if value not in known:
        words = say("“{name}” is no volume of yours.", name=value[:SHOWN])
        draft.wrong("unknown-name", words, entry.at)
    return value


def with_part(draft: Draft, disk: Disk, entry: Entry, *, given: bool) -> Disk:
    part, value = entry.part, entry.value.strip()
    if part in ATTACHED or (not part and value):
        return replace(disk, attached=instance_of(draft, value, entry))
    if part in FROM:
        if given:
            words = say("“{name}” is there already: nothing makes it anew.", name=entry.thing)
            draft.wrong("volume-moved", words, entry.at)
            return disk
        return replace(disk, source=snapshot_of(draft, value, entry))
    if part == "zone":
        return in_zone(draft, disk, entry, given=given)
    if part:
        draft.wrong("unknown-name", say("“{part}” says nothing here.", part=part[:SHOWN]), entry.at)
    return disk


def snapshot_of(draft: Draft, value: str, entry: Entry) -> str:
    """A name from the lab or one that is written here; “none” would be no snapshot."""
    known = [*(one.name for one in draft.world.snapshots), *draft.typed]
    volumes = [volume.name for volume in draft.world.volumes]
    value = draft.named(value, [*volumes, *known])
    if value in volumes:
        words = say("“{name}” is a volume. Make a snapshot of it first.", name=value)
        draft.wrong("from-a-volume", words, entry.at)
    elif value and value not in known:
        words = say("“{name}” is no snapshot that there is.", name=value[:SHOWN])
        draft.wrong("unknown-name", words, entry.at)
    return value or "?"


def in_zone(draft: Draft, disk: Disk, entry: Entry, *, given: bool) -> Disk:
    zone = draft.zone(entry.value, entry.at)
    if given and zone and zone != disk.zone:
        words = say(
            "“{name}” stays in {zone}: a volume cannot move.", name=entry.thing, zone=disk.zone
        )
        draft.wrong("volume-moved", words, entry.at)
        return disk
    return replace(disk, zone=zone)


def instance_of(draft: Draft, value: str, entry: Entry) -> str:
    """One instance: a volume is attached to one at a time."""
    names = [name for name in values_of(value.lower()) if name not in NO]
    instances = {reader.instance for reader in draft.world.readers}
    if len(names) > 1:
        words = say("“{name}” can be attached to one instance at a time.", name=entry.thing)
        draft.wrong("attached-twice", words, entry.at)
        return ""
    if names and names[0] not in instances:
        words = say("“{name}” is no instance of this lab.", name=names[0][:SHOWN])
        draft.wrong("unknown-name", words, entry.at)
        return ""
    return names[0] if names else ""


def place_instance(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    """An instance that reads a volume, and its zone."""
    for entry in entries:
        if entry.part in ("", "zone"):
            draft.instances[thing] = draft.zone(entry.value, entry.at) if entry.value else ""
        elif entry.value.lower() in YES and (zone := zone_named(entry.part, draft.world.zones)):
            draft.instances[thing] = zone
        else:
            words = say(
                "“{part}” says nothing here: an instance has a zone.", part=entry.part[:SHOWN]
            )
            draft.wrong("unknown-name", words, entry.at)
