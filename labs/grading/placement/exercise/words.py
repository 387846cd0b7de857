"""How what is left after a failure is said."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.placement.exercise import demands
from labs.grading.placement.exercise.demands import Judged
from labs.grading.placement.zones import disks, remains
from labs.grading.placement.zones.failures import NOTHING, Failure
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import Reader, World
from labs.grading.said import Said, filled, say

TOO_FEW = say("{failure}, {standing} of the {needed} {thing} that are needed are left.")
WORDS: Mapping[str, Said] = {
    remains.NOWHERE: say("{failure}: {thing} is not placed yet."),
    remains.TOO_FEW: TOO_FEW,
    remains.NO_MOUNT: say(
        "{failure}, {standing} {thing} stand, and {left} of the {needed} that are needed have a "
        "mount target of {files} in their zone."
    ),
    remains.NOT_ENABLED: say(
        "{failure}, {standing} {thing} stand, and {balancer} sends requests to {left} of the "
        "{needed} that are needed: the zone of the others is not enabled."
    ),
    remains.UNEVEN: say(
        "{failure}, {standing} {thing} stand, and do the work of {left}; {needed} are needed. Each "
        "address gets the same share, and in one zone too few wait for it."
    ),
    remains.NO_MAJORITY: say(
        "{failure}, {left} of {members} {thing} are left; a majority is {needed}."
    ),
    remains.FEW_ZONES: say(
        "{failure}, {left} of {members} {thing} are left; a majority is {needed}. They stand in "
        "fewer than three zones."
    ),
    remains.NO_STANDBY: say("{failure}, {thing} is gone: it has no standby."),
    remains.SAME_ZONE: say("{failure}, {thing} is gone: its standby stood in the same zone."),
    remains.NO_DATABASE: say("{failure}, {thing} is gone: primary and standby are lost."),
    remains.ONE_ZONE: say(
        "{failure}, {thing} answers in {left} of the {needed} zones that it needs."
    ),
    remains.NO_WAY_IN: say("{failure}, no node of {thing} has a target that is left."),
    remains.NO_ADDRESS: say("{failure}, a node of {thing} has no address that its clients know."),
    remains.ADDRESS_DEAD: say("{failure}, no living instance holds {thing} that can do the work."),
    disks.NO_INSTANCE: say("{thing} has no zone yet."),
    disks.WRONG_ZONE: say("{thing} stands in {zone} and has to stand in {wanted}."),
    disks.NO_VOLUME: say("{thing} has no volume with the data of {data}."),
    disks.OTHER_ZONE: say(
        "{thing} stands in {zone}, and its volume with the data of {data} in another zone."
    ),
    disks.NOT_PLACED: say("The volume of {thing} with the data of {data} has no zone yet."),
    disks.STALE: say("{thing} has the data of {data} as an old snapshot knew it."),
    disks.LOST: say("{failure}, the data of {thing} is lost for good."),
    demands.OVER_BUDGET: say("It costs {currency}{left}, and may cost {currency}{needed}."),
    demands.NOT_YET: say("How much it is counts once everything works on an ordinary day."),
    demands.TOO_MANY: say("{left} instances are placed, and there are {needed}."),
}
KEPT: Mapping[str, Said] = {
    demands.TIER: say("{failure}, {left} {thing} do the work, and {needed} are needed."),
    demands.PAIR: say("{failure}, {thing} answers."),
    demands.ENTRY: say("{failure}, {thing} answers."),
    demands.ADDRESS: say("{failure}, a living instance holds {thing}."),
    demands.KEPT: say("{failure}, the data of {thing} is kept."),
    demands.READER: say("{thing} has the data of {data}."),
    demands.BUDGET: say("It costs {currency}{left}, and may cost {currency}{needed}."),
    demands.MOST: say("{left} instances are placed, and there are {needed}."),
}


def failure_words(failure: Failure) -> str:
    if failure.tier:
        return say("Without one {tier}", tier=failure.tier)
    if failure == NOTHING:
        return say("On an ordinary day")
    if len(failure.zones) == 1:
        return say("Without {zone}", zone=failure.zones[0])
    first, second = failure.zones
    return say("Without {first} and {second}", first=first, second=second)


def sentence(one: Judged, placement: Placement, world: World) -> Said:
    said = WORDS[one.left.reason] if one.left.reason else KEPT[one.sort]
    return filled(said, **parts_of(one, placement, world))


def parts_of(one: Judged, placement: Placement, world: World) -> dict[str, object]:
    found: dict[str, object] = {
        "failure": failure_words(one.failure),
        "thing": one.thing,
        "left": one.left.number,
        "needed": one.left.needed,
        "standing": one.left.standing,
        "members": sum(placement.counts(one.thing).values()),
        "currency": world.currency,
    }
    tier = next((tier for tier in world.tiers if tier.name == one.thing), None)
    if tier:
        found |= {"files": tier.files, "balancer": tier.behind}
    if one.sort == demands.READER:
        reader = reader_of(one, world)
        zone = placement.instances.get(reader.instance, "")
        found |= {"data": reader.data, "wanted": reader.zone, "zone": zone}
    return found


def reader_of(one: Judged, world: World) -> Reader:
    return next(reader for reader in world.readers if reader.instance == one.thing)
