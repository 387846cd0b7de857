"""Changes that bring an instance to its data, or keep the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from labs.grading.placement.answers.written import line_of
from labs.grading.placement.exercise import demands
from labs.grading.placement.exercise.demands import Judged
from labs.grading.placement.exercise.place_change import PlaceChange
from labs.grading.placement.exercise.words import reader_of, sentence
from labs.grading.placement.zones.disks import Content, content_of
from labs.grading.placement.zones.placement import Disk, Placement
from labs.grading.placement.zones.world import Reader, World
from labs.grading.said import say


def disk_changes(now: Placement, failed: Sequence[Judged], world: World) -> Iterator[PlaceChange]:
    for one in failed:
        if one.sort == demands.READER:
            yield from reader_changes(reader_of(one, world), now, world, sentence(one, now, world))
    for data in dict.fromkeys(one.thing for one in failed if one.sort == demands.KEPT):
        words = say("Make a snapshot of {data}: it survives the zone of its volume.", data=data)
        yield with_snapshot(words, data, now)


def with_snapshot(words: str, data: str, now: Placement) -> PlaceChange:
    name = new_name(f"{data}-snapshot", now)
    after = replace(now, snapshots={**now.snapshots, name: data})
    return PlaceChange(words, name, after)


def new_name(name: str, now: Placement) -> str:
    taken = {*now.snapshots, *now.disks}
    number = 2
    found = name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


def reader_changes(reader: Reader, now: Placement, world: World, why: str) -> Iterator[PlaceChange]:
    """Into the zone of a volume; the volume attached; or a volume made in the instance's zone."""
    zone = now.instances.get(reader.instance, "")
    for name, disk in now.disks.items():
        if content_of(name, now, world) not in contents(reader) or not disk.zone:
            continue
        if not reader.zone or reader.zone == disk.zone:
            yield used(reader, name, now, why)
    target = reader.zone or zone or world.zones[0]
    yield copied(reader, target, now, why)


def contents(reader: Reader) -> tuple[Content, ...]:
    return (Content(reader.data), *(() if reader.fresh else (Content(reader.data, True),)))


def used(reader: Reader, name: str, now: Placement, why: str) -> PlaceChange:
    """By the instance, in the zone of the volume; whoever had it does not have it any more."""
    disk = now.disks[name]
    after = replace(
        now,
        instances={**now.instances, reader.instance: disk.zone},
        disks={**now.disks, name: replace(disk, attached=reader.instance)},
    )
    words = say(
        "Let {instance} stand where its volume stands, and attach the volume to it. {why}",
        instance=reader.instance,
        why=why,
    )
    lines = [line_of(one, after) for one in (reader.instance, name)]
    return PlaceChange(words, reader.instance, after, "\n".join(lines))


def copied(reader: Reader, zone: str, now: Placement, why: str) -> PlaceChange:
    snapshot = new_name(f"{reader.data}-snapshot", now)
    volume = new_name(f"{reader.data}-copy", now)
    after = replace(
        now,
        instances={**now.instances, reader.instance: zone},
        snapshots={**now.snapshots, snapshot: reader.data},
        disks={**now.disks, volume: Disk(zone, snapshot, reader.instance)},
    )
    words = say(
        "Make a snapshot of {data}, and from it a volume in the zone of {instance}. {why}",
        data=reader.data,
        instance=reader.instance,
        why=why,
    )
    lines = [line_of(one, after) for one in (reader.instance, snapshot, volume)]
    return PlaceChange(words, reader.instance, after, "\n".join(lines))
