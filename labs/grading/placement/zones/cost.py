"""What a placement costs by the lab's own sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import World

ZONES = ""  # the name of the line for zones in use


@dataclass(frozen=True, slots=True)
class Line:
    """`spare`: of the number, what an ordinary day would not need."""

    name: str
    number: int
    price: int
    spare: int = 0

    @property
    def cost(self) -> int:
        return self.number * self.price


def bill(placement: Placement, world: World) -> Iterator[Line]:
    for tier in world.tiers:
        number = sum(placement.counts(tier.name).values())
        majority = number // 2 + 1 if tier.quorum else 0
        spare = number - max(tier.needs, majority)
        yield Line(tier.name, number, tier.price, max(0, spare))
    for pair in world.pairs:
        number = sum(1 for zone in placement.pairs.get(pair.name, ()) if zone)
        yield Line(pair.name, number, pair.price, max(0, number - 1))
    for system in world.file_systems:
        yield Line(system.name, len(placement.mounts.get(system.name, ())), system.price)
    for balancer in world.balancers:
        yield Line(balancer.name, len(placement.nodes.get(balancer.name, {})), balancer.price)
    if world.zone_price:
        yield Line(ZONES, len(placement.used_zones), world.zone_price)


def cost_of(placement: Placement, world: World) -> int:
    return sum(line.cost for line in bill(placement, world))
