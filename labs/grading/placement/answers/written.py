"""A placement as an answer again: what `placing` reads of it is the same placement."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.names.exercise.answers import Given, Item
from labs.grading.placement.answers.reader import PlacementAnswer
from labs.grading.placement.zones.placement import Disk, Placement

Parts = Mapping[str, str]
HERE = "enabled"


def written(placement: Placement) -> PlacementAnswer:
    return PlacementAnswer({name: item(parts) for name, parts in parts_of(placement).items()})


def item(parts: Parts) -> Item:
    return Item((1, 1), {name: Given(text, (1, 1)) for name, text in parts.items()})


def parts_of(placement: Placement) -> dict[str, Parts]:
    tiers = {
        name: {zone: str(number) for zone, number in counts.items() if number}
        for name, counts in placement.tiers.items()
    }
    pairs = {
        name: filled(primary=primary, standby=standby)
        for name, (primary, standby) in placement.pairs.items()
    }
    nodes = {
        name: {zone: address or HERE for zone, address in of.items()}
        for name, of in placement.nodes.items()
    }
    lists = {**placement.mounts, **placement.holders}
    found: dict[str, Parts] = {**tiers, **pairs, **nodes}
    found |= {name: {"": ", ".join(several)} for name, several in lists.items()}
    found |= {name: {"": zone} for name, zone in placement.instances.items()}
    return found | disk_parts(placement)


def disk_parts(placement: Placement) -> dict[str, Parts]:
    found: dict[str, Parts] = {name: {"of": of} for name, of in placement.snapshots.items()}
    return found | {name: parts_of_disk(disk) for name, disk in placement.disks.items()}


def parts_of_disk(disk: Disk) -> Parts:
    parts = {"from": disk.source, "zone": disk.zone, "attached": disk.attached}
    return filled(**parts)


def filled(**parts: str) -> Parts:
    return {name: text for name, text in parts.items() if text}


def line_of(name: str, placement: Placement) -> str:
    """One thing as it would be written in a line; "" where nothing is said of it."""
    parts = parts_of(placement).get(name)
    if parts is None:
        return ""
    if set(parts) <= {""}:
        return (
            f"{name}: [{parts.get('', '')}]"
            if "," in parts.get("", "")
            else f"{name}: {parts.get('', '')}".rstrip()
        )
    return f"{name}: {{{', '.join(f'{part}: {text}' for part, text in parts.items())}}}"


def text_of(placement: Placement) -> str:
    """The whole answer, a line for each thing."""
    return "".join(f"{line_of(name, placement)}\n" for name in parts_of(placement))
