"""Small changes that may let a placement survive: one instance more, moved or less, a standby in
another zone, a zone enabled, a mount target, a snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from labs.grading.cure import Mend
from labs.grading.errors import Position
from labs.grading.placement.answers.placing import placed
from labs.grading.placement.answers.reader import PlacementAnswer
from labs.grading.placement.answers.written import line_of, written
from labs.grading.placement.exercise.demands import NOT_YET, Judged, judged
from labs.grading.placement.exercise.disk_mends import disk_changes
from labs.grading.placement.exercise.holder_mends import holder_changes
from labs.grading.placement.exercise.place_change import PlaceChange
from labs.grading.placement.exercise.survivors import (
    Change,
    applied,
    everywhere,
    nearest,
    single_steps,
    with_counts,
    within_limits,
)
from labs.grading.placement.exercise.way_mends import (
    fewer_nodes,
    mount_changes,
    node_changes,
    pair_changes,
    with_ways,
)
from labs.grading.placement.exercise.words import sentence
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import Balancer, Tier, World
from labs.grading.said import say

MOST_MENDS = 30  # of one step


def placement_mends(answer: PlacementAnswer, world: World) -> list[Mend]:
    """The smallest changes of what fails first."""
    now = placed(answer, world).placement
    failed = [one for one in judged(now, world) if not one.left.enough]
    found = [mend_of(change, now, answer) for change in changes(now, failed, world)]
    return found[:MOST_MENDS]


def mend_of(change: PlaceChange, now: Placement, answer: PlacementAnswer) -> Mend:
    before, after = (line_of(change.thing, one) for one in (now, change.placement))
    at = place_of(change.thing, answer)
    return Mend(change.words, before, change.after or after, written(change.placement), at)


def place_of(thing: str, answer: PlacementAnswer) -> Position | None:
    item = answer.items.get(thing)
    return item.at if item else None


def changes(now: Placement, failed: Sequence[Judged], world: World) -> Iterator[PlaceChange]:
    told = [one for one in reversed(failed) if one.left.reason != NOT_YET]
    why = {one.thing: sentence(one, now, world) for one in told}
    for pair in world.pairs:
        if reason := why.get(pair.name, why.get("", "")):
            yield from pair_changes(pair, now, world, reason)
    yield from changes_of_balancers(now, why, world)
    yield from changes_of_tiers(now, why, world)
    for address in world.addresses:
        if address.name in why:
            yield from holder_changes(address, now, world, why[address.name])
    yield from disk_changes(now, failed, world)


def changes_of_balancers(
    now: Placement, why: Mapping[str, str], world: World
) -> Iterator[PlaceChange]:
    for balancer in world.balancers:
        reason = next((why[name] for name in behind(balancer, world) if name in why), "")
        if reason:
            yield from node_changes(balancer, now, world, reason)
            if "" in why or not balancer.cross_zone:
                yield from fewer_nodes(balancer, now, reason)


def changes_of_tiers(now: Placement, why: Mapping[str, str], world: World) -> Iterator[PlaceChange]:
    over = why.get("", "")  # a limit is of nothing by name
    for tier in world.tiers:
        reason = why.get(tier.name, over)
        cheap = bool(over) or not any(now.counts(tier.name).values())
        if tier.name in why and tier.files:
            yield from mount_changes(tier, now, world, reason)
        if reason:
            yield from tier_changes(tier, now, world, reason, cheap=cheap)


def behind(balancer: Balancer, world: World) -> list[str]:
    """The balancer, and the tiers that it sends requests to."""
    return [balancer.name, *(tier.name for tier in world.tiers if tier.behind == balancer.name)]


# --- Instances ------------------------------------------------------------------------------------


def tier_changes(
    tier: Tier, now: Placement, world: World, why: str, *, cheap: bool
) -> Iterator[PlaceChange]:
    """Where numbers alone do it within the limits, in small steps and at once; elsewhere with all
    that leads there."""
    counts = now.counts(tier.name)
    change = nearest(tier, now, world, cheap=cheap)
    after = with_counts(tier.name, applied(counts, change), now) if change else now
    if change is None or not within_limits(after, world):
        yield from spread_with_ways(tier, now, world, why, cheap=cheap)
    if change is None or not change.size:
        return
    for step in single_steps(change):
        one_step = with_counts(tier.name, applied(counts, step), now)
        yield PlaceChange(step_words(tier.name, step, why), tier.name, one_step)
    if change.size > 1:
        words = say(
            "Spread {thing} so that the other zones have enough, whichever is lost. {why}",
            thing=tier.name,
            why=why,
        )
        yield PlaceChange(words, tier.name, after)


def spread_with_ways(
    tier: Tier, now: Placement, world: World, why: str, *, cheap: bool
) -> Iterator[PlaceChange]:
    change = nearest(tier, everywhere(now, world), world, cheap=cheap)
    if change is None:
        return
    after = with_counts(tier.name, applied(now.counts(tier.name), change), now)
    after = with_ways(tier, after, world)
    words = say(
        "Put what {thing} needs into each zone in which it stands. {why}", thing=tier.name, why=why
    )
    if change.size:
        words = say(
            "Spread {thing} so that the other zones have enough, whichever is lost, and put there "
            "what it needs as well. {why}",
            thing=tier.name,
            why=why,
        )
    lines = [line_of(name, after) for name in (tier.name, tier.files, tier.behind) if name]
    yield PlaceChange(words, tier.name, after, "\n".join(lines))


def step_words(thing: str, step: Change, why: str) -> str:
    more, less = "".join(step.zones(1)), "".join(step.zones(-1))  # one at most
    if more and less:
        words = say(
            "Move one {thing} from {less} to {more}. {why}",
            thing=thing,
            less=less,
            more=more,
            why=why,
        )
    elif more:
        words = say("Put one more {thing} into {zone}. {why}", thing=thing, zone=more, why=why)
    else:
        words = say("Take one {thing} out of {zone}. {why}", thing=thing, zone=less, why=why)
    return words
