"""Changes that let an Elastic IP come to an instance that lives and can do the work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from labs.grading.placement.exercise.place_change import PlaceChange
from labs.grading.placement.exercise.survivors import with_counts
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import Address, World
from labs.grading.said import Said, filled, say

ONE_MORE = say("Let {tier} take {thing} when its holder dies. {why}")
ONE_LESS = say("Take {tier} out of the list of {thing}. {why}")
ELSEWHERE = say("Put {tier} into a zone in which no other holder of {thing} stands. {why}")


def holder_changes(
    address: Address, now: Placement, world: World, why: str
) -> Iterator[PlaceChange]:
    order = now.holders.get(address.name, ())
    for tier in address.holders:
        if tier not in order:
            yield listed(address, now, (*order, tier), words_for(ONE_MORE, tier, address, why))
    for tier in order:
        if tier not in address.holders:
            left = tuple(name for name in order if name != tier)
            yield listed(address, now, left, words_for(ONE_LESS, tier, address, why))
        elif zone := zone_of_its_own(tier, order, now, world):
            after = with_counts(tier, {zone: 1}, now)
            yield PlaceChange(words_for(ELSEWHERE, tier, address, why), tier, after)


def words_for(said: Said, tier: str, address: Address, why: str) -> Said:
    return filled(said, tier=tier, thing=address.name, why=why)


def listed(address: Address, now: Placement, order: tuple[str, ...], words: Said) -> PlaceChange:
    after = replace(now, holders={**now.holders, address.name: order})
    return PlaceChange(words, address.name, after)


def zone_of_its_own(tier: str, order: tuple[str, ...], now: Placement, world: World) -> str:
    """A zone where no other holder stands; "" where it stands in one, or where there is none."""
    others = {zone for name in order if name != tier for zone in now.counts(name)}
    free = [zone for zone in world.zones if zone not in others]
    return "" if not free or set(free) & set(now.counts(tier)) else free[0]
