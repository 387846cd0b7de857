"""A plan's bill as a page shows it: `lines` (name, week, year, and what of a week is not used, as
text), and a week hour by hour, which `labs.grading.costs.plan.picture` draws."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.costs.plan.losses import money
from labs.grading.costs.plan.pricing import Bill, year
from labs.grading.costs.plan.world import Plan, World
from labs.grading.said import say


def lines(plan: Plan, bill: Bill, world: World) -> Iterator[dict[str, object]]:
    idle = bill.unused_commitment
    yield line(say("Reserved Instances"), bill.reserved, idle_dollars(plan, bill, world))
    yield line(say("Savings Plan"), bill.commitment, idle)
    yield line(say("On-Demand"), bill.on_demand, 0.0)
    yield line(say("Spot Instances"), bill.spot, 0.0)
    if world.host:
        yield line(say("Dedicated Hosts"), bill.hosts, 0.0)
    yield line(say("Together"), bill.week, 0.0)


def line(name: str, week: float, unused: float) -> dict[str, object]:
    lost = money(unused) if unused > 0.005 else "–"
    return {"name": name, "week": money(week), "year": money(year(week)), "unused": lost}


def idle_dollars(plan: Plan, bill: Bill, world: World) -> float:
    """Of what is reserved, at the average price of a reserved instance."""
    bought = sum(plan.reserved)
    used = sum(hour.reserved for hour in bill.hours)
    return bill.reserved * (1 - used / (bought * len(bill.hours))) if bought else 0.0


def drawn(plan: Plan, bill: Bill, world: World) -> dict[str, object]:
    hours = bill.hours
    return {
        "bought": sum(plan.reserved),
        "reserved": [round(hour.reserved, 2) for hour in hours],
        "savings": [round(hour.savings, 2) for hour in hours],
        "on_demand": [round(hour.on_demand, 2) for hour in hours],
        "spot": [round(hour.spot, 2) for hour in hours],
        "hosted": [round(hour.hosted, 2) for hour in hours],
    }
