"""What a lab says of its week: prices, offers, workloads and rules; and a plan of how to pay.

All prices are in dollars an hour, for one instance. A week has 168 hours from Monday 00:00 and is
repeated all year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

HOURS = 168
HOURS_OF_A_YEAR = 8760
ON_DEMAND, SPOT, HOST = "on-demand", "spot", "dedicated-host"
WAYS = (ON_DEMAND, SPOT, HOST)
Counts = tuple[int, ...]  # of each type


@dataclass(frozen=True, slots=True)
class InstanceType:
    """`savings` is the price under a Savings Plan, `spot` that of a Spot Instance, with what is
    run twice after an interruption."""

    name: str
    on_demand: float
    savings: float
    spot: float

    @property
    def discount(self) -> float:
        """Of the Savings Plan, as a share of the On-Demand price."""
        return 1 - self.savings / self.on_demand


@dataclass(frozen=True, slots=True)
class Offer:
    """A Reserved Instance of a type: a price upfront and one for every hour of the term."""

    name: str
    type: int  # which of the world's types
    years: int
    upfront: float
    hourly: float

    @property
    def hour(self) -> float:
        """With its share of what is paid upfront."""
        return self.hourly + self.upfront / (self.years * HOURS_OF_A_YEAR)


@dataclass(frozen=True, slots=True)
class Workload:
    name: str
    type: int
    usage: tuple[int, ...]  # instances, hour by hour
    interruptible: bool = False
    licensed: bool = False  # by socket: only on a Dedicated Host

    @property
    def ways(self) -> tuple[str, ...]:
        """How it may run."""
        if self.licensed:
            return (HOST,)
        return (ON_DEMAND, SPOT) if self.interruptible else (ON_DEMAND,)


@dataclass(frozen=True, slots=True)
class Rules:
    years: int | None = None  # the longest term
    budget: float | None = None  # for all that is paid upfront


@dataclass(frozen=True, slots=True)
class Apart:
    """Of hours that are alike (`times` a week): what runs neither on Spot nor on hosts, and what
    Spot costs."""

    times: int
    ordinary: Counts
    spot_dollars: float


@dataclass(frozen=True, slots=True)
class World:
    types: tuple[InstanceType, ...]
    offers: tuple[Offer, ...]
    workloads: tuple[Workload, ...]
    rules: Rules = Rules()
    host: float = 0.0  # a Dedicated Host for an hour
    holds: int = 1  # instances on one
    step: float = 0.05  # of commitments that are tried
    by_discount: tuple[int, ...] = field(init=False)  # types, the Savings Plan's highest first
    patterns: tuple[tuple[tuple[int, ...], int], ...] = field(init=False)
    """Hours that are alike: what runs of each workload, and how many hours of a week it does."""
    apart: dict[tuple[str, ...], list[Apart]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """What was found for ways to run the workloads, so that it is looked for once."""

    def __post_init__(self) -> None:
        hours = Counter(zip(*(work.usage for work in self.workloads), strict=True))
        object.__setattr__(self, "patterns", tuple(hours.items()))
        order = sorted(range(len(self.types)), key=lambda number: -self.types[number].discount)
        object.__setattr__(self, "by_discount", tuple(order))

    def hosts_for(self, runs: Sequence[str]) -> int:
        """As many as hold what runs on hosts at the busiest hour."""
        return ceil(self.on_hosts(runs) / self.holds)

    def on_hosts(self, runs: Sequence[str]) -> int:
        """The most instances that run on hosts at a time."""
        return max(
            sum(count for count, way in zip(counts, runs, strict=True) if way == HOST)
            for counts, _times in self.patterns
        )

    def most_of(self, number: int) -> int:
        """The most instances of a type that run at a time."""
        return max(
            sum(
                count
                for count, work in zip(counts, self.workloads, strict=True)
                if work.type == number
            )
            for counts, _times in self.patterns
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """`reserved`: how many of each offer; `runs`: how each workload runs; `commitment`: dollars an
    hour of a Savings Plan."""

    reserved: tuple[int, ...]
    commitment: float
    runs: tuple[str, ...]
    hosts: int

    def reserved_of(self, world: World, number: int) -> int:
        """Instances of a type."""
        pairs = zip(world.offers, self.reserved, strict=True)
        return sum(count for offer, count in pairs if offer.type == number)

    def upfront(self, world: World) -> float:
        pairs = zip(world.offers, self.reserved, strict=True)
        return sum(count * offer.upfront for offer, count in pairs)


def broken_rules(plan: Plan, world: World) -> Iterator[str]:
    """`interrupted`, `licence`, `host-full`, `term`, `budget`."""
    pairs = list(zip(world.workloads, plan.runs, strict=True))
    if any(way == SPOT and not work.interruptible for work, way in pairs):
        yield "interrupted"
    if any(work.licensed and way != HOST for work, way in pairs):
        yield "licence"
    if world.on_hosts(plan.runs) > plan.hosts * world.holds:
        yield "host-full"
    bought = [offer for offer, count in zip(world.offers, plan.reserved, strict=True) if count]
    if world.rules.years and any(offer.years > world.rules.years for offer in bought):
        yield "term"
    if world.rules.budget is not None and plan.upfront(world) > world.rules.budget + 1e-9:
        yield "budget"
