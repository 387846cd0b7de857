"""Where everything stands, and what each failure takes away: plain data for the page's drawing.

`zones`; `table`: rows (name, and a text for each zone); `failures`, each with name, passed, height
(of its drawing), columns (x, width, middle, end, zone, lost) and rows (name, y, base of its text,
marks, result, passed); a mark has x, middle, text and lost. `bill`: lines (name, number, price,
cost, spare), total, spare and budget, where anything has a price.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from labs.grading.placement.exercise.demands import LIMITS, Judged
from labs.grading.placement.exercise.words import failure_words
from labs.grading.placement.zones.cost import bill, cost_of
from labs.grading.placement.zones.failures import INSTANCE, Failure
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import World

LEFT, RIGHT, TOP, ROW = 84, 264, 26, 22  # of the zones in a drawing 320 wide
BOX = 14  # an instance and the gap behind it
Marks = Mapping[str, Sequence[str]]  # zone → what stands there


def drawn(placement: Placement, found: list[Judged], world: World) -> dict[str, Any]:
    failures = dict.fromkeys(one.failure for one in found if one.failure.sort != INSTANCE)
    return {
        "zones": list(world.zones),
        "table": [table_row(name, marks, world) for name, marks in rows_of(placement, world)],
        "failures": [picture(failure, placement, found, world) for failure in failures],
        "bill": bill_of(placement, world),
    }


def picture(
    failure: Failure, placement: Placement, found: list[Judged], world: World
) -> dict[str, Any]:
    judged = [one for one in found if one.failure == failure and one.sort not in LIMITS]
    rows = list(rows_of(placement, world))
    return {
        "name": failure_words(failure),
        "passed": all(one.left.enough for one in judged),
        "height": TOP + ROW * len(rows),
        "columns": list(columns(world, failure)),
        "rows": [
            row(name, marks, place, failure, judged, world)
            for place, (name, marks) in enumerate(rows)
        ],
    }


def table_row(name: str, marks: Marks, world: World) -> dict[str, Any]:
    """Instances as their number."""
    cells = [marks.get(zone, []) for zone in world.zones]
    return {
        "name": name,
        "cells": [str(len(cell)) if cell and not cell[0] else " ".join(cell) for cell in cells],
    }


def columns(world: World, failure: Failure) -> Iterator[dict[str, Any]]:
    width = (RIGHT - LEFT) // len(world.zones)
    for number, zone in enumerate(world.zones):
        x = LEFT + number * width
        yield {
            "x": x,
            "width": width - 4,
            "middle": x + width // 2 - 2,
            "end": x + width - 4,
            "zone": zone[-2:],
            "lost": not failure.spares(zone),
        }


def rows_of(placement: Placement, world: World) -> Iterator[tuple[str, Marks]]:
    """What stands where, by thing."""
    most = (RIGHT - LEFT) // len(world.zones) // BOX
    for tier in world.tiers:
        counts = placement.counts(tier.name)
        yield tier.name, {zone: boxes(number, most) for zone, number in counts.items() if number}
    for pair in world.pairs:
        zones = placement.pairs.get(pair.name, ("", ""))
        yield pair.name, gathered(zip(zones, ("P", "S"), strict=True))
    for system in world.file_systems:
        yield system.name, dict.fromkeys(placement.mounts.get(system.name, ()), ("M",))
    for balancer in world.balancers:
        yield balancer.name, dict.fromkeys(placement.nodes.get(balancer.name, {}), ("N",))
    for reader in world.readers:
        yield reader.instance, {placement.instances.get(reader.instance, ""): [""]}
    yield from ((name, {disk.zone: ["V"]}) for name, disk in placement.disks.items())


def boxes(number: int, most: int) -> list[str]:
    """A box for each instance, or their number."""
    return [""] * number if number <= most else [str(number)]


def gathered(pairs: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for zone, mark in pairs:
        found.setdefault(zone, []).append(mark)
    return found


def row(
    name: str,
    marks: Marks,
    place: int,
    failure: Failure,
    judged: list[Judged],
    world: World,
) -> dict[str, Any]:
    one = next((one for one in judged if one.thing == name), None)
    return {
        "name": name[:11],
        "y": TOP + ROW * place,
        "base": TOP + ROW * place + 10,
        "marks": [
            {**mark, "lost": not failure.spares(zone)}
            for column, zone in zip(columns(world, failure), world.zones, strict=True)
            for mark in in_column(column, marks.get(zone, []))
        ],
        "result": "" if one is None else f"{one.left.number}/{one.left.needed}",
        "passed": one is None or one.left.enough,
    }


def in_column(column: Mapping[str, Any], texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    start = column["middle"] - BOX * len(texts) // 2 + 1
    for number, text in enumerate(texts):
        yield {"x": start + number * BOX, "middle": start + number * BOX + 6, "text": text}


def bill_of(placement: Placement, world: World) -> dict[str, Any] | None:
    lines = [line for line in bill(placement, world) if line.price]
    if not lines:
        return None
    return {
        "lines": [
            {
                "name": line.name,
                "number": line.number,
                "price": line.price,
                "cost": line.cost,
                "spare": line.spare * line.price,
            }
            for line in lines
        ],
        "total": cost_of(placement, world),
        "spare": sum(line.spare * line.price for line in lines),
        "budget": world.budget,
        "currency": world.currency,
    }
