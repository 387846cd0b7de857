"""Everything that is asked of a placement, failure by failure, as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from labs.grading.placement.zones.cost import cost_of
from labs.grading.placement.zones.disks import LOST, copies_left, reader_fails
from labs.grading.placement.zones.failures import NOTHING, Failure, failures_of
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.remains import (
    Left,
    address_left,
    database_left,
    instances_left,
    way_in,
)
from labs.grading.placement.zones.world import World

TIER, PAIR, ENTRY, ADDRESS = "tier", "database", "entry", "address"
READER, KEPT, BUDGET, MOST = "reader", "kept", "budget", "most"
OVER_BUDGET, TOO_MANY, NOT_YET = "over-budget", "too-many", "not-yet"
LIMITS = (BUDGET, MOST)


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing after one failure. `sort`: what is asked of it."""

    sort: str
    thing: str
    failure: Failure
    left: Left
    points: int


def judged(placement: Placement, world: World) -> list[Judged]:
    """The same number of them in the same order, whatever the placement."""
    found = [
        *read(placement, world),
        *(one for failure in failures_of(world) for one in after(failure, placement, world)),
    ]
    works = all(one.left.enough for one in found if one.failure == NOTHING)
    return [*found, *limits(placement, world, works=works)]


def checks_of(found: Iterable[Judged]) -> list[list[Judged]]:
    """What counts together: a thing after all failures of one sort, for it has to survive any of
    them."""
    checks: dict[tuple[str, str, str], list[Judged]] = {}
    for one in found:
        checks.setdefault((one.sort, one.thing, one.failure.sort), []).append(one)
    return list(checks.values())


def after(failure: Failure, placement: Placement, world: World) -> Iterator[Judged]:
    for tier in world.tiers:
        if tier.is_asked and failure.tier in ("", tier.name):
            left = instances_left(tier, placement, world, failure)
            yield Judged(TIER, tier.name, failure, left, tier.points)
    for address in world.addresses:
        left = address_left(address, placement, failure)
        yield Judged(ADDRESS, address.name, failure, left, address.points)
    if not failure.tier:
        yield from after_a_zone(failure, placement, world)


def after_a_zone(failure: Failure, placement: Placement, world: World) -> Iterator[Judged]:
    """What the loss of a single instance never touches."""
    for pair in world.pairs:
        yield Judged(PAIR, pair.name, failure, database_left(pair, placement, failure), pair.points)
    for balancer in world.balancers:
        left = way_in(balancer, placement, world, failure)
        yield Judged(ENTRY, balancer.name, failure, left, balancer.points)
    if failure != NOTHING:
        yield from kept(failure, placement, world)


def kept(failure: Failure, placement: Placement, world: World) -> Iterator[Judged]:
    for volume in world.volumes if world.kept_points else ():
        number = copies_left(volume.name, placement, world, failure)
        left = Left(number, 1, "" if number else LOST)
        yield Judged(KEPT, volume.name, failure, left, world.kept_points)


def read(placement: Placement, world: World) -> Iterator[Judged]:
    """On an ordinary day."""
    for reader in world.readers:
        reason = reader_fails(reader, placement, world)
        left = Left(int(not reason), 1, reason)
        yield Judged(READER, reader.instance, NOTHING, left, reader.points)


def limits(placement: Placement, world: World, *, works: bool) -> Iterator[Judged]:
    """`Left.number` is what is used, `needed` the most there is. That it is little is worth nothing
    while it does not work on an ordinary day."""
    if world.most is not None:
        number = placement.instances_of_tiers
        reason = TOO_MANY if number > world.most else "" if works else NOT_YET
        yield Judged(MOST, "", NOTHING, Left(number, world.most, reason), world.budget_points)
    if world.budget is not None:
        cost = cost_of(placement, world)
        reason = OVER_BUDGET if cost > world.budget else "" if works else NOT_YET
        yield Judged(BUDGET, "", NOTHING, Left(cost, world.budget, reason), world.budget_points)
