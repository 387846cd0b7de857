"""The nearest numbers of a tier with which it survives everything that is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from labs.grading.placement.zones.cost import cost_of
from labs.grading.placement.zones.failures import Failure, failures_of
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.remains import instances_left
from labs.grading.placement.zones.world import Tier, World

MOST_TRIED = 700  # placements of one tier


@dataclass(frozen=True, slots=True)
class Change:
    """How many instances are added to each zone, or taken out of it."""

    by: Mapping[str, int]

    @property
    def size(self) -> int:
        """Single steps: one more, one less, or one moved."""
        more = sum(number for number in self.by.values() if number > 0)
        return max(more, more - sum(self.by.values()))

    def zones(self, sign: int) -> list[str]:
        """Where instances come to (1), or from (-1)."""
        return [zone for zone, number in self.by.items() if number * sign > 0]


def survives(tier: Tier, placement: Placement, world: World) -> bool:
    return not tier.is_asked or all(
        instances_left(tier, placement, world, failure).enough
        for failure in failures_of(world)
        if failure.tier in ("", tier.name)
    )


def are_enough(tier: Tier, counts: Mapping[str, int], failures: Sequence[Failure]) -> bool:
    """Do so many stand after each failure that, if all of them work, it survives?"""
    total = sum(counts.values())
    needed = max(tier.needs, total // 2 + 1 if tier.quorum else 0)
    return not tier.is_asked or all(
        total - sum(counts.get(zone, 0) for zone in failure.zones) >= needed for failure in failures
    )


def with_counts(tier: str, counts: Mapping[str, int], placement: Placement) -> Placement:
    return replace(placement, tiers={**placement.tiers, tier: dict(counts)})


def nearest(tier: Tier, placement: Placement, world: World, *, cheap: bool) -> Change | None:
    """The smallest change, the one with fewer instances of two; `cheap`: the fewest instances, by
    the smallest change; within the limits, if there is one. None: no numbers alone would do."""
    now = placement.counts(tier.name)

    elsewhere = with_counts(tier.name, {}, placement).used_zones

    def key(change: Change) -> tuple[int, int]:
        total = sum(change.by.values())
        if not cheap:
            return change.size, total
        zones = elsewhere | set(applied(now, change))
        return total * tier.price + len(zones) * world.zone_price, change.size

    found = sorted(changes(tier, now, world), key=key)[:MOST_TRIED]
    first: Change | None = None
    failures = list(failures_of(world))
    for change in found:
        counts = applied(now, change)
        if not are_enough(tier, counts, failures):
            continue
        after = with_counts(tier.name, counts, placement)
        if not survives(tier, after, world):
            continue
        if within_limits(after, world):
            return change
        first = first or change
    return first


def within_limits(placement: Placement, world: World) -> bool:
    few = world.most is None or placement.instances_of_tiers <= world.most
    return few and (world.budget is None or cost_of(placement, world) <= world.budget)


def everywhere(placement: Placement, world: World) -> Placement:
    """With a node of every load balancer in each zone, as far as there are addresses, and a mount
    target: so that numbers alone decide."""
    nodes = {
        one.name: dict(zip(world.zones, one.addresses or [""] * len(world.zones), strict=False))
        for one in world.balancers
    }
    mounts = {one.name: world.zones for one in world.file_systems}
    return replace(placement, nodes=nodes, mounts=mounts)


def changes(tier: Tier, now: Mapping[str, int], world: World) -> Iterator[Change]:
    """No zone needs more than all that is needed; a cluster not more than two of five."""
    most = max(tier.needs, 2) if tier.quorum else tier.needs
    most = most if len(world.zones) < 4 else min(most, 5)
    choices = [sorted({*range(most + 1), now.get(zone, 0)}) for zone in world.zones]
    for numbers in product(*choices):
        pairs = zip(world.zones, numbers, strict=True)
        yield Change({zone: number - now.get(zone, 0) for zone, number in pairs})


def applied(now: Mapping[str, int], change: Change) -> dict[str, int]:
    zones = dict.fromkeys((*now, *change.by))
    found = {zone: now.get(zone, 0) + change.by.get(zone, 0) for zone in zones}
    return {zone: number for zone, number in found.items() if number > 0}


def single_steps(change: Change) -> list[Change]:
    """The same change in steps that are each as small as possible: any of them may come first."""
    more, less = change.zones(1), change.zones(-1)
    if more and less:
        return [Change({zone: 1, other: -1}) for zone, other in product(more, less)]
    return [Change({zone: 1 if more else -1}) for zone in more or less]
