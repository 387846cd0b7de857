"""Where a plan loses money, in a sentence with hours and dollars, for each change that would mend
it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from labs.grading.costs.plan.improving import (
    COMMIT_LESS,
    COMMIT_MORE,
    FEWER_HOSTS,
    OTHER_OFFER,
    RESERVE_LESS,
    RESERVE_MORE,
    TO_SPOT,
    Change,
)
from labs.grading.costs.plan.pricing import price, running
from labs.grading.costs.plan.world import HOURS, ON_DEMAND, Plan, World
from labs.grading.said import say

DAY_NAMES = (
    say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"),
    say("Saturday"), say("Sunday"),
)  # fmt: skip
CENT = 0.01


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours one after the other with the same number; `end` is behind the last."""

    start: int
    end: int
    amount: float

    @property
    def words(self) -> str:
        if self.end - self.start >= HOURS:
            return say("All week long")
        return say("From {start} to {end}", start=clock(self.start), end=clock(self.end))


def clock(hour: int) -> str:
    return say("{day} {time}", day=DAY_NAMES[hour // 24 % 7], time=f"{hour % 24:02}:00")


def costliest(amounts: Sequence[float]) -> Stretch:
    """The stretch of equal amounts that has most in all; a week's end goes on in its beginning."""
    first = next((at for at in range(len(amounts)) if amounts[at] != amounts[at - 1]), 0)
    turned = [*amounts[first:], *amounts[:first]]
    found, at = [], first
    for amount, run in groupby(turned):
        length = len(list(run))
        found.append(Stretch(at, at + length, amount))
        at += length
    return max(found, key=lambda one: (one.end - one.start) * one.amount)


def money(dollars: float) -> str:
    return f"${dollars:.4f}" if 0 < dollars < CENT else f"${dollars:,.2f}"


def rate(dollars: float) -> str:
    """A price for an hour."""
    whole, _point, digits = f"{dollars:.4f}".partition(".")
    return f"${whole}.{digits.rstrip('0').ljust(2, '0')}"


def demand(plan: Plan, world: World, number: int) -> list[int]:
    """Instances of a type that run On-Demand or on what is bought for it, hour by hour."""
    usages = zip(*(work.usage for work in world.workloads), strict=True)
    return [running(world, plan.runs, ON_DEMAND, counts)[number] for counts in usages]


def idle_reserved(plan: Plan, world: World, change: Change) -> str:
    offer = world.offers[change.where]
    count = plan.reserved_of(world, offer.type)
    wanted = demand(plan, world, offer.type)
    found = costliest([max(0, count - one) for one in wanted])
    hours = found.end - found.start
    return say(
        "{when}, {idle} of your {count} reserved {type} run idle: {idle} × {hours} h × {rate} = "
        "{money} are lost.",
        when=found.words,
        idle=int(found.amount),
        count=count,
        type=world.types[offer.type].name,
        hours=hours,
        rate=rate(offer.hour),
        money=money(found.amount * hours * offer.hour),
    )


def too_few_reserved(plan: Plan, world: World, change: Change) -> str:
    offer = world.offers[change.where]
    kind, count = world.types[offer.type], plan.reserved_of(world, offer.type)
    hours = sum(one > count for one in demand(plan, world, offer.type))
    return say(
        "You reserve {count} {type}. One more would be used in {hours} of the 168 hours of the "
        "week: On-Demand they cost {hours} × {rate} = {money}, one more “{offer}” costs {week}.",
        count=count,
        type=kind.name,
        hours=hours,
        rate=rate(kind.on_demand),
        money=money(hours * kind.on_demand),
        offer=offer.name,
        week=money(HOURS * offer.hour),
    )


def unused_commitment(plan: Plan, world: World, change: Change) -> str:
    bill = price(plan, world)
    unused = [round(plan.commitment - hour.used_commitment, 6) for hour in bill.hours]
    found = costliest(unused)
    hours = found.end - found.start
    return say(
        "{when}, only {used} of the {commitment} that you commit to each hour is used: {hours} h × "
        "{unused} = {money} are lost.",
        when=found.words,
        used=rate(plan.commitment - found.amount),
        commitment=rate(plan.commitment),
        hours=hours,
        unused=rate(found.amount),
        money=money(hours * found.amount),
    )


def commitment_low(plan: Plan, world: World, change: Change) -> str:
    bill = price(plan, world)
    hours = sum(hour.on_demand > CENT for hour in bill.hours)
    return say(
        "In {hours} of the 168 hours of the week something runs On-Demand, for {money} in all. "
        "Under a Savings Plan a part of it would cost less.",
        hours=hours,
        money=money(bill.on_demand),
    )


def spot_not_used(plan: Plan, world: World, change: Change) -> str:
    work = world.workloads[change.where]
    kind, hours = world.types[work.type], sum(work.usage)
    return say(
        "“{work}” can be interrupted, and runs for {hours} instance-hours a week: On-Demand at "
        "{rate}, on Spot Instances at {spot}.",
        work=work.name,
        hours=hours,
        rate=rate(kind.on_demand),
        spot=rate(kind.spot),
    )


def dearer_offer(plan: Plan, world: World, change: Change) -> str:
    offer = world.offers[change.where]
    pairs = zip(plan.reserved, change.plan.reserved, world.offers, strict=True)
    other = next(one for before, after, one in pairs if after > before)
    return say(
        "With its share of what is paid upfront, “{offer}” costs {rate} an hour, “{other}” "
        "{cheaper}.",
        offer=offer.name,
        rate=rate(offer.hour),
        other=other.name,
        cheaper=rate(other.hour),
    )


def idle_host(plan: Plan, world: World, change: Change) -> str:
    return say(
        "{needed} of your {hosts} Dedicated Hosts hold everything. Each one more costs {money} a "
        "week.",
        needed=change.plan.hosts,
        hosts=plan.hosts,
        money=money(HOURS * world.host),
    )


def together(plan: Plan, world: World, change: Change) -> str:
    return say("No single change makes this plan cheaper; several together do.")


LOSSES: Mapping[str, Callable[[Plan, World, Change], str]] = {
    RESERVE_LESS: idle_reserved,
    RESERVE_MORE: too_few_reserved,
    COMMIT_LESS: unused_commitment,
    COMMIT_MORE: commitment_low,
    TO_SPOT: spot_not_used,
    OTHER_OFFER: dearer_offer,
    FEWER_HOSTS: idle_host,
}


def loss(plan: Plan, world: World, change: Change) -> str:
    return LOSSES.get(change.code, together)(plan, world, change)
