"""Small worlds of load, and what a plan costs in them, worked out one instance at a time by rules
that know nothing of the engine's."""

from __future__ import annotations

from random import Random

from labs.grading.costs.plan.world import (
    HOURS,
    ON_DEMAND,
    SPOT,
    WAYS,
    InstanceType,
    Offer,
    Plan,
    Rules,
    Workload,
    World,
)


def dollars_by_hand(plan: Plan, world: World) -> float:
    """Of a week. Each instance of each hour looks for the cheapest that is left for it."""
    total = 0.0
    for at in range(HOURS):
        total += plan.commitment + plan.hosts * world.host
        free = list(plan.reserved)
        for offer, count in zip(world.offers, plan.reserved, strict=True):
            total += count * (offer.upfront / (offer.years * 365 * 24) + offer.hourly)
        uncovered: list[InstanceType] = []
        for work, way in zip(world.workloads, plan.runs, strict=True):
            for _instance in range(work.usage[at]):
                kind = world.types[work.type]
                if way == SPOT:
                    total += kind.spot
                elif way == ON_DEMAND and not take_reserved(free, world, work.type):
                    uncovered.append(kind)
        left = plan.commitment
        for kind in sorted(uncovered, key=lambda one: one.savings / one.on_demand):
            paid = min(left, kind.savings)
            left -= paid
            total += kind.on_demand * (1 - paid / kind.savings)
    return total


def take_reserved(free: list[int], world: World, number: int) -> bool:
    for place, offer in enumerate(world.offers):
        if offer.type == number and free[place]:
            free[place] -= 1
            return True
    return False


def some_world(random: Random) -> World:
    """Two types, two or three offers, two workloads, at most three instances of each at a time."""
    types = []
    for name in ("m5.large", "c5.large"):
        price = random.randint(10, 30) / 100
        share, spot = random.choice((0.6, 0.7, 0.8)), random.choice((0.3, 0.5))
        types.append(InstanceType(name, price, price * share, price * spot))
    offers = [
        Offer(
            f"offer-{number}", kind, years, random.choice((0, 100.0)), random.randint(3, 15) / 100
        )
        for number, (kind, years) in enumerate(random.choice((((0, 1), (0, 3)), ((0, 1), (1, 1)))))
    ]
    works = [
        Workload(f"work-{number}", number, some_usage(random), random.random() < 0.5)
        for number in range(2)
    ]
    if random.random() < 0.3:
        works.append(Workload("licensed", 0, some_usage(random), licensed=True))
    rules = Rules(random.choice((None, 1)), random.choice((None, 150.0, 250.0)))
    return World(tuple(types), tuple(offers), tuple(works), rules, host=0.5, holds=2, step=0.1)


def some_usage(random: Random) -> tuple[int, ...]:
    usage: list[int] = []
    while len(usage) < HOURS:
        usage += [random.randint(0, 3)] * random.choice((8, 16, 24, 40))
    return tuple(usage[:HOURS])


def some_plan(random: Random, world: World, *, on_the_grid: bool = False) -> Plan:
    """On the grid: with a commitment that the search tries, too."""
    commitment = random.randint(0, 8) * world.step if on_the_grid else random.random()
    return Plan(
        tuple(random.randint(0, 4) for _offer in world.offers),
        random.choice((0.0, commitment)),
        tuple(random.choice(WAYS) for _work in world.workloads),
        random.randint(0, 3),
    )
