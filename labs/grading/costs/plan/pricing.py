"""What a plan costs, hour by hour.

Reserved Instances come first: each covers one running instance of its type in an hour, and is paid
whether one runs or not (Amazon EC2 User Guide: How Reserved Instance discounts are applied). Then
the Savings Plan: what is left is charged at its prices, the highest discount first, until the
commitment of the hour is used up; what is not used of it is lost (Savings Plans User Guide:
Understanding how Savings Plans apply to your usage). The rest is On-Demand. Spot Instances and
Dedicated Hosts are covered by neither, in this model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labs.grading.costs.plan.world import (
    HOST,
    HOURS,
    HOURS_OF_A_YEAR,
    ON_DEMAND,
    SPOT,
    Apart,
    Counts,
    Plan,
    World,
)


@dataclass(frozen=True, slots=True)
class Hour:
    """What runs in an hour, in instances of all types, and what it costs."""

    reserved: float
    savings: float  # covered by the Savings Plan
    on_demand: float
    spot: float
    hosted: float
    used_commitment: float
    on_demand_dollars: float
    spot_dollars: float


@dataclass(frozen=True, slots=True)
class Bill:
    """Of a week, in dollars."""

    hours: tuple[Hour, ...]
    reserved: float
    commitment: float
    on_demand: float
    spot: float
    hosts: float

    @property
    def week(self) -> float:
        return self.reserved + self.commitment + self.on_demand + self.spot + self.hosts

    @property
    def unused_commitment(self) -> float:
        return self.commitment - sum(hour.used_commitment for hour in self.hours)


def year(week: float) -> float:
    """Of 8,760 hours."""
    return week / HOURS * HOURS_OF_A_YEAR


def running(world: World, runs: Sequence[str], way: str, counts: Counts) -> Counts:
    """Instances of each type that run in one way, of so many of each workload."""
    found = [0] * len(world.types)
    for work, chosen, count in zip(world.workloads, runs, counts, strict=True):
        if chosen == way:
            found[work.type] += count
    return tuple(found)


def price(plan: Plan, world: World) -> Bill:
    bought = tuple(plan.reserved_of(world, number) for number in range(len(world.types)))
    alike = {counts: price_hour(counts, plan, bought, world) for counts, _times in world.patterns}
    hours = [
        alike[counts] for counts in zip(*(work.usage for work in world.workloads), strict=True)
    ]
    return bill_of(
        plan, world, tuple(hours), [(alike[one], times) for one, times in world.patterns]
    )


def week_of(plan: Plan, world: World) -> float:
    """Dollars: of `price` the sum alone, for which no hour is written down."""
    bought = tuple(plan.reserved_of(world, number) for number in range(len(world.types)))
    hours = ways_apart(plan.runs, world)
    on_demand = []
    for one in hours:
        left = tuple(max(have - got, 0) for have, got in zip(one.ordinary, bought, strict=True))
        on_demand.append(one.times * after_commitment(world, left, plan.commitment)[2])
    pairs = zip(world.offers, plan.reserved, strict=True)
    reserved = HOURS * sum(count * offer.hour for offer, count in pairs)
    spot = sum(one.times * one.spot_dollars for one in hours)
    hosts = HOURS * plan.hosts * world.host
    return reserved + HOURS * plan.commitment + sum(on_demand) + spot + hosts


def ways_apart(runs: tuple[str, ...], world: World) -> Sequence[Apart]:
    """Of each pattern of hours; looked for once, for most changes of a plan leave it."""
    if runs not in world.apart:
        world.apart[runs] = [
            Apart(
                times,
                running(world, runs, ON_DEMAND, counts),
                spot_dollars(running(world, runs, SPOT, counts), world),
            )
            for counts, times in world.patterns
        ]
    return world.apart[runs]


def spot_dollars(spot: Counts, world: World) -> float:
    return sum(count * kind.spot for count, kind in zip(spot, world.types, strict=True))


def bill_of(
    plan: Plan, world: World, hours: tuple[Hour, ...], alike: Sequence[tuple[Hour, int]]
) -> Bill:
    pairs = zip(world.offers, plan.reserved, strict=True)
    return Bill(
        hours,
        HOURS * sum(count * offer.hour for offer, count in pairs),
        HOURS * plan.commitment,
        sum(times * hour.on_demand_dollars for hour, times in alike),
        sum(times * hour.spot_dollars for hour, times in alike),
        HOURS * plan.hosts * world.host,
    )


def price_hour(counts: Counts, plan: Plan, bought: Counts, world: World) -> Hour:
    """`counts`: of each workload."""
    ordinary = running(world, plan.runs, ON_DEMAND, counts)
    spot = running(world, plan.runs, SPOT, counts)
    hosted = running(world, plan.runs, HOST, counts)
    covered = [min(one, reserved) for one, reserved in zip(ordinary, bought, strict=True)]
    left = tuple(one - reserved for one, reserved in zip(ordinary, covered, strict=True))
    saved, used, dollars = after_commitment(world, left, plan.commitment)
    return Hour(
        sum(covered), saved, sum(left) - saved, sum(spot), sum(hosted), used, dollars,
        spot_dollars(spot, world),
    )  # fmt: skip


def after_commitment(world: World, left: Counts, commitment: float) -> tuple[float, float, float]:
    """Of the instances that no reservation covers: how many the Savings Plan covers, what of the
    commitment they use, and what the others cost On-Demand."""
    saved, used, dollars = 0.0, 0.0, 0.0
    for number in world.by_discount:
        kind = world.types[number]
        taken = min(commitment - used, left[number] * kind.savings)
        used += taken
        saved += taken / kind.savings
        dollars += (left[number] - taken / kind.savings) * kind.on_demand
    return saved, used, dollars
