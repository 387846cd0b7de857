"""The cheapest plan that keeps all rules, by trying every one of them: each number of each offer,
each commitment in steps, each way in which a workload may run.

Nothing is left out, but nothing is worked out twice: what remains after the reservations decides
what a commitment pays for, hours that are alike are one hour, and of plans with the same numbers of
each type only the cheapest offers are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from labs.grading.costs.plan.pricing import price, running
from labs.grading.costs.plan.world import HOURS, ON_DEMAND, Counts, Plan, World

Hours = Mapping[Counts, int]  # how often such an hour comes


@dataclass(frozen=True, slots=True)
class Found:
    plan: Plan
    week: float  # dollars


@lru_cache(maxsize=16)
def cheapest(world: World) -> Found:
    """The first of several that cost the same."""
    found = [
        best_of_runs(world, runs) for runs in product(*(work.ways for work in world.workloads))
    ]
    return min(found, key=lambda one: one.week)


def best_of_runs(world: World, runs: tuple[str, ...]) -> Found:
    hours: Counter[Counts] = Counter()
    for counts, times in world.patterns:
        hours[running(world, runs, ON_DEMAND, counts)] += times
    most = most_at_a_time(world, hours)
    bare = Plan((0,) * len(world.offers), 0.0, runs, world.hosts_for(runs))
    bill = price(bare, world)
    fixed = bill.spot + bill.hosts
    steps = commitments(world, most)
    rests: dict[Counts, list[float]] = {}
    best = (bill.week, bare.reserved, 0.0)
    for totals, (dollars, reserved) in offers_of(world, most).items():
        weeks = [fixed + HOURS * (dollars + commitment) for commitment in steps]
        for counts, times in hours.items():
            left = tuple(max(0, one - two) for one, two in zip(counts, totals, strict=True))
            if left not in rests:
                rests[left] = rest_of(world, left, steps)
            weeks = [week + times * rest for week, rest in zip(weeks, rests[left], strict=True)]
        week, commitment = min(zip(weeks, steps, strict=True))
        best = min(best, (week, reserved, commitment))
    week, reserved, commitment = best
    return Found(Plan(reserved, commitment, runs, bare.hosts), week)


def most_at_a_time(world: World, hours: Hours) -> Counts:
    return tuple(max(counts[number] for counts in hours) for number in range(len(world.types)))


def commitments(world: World, most: Counts) -> list[float]:
    """From nothing up to what would pay for everything."""
    everything = sum(count * kind.savings for count, kind in zip(most, world.types, strict=True))
    return [number * world.step for number in range(int(everything / world.step) + 2)]


def offers_of(world: World, most: Counts) -> dict[Counts, tuple[float, tuple[int, ...]]]:
    """Numbers of each type → the cheapest way to reserve so many, in dollars an hour."""
    found: dict[Counts, tuple[float, tuple[int, ...]]] = {}
    for reserved in allowed_counts(world, most):
        plan = Plan(reserved, 0.0, (), 0)
        totals = tuple(plan.reserved_of(world, number) for number in range(len(world.types)))
        if any(one > two for one, two in zip(totals, most, strict=True)):
            continue
        dollars = sum(
            count * offer.hour for count, offer in zip(reserved, world.offers, strict=True)
        )
        if totals not in found or dollars < found[totals][0]:
            found[totals] = (dollars, reserved)
    return found


def allowed_counts(world: World, most: Counts) -> Iterator[tuple[int, ...]]:
    """Within the term and the budget."""
    years, budget = world.rules.years, world.rules.budget
    ranges = [
        range(1 if years and offer.years > years else most[offer.type] + 1)
        for offer in world.offers
    ]
    for reserved in product(*ranges):
        if budget is None or Plan(reserved, 0.0, (), 0).upfront(world) <= budget:
            yield reserved


def rest_of(world: World, left: Counts, steps: Sequence[float]) -> list[float]:
    """What is left On-Demand in an hour, for each commitment: type by type a straight line."""
    kinds = [(left[number], world.types[number]) for number in world.by_discount]
    rest = sum(count * kind.on_demand for count, kind in kinds)
    found: list[float] = []
    start = 0.0
    for count, kind in kinds:
        end, slope = start + count * kind.savings, kind.on_demand / kind.savings
        while len(found) < len(steps) and steps[len(found)] <= end:
            found.append(rest - (steps[len(found)] - start) * slope)
        rest -= count * kind.on_demand
        start = end
    return found + [0.0] * (len(steps) - len(found))
