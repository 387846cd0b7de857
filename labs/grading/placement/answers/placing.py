"""What was typed, put into the lab's zones; with what could not be placed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from labs.grading.names.exercise.answers import SHOWN
from labs.grading.placement.answers.disk_placing import (
    is_disk,
    no_volume,
    place_disk,
    place_instance,
)
from labs.grading.placement.answers.draft import Draft, Mistake
from labs.grading.placement.answers.entries import Entry, entries_of
from labs.grading.placement.answers.reader import PlacementAnswer
from labs.grading.placement.answers.things import (
    place_holders,
    place_mounts,
    place_nodes,
    place_pair,
    place_tier,
)
from labs.grading.placement.zones.placement import Disk, Placement
from labs.grading.placement.zones.world import World
from labs.grading.said import say


@dataclass(frozen=True, slots=True)
class Placed:
    placement: Placement
    mistakes: tuple[Mistake, ...]


Place = Callable[[Draft, str, Sequence[Entry]], None]


def placed(answer: PlacementAnswer, world: World) -> Placed:
    draft = Draft(world, frozenset(name.strip() for name in answer.items))
    for volume in world.volumes:
        draft.disks[volume.name] = Disk(volume.zone)
    known = {name.lower(): name for name in world.names}
    places = places_of(world)
    for thing, entries in by_thing(entries_of(answer, world.zones), known).items():
        if thing in places:
            places[thing](draft, thing, entries)
        elif thing in [snapshot.name for snapshot in world.snapshots]:
            no_volume(draft, thing, entries)
        elif world.volumes and is_disk(entries):
            place_disk(draft, thing, entries)
        else:
            unknown(draft, thing, entries[0], known.values())
    return Placed(finished(draft), tuple(draft.mistakes))


def by_thing(entries: Iterable[Entry], known: Mapping[str, str]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(known.get(entry.thing.lower(), entry.thing), []).append(entry)
    return found


def places_of(world: World) -> dict[str, Place]:
    """How each thing of the world is placed."""
    found: dict[str, Place] = {tier.name: place_tier for tier in world.tiers}
    found.update((one.name, place_pair) for one in world.pairs)
    found.update((one.name, place_mounts) for one in world.file_systems)
    found.update((one.name, place_nodes) for one in world.balancers)
    found.update((one.name, place_holders) for one in world.addresses)
    found.update((one.instance, place_instance) for one in world.readers)
    found.update((one.name, place_disk) for one in world.volumes)
    return found


def finished(draft: Draft) -> Placement:
    pairs = {
        name: (roles.get("primary", ""), roles.get("standby", ""))
        for name, roles in draft.pairs.items()
    }
    return Placement(
        tiers=draft.tiers,
        pairs=pairs,
        mounts={name: tuple(zones) for name, zones in draft.mounts.items()},
        nodes=draft.nodes,
        instances=draft.instances,
        disks=draft.disks,
        snapshots=draft.snapshots,
        holders=draft.holders,
    )


def unknown(draft: Draft, thing: str, entry: Entry, known: Iterable[str]) -> None:
    near = get_close_matches(thing[:SHOWN].lower(), list(known), n=1)
    words = (
        say("“{name}” is not asked for. Do you mean “{near}”?", name=thing[:SHOWN], near=near[0])
        if near
        else say("“{name}” is not asked for.", name=thing[:SHOWN])
    )
    draft.wrong("unknown-name", words, entry.at)
