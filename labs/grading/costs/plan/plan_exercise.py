"""[spec] of a lab on purchasing: the world, and how near to the cheapest plan an answer must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labs.grading.costs.plan.world import HOURS, InstanceType, Offer, Rules, Workload, World
from labs.grading.toml_table import Table

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_INSTANCES = 40
MOST_OFFERS = 4


@dataclass(frozen=True, slots=True)
class PlanExercise:
    """`within`: percent above the cheapest plan, the widest first, each with its points."""

    world: World
    within: tuple[tuple[int, int], ...]
    rule_points: int

    @property
    def limit(self) -> int:
        return self.within[-1][0]


def read_plan_exercise(table: Mapping[str, object]) -> PlanExercise:
    spec = Table(table)
    again = 1 + spec.number("again", 0, most=100) / 100
    types = tuple(read_type(one, again) for one in spec.tables("types"))
    names = [kind.name for kind in types]
    if not types or not spec.values.get("workloads"):
        raise spec.error("", "needs a type and a workload")
    offers = tuple(read_offer(one, names) for one in spec.tables("offers"))
    workloads = tuple(read_workload(one, names) for one in spec.tables("workloads"))
    if len(offers) > MOST_OFFERS:
        raise spec.error("offers", f"more than {MOST_OFFERS}")
    years, budget = spec.number("most_years", 0), spec.text("budget", "")
    world = World(
        types, offers, workloads,
        Rules(years or None, decimal(spec, "budget", budget) if budget else None),
        decimal(spec, "host", spec.text("host", "0")),
        spec.number("host_holds", 1, least=1),
        decimal(spec, "step", spec.text("step", "0.05")) or 0.05,
    )  # fmt: skip
    within = tuple(read_limit(one) for one in spec.tables("within"))
    rule_points = spec.number("rule_points", 1, least=1, most=1000)
    spec.finish()
    if not within or list(within) != sorted(within, reverse=True):
        raise spec.error("within", "the widest comes first")
    return PlanExercise(world, within, rule_points)


def read_limit(table: Table) -> tuple[int, int]:
    return table.number("percent", most=1000), table.number("points", 1, least=1, most=1000)


def decimal(table: Table, key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise table.error(key, f"is “{text}”, not a number") from None


def price_of(table: Table, key: str) -> float:
    price = decimal(table, key, table.text(key))
    if price <= 0:
        raise table.error(key, "is not more than nothing")
    return price


def read_type(table: Table, again: float) -> InstanceType:
    on_demand, savings = price_of(table, "on_demand"), price_of(table, "savings")
    return InstanceType(table.text("name"), on_demand, savings, price_of(table, "spot") * again)


def which(table: Table, names: Sequence[str]) -> int:
    return names.index(table.text("type", choices=names))


def read_offer(table: Table, names: Sequence[str]) -> Offer:
    return Offer(
        table.text("name"),
        which(table, names),
        table.number("years", least=1, most=3),
        decimal(table, "upfront", table.text("upfront", "0")),
        decimal(table, "hourly", table.text("hourly", "0")),
    )


def read_workload(table: Table, names: Sequence[str]) -> Workload:
    usage = [table.number("base", 0, most=MOST_INSTANCES)] * HOURS
    for one in table.tables("times"):
        first, last = one.number("from", 0, most=24), one.number("to", 24, most=24)
        count = one.number("count", most=MOST_INSTANCES)
        for day in days_of(one):
            usage[24 * day + first : 24 * day + last] = [count] * (last - first)
    return Workload(
        table.text("name"), which(table, names), tuple(usage), table.flag("interruptible"),
        table.flag("licensed"),
    )  # fmt: skip


def days_of(table: Table) -> range:
    """`Mon-Fri`, `Sat`; every day where nothing is said."""
    first, _dash, last = table.text("days", "Mon-Sun").partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise table.error("days", "is not Mon, Mon-Fri or the like")
    return range(DAYS.index(first), DAYS.index(last or first) + 1)
