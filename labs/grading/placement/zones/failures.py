"""What is lost at a time: nothing, a zone, two zones, or one instance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from labs.grading.placement.zones.placement import Counts
from labs.grading.placement.zones.world import World

ZONE, TWO_ZONES, INSTANCE = "zone", "two-zones", "instance"
FAILS = (ZONE, TWO_ZONES, INSTANCE)


@dataclass(frozen=True, slots=True)
class Failure:
    """`zones`: all that stands there. Or one instance of `tier` in `zone`."""

    zones: tuple[str, ...] = ()
    tier: str = ""
    zone: str = ""

    @property
    def sort(self) -> str:
        """One of FAILS; "" where nothing is lost."""
        if self.tier:
            return INSTANCE
        return {0: "", 1: ZONE, 2: TWO_ZONES}[len(self.zones)]

    def spares(self, zone: str) -> bool:
        """Does what stands there go on? Nowhere nothing does."""
        return bool(zone) and zone not in self.zones

    def left_of(self, tier: str, counts: Counts) -> dict[str, int]:
        """Zone → instances that are left, without the zones where none is."""
        left = {zone: number for zone, number in counts.items() if self.spares(zone)}
        if self.tier == tier and left.get(self.zone):
            left[self.zone] -= 1
        return {zone: number for zone, number in left.items() if number}


NOTHING = Failure()


def failures_of(world: World) -> Iterator[Failure]:
    """The ordinary day first; of each tier one instance, wherever its loss is felt most."""
    yield NOTHING
    if ZONE in world.fails:
        yield from (Failure((zone,)) for zone in world.zones)
    if TWO_ZONES in world.fails:
        yield from (Failure(pair) for pair in combinations(world.zones, 2))
    if INSTANCE in world.fails:
        yield from (Failure(tier=tier.name) for tier in world.tiers)


def places_of(failure: Failure, counts: Counts) -> Iterator[Failure]:
    """One lost instance, in each zone in which it may have stood; every other failure itself."""
    stood = [zone for zone, number in counts.items() if number] if failure.tier else []
    yield from (replace(failure, zone=zone) for zone in stood)
    if not stood:
        yield failure
