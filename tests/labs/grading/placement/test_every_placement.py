"""The engine against an evaluator that counts single machines."""

from __future__ import annotations

from itertools import product
from random import Random

from labs.grading.placement.exercise.demands import after, judged, limits
from labs.grading.placement.zones.failures import failures_of
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import Tier, World
from tests.labs.grading.placement.worlds import ZONES, random_placement, random_world, survives


def passes(placement: Placement, world: World) -> bool:
    """As the verdict says, up to the first thing that fails."""
    found = (one for failure in failures_of(world) for one in after(failure, placement, world))
    return all(one.left.enough for one in found) and all(
        one.left.enough for one in limits(placement, world, works=True)
    )


def test_twenty_thousand_placements_survive_in_both_or_in_neither() -> None:
    dice = Random(20_000)
    surviving = 0
    for number in range(20_000):
        if number % 5 == 0:
            world = random_world(dice)
        placement = random_placement(dice, world)
        expected = survives(world, placement)
        assert passes(placement, world) is expected, (world, placement)
        surviving += expected
        if number % 50 == 0:
            assert all(one.left.enough for one in judged(placement, world)) is expected
    assert 800 < surviving < 19_000


def test_every_placement_of_up_to_four_in_a_zone_leaves_four_when_any_two_zones_hold_four() -> None:
    world = World(zones=ZONES, tiers=(Tier(name="web", needs=4),))
    for counts in product(range(5), repeat=3):
        placement = Placement(tiers={"web": dict(zip(ZONES, counts, strict=True))})
        assert passes(placement, world) is (sum(counts) - max(counts) >= 4)


def test_no_cluster_in_two_zones_survives_and_in_three_none_with_half_in_one() -> None:
    for zones in (ZONES[:2], ZONES):
        world = World(zones=zones, tiers=(Tier(name="voter", quorum=True),))
        for counts in product(range(4), repeat=len(zones)):
            placement = Placement(tiers={"voter": dict(zip(zones, counts, strict=True))})
            expected = sum(counts) > 2 * max(counts) > 0
            assert passes(placement, world) is expected
            assert not (expected and len(zones) == 2)
