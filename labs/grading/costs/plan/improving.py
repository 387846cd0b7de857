"""One change of a plan that makes it cheaper: how many of an offer, another offer for the same, how
much is committed, how a workload runs, how many hosts. Each is tried in all its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from labs.grading.costs.plan.optimum import cheapest, commitments
from labs.grading.costs.plan.pricing import week_of
from labs.grading.costs.plan.world import SPOT, Plan, World, broken_rules

RESERVE_LESS, RESERVE_MORE, OTHER_OFFER = "idle-reserved", "too-few-reserved", "dearer-offer"
COMMIT_LESS, COMMIT_MORE = "unused-commitment", "commitment-low"
TO_SPOT, FEWER_HOSTS = "spot-not-used", "idle-host"
COMBINATION = "combination"
MOST_COMMITMENTS = 80
ALWAYS_RIGHT = (TO_SPOT, FEWER_HOSTS, OTHER_OFFER)
LITTLE = 1e-6  # dollars a week that are no difference


@dataclass(frozen=True, slots=True)
class Change:
    """`where`: the number of the offer or of the workload; -1 where there is only one."""

    code: str
    where: int
    plan: Plan
    week: float

    @property
    def key(self) -> tuple[str, int]:
        return self.code, self.where


def improvements(plan: Plan, world: World) -> list[Change]:
    """The best value of each; only what saves something and breaks no rule. First what helps
    whatever else is done, then what saves most. Where nothing does: the cheapest plan, as several
    changes at once."""
    now = week_of(plan, world)
    best: dict[tuple[str, int], Change] = {}
    for code, where, other in changes(plan, world):
        if other == plan or any(broken_rules(other, world)):
            continue
        change = Change(code, where, other, week_of(other, world))
        if change.week < now - LITTLE and change.week < best.get(change.key, change).week + LITTLE:
            best[change.key] = change
    found = sorted(best.values(), key=lambda one: (one.code not in ALWAYS_RIGHT, one.week))
    optimum = cheapest(world)
    if not found and optimum.week < now - LITTLE:
        return [Change(COMBINATION, -1, optimum.plan, optimum.week)]
    return found


def changes(plan: Plan, world: World) -> Iterator[tuple[str, int, Plan]]:
    yield from of_offers(plan, world)
    yield from of_swaps(plan, world)
    most = tuple(world.most_of(number) for number in range(len(world.types)))
    steps = commitments(world, most)
    for commitment in steps[:: -(-len(steps) // MOST_COMMITMENTS)]:
        code = COMMIT_LESS if commitment < plan.commitment else COMMIT_MORE
        yield code, -1, replace(plan, commitment=commitment)
    for number, work in enumerate(world.workloads):
        if SPOT in work.ways:
            runs = (*plan.runs[:number], SPOT, *plan.runs[number + 1 :])
            yield TO_SPOT, number, replace(plan, runs=runs)
    yield FEWER_HOSTS, -1, replace(plan, hosts=world.hosts_for(plan.runs))


def with_count(plan: Plan, number: int, count: int) -> Plan:
    return replace(plan, reserved=(*plan.reserved[:number], count, *plan.reserved[number + 1 :]))


def of_offers(plan: Plan, world: World) -> Iterator[tuple[str, int, Plan]]:
    for number, offer in enumerate(world.offers):
        for count in range(world.most_of(offer.type) + 1):
            code = RESERVE_LESS if count < plan.reserved[number] else RESERVE_MORE
            yield code, number, with_count(plan, number, count)


def of_swaps(plan: Plan, world: World) -> Iterator[tuple[str, int, Plan]]:
    """Some or all of one offer for as many of another."""
    for number, offer in enumerate(world.offers):
        for other, twin in enumerate(world.offers):
            if other == number or twin.type != offer.type:
                continue
            for moved in range(1, plan.reserved[number] + 1):
                less = with_count(plan, number, plan.reserved[number] - moved)
                yield OTHER_OFFER, number, with_count(less, other, plan.reserved[other] + moved)
