from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from labs.grading.costs.plan.improving import improvements
from labs.grading.costs.plan.mends import within_budget
from labs.grading.costs.plan.optimum import cheapest
from labs.grading.costs.plan.pricing import price, week_of, year
from labs.grading.costs.plan.world import (
    HOURS,
    ON_DEMAND,
    SPOT,
    InstanceType,
    Offer,
    Plan,
    Rules,
    Workload,
    World,
    broken_rules,
)
from tests.labs.grading.costs.weeks import dollars_by_hand, some_plan, some_world

DAY = tuple(6 if 8 <= at % 24 < 20 else 2 for at in range(HOURS))
SHOP = World(
    (InstanceType("m5.large", 0.10, 0.07, 0.03), InstanceType("c5.large", 0.20, 0.12, 0.06)),
    (Offer("m5", 0, 1, 0.0, 0.06), Offer("m5-upfront", 0, 1, 219.0, 0.025)),
    (Workload("web", 0, DAY), Workload("batch", 1, (1,) * HOURS, interruptible=True)),
)


def plan(**changed) -> Plan:
    values = {"reserved": (0, 0), "commitment": 0.0, "runs": (ON_DEMAND, SPOT), "hosts": 0}
    return Plan(**(values | changed))


def test_a_reservation_is_paid_in_every_hour_and_used_where_something_runs() -> None:
    bill = price(plan(reserved=(4, 0)), SHOP)
    assert bill.reserved == pytest.approx(4 * 168 * 0.06)
    assert [bill.hours[at].reserved for at in (0, 8)] == [2, 4]
    assert bill.on_demand == pytest.approx(2 * 84 * 0.10)


def test_what_is_paid_upfront_is_spread_over_all_hours_of_the_term() -> None:
    assert SHOP.offers[1].hour == pytest.approx(0.05)


def test_a_commitment_pays_for_the_highest_discount_first_and_the_rest_is_lost() -> None:
    """40 % off c5.large comes before 30 % off m5.large."""
    bill = price(plan(runs=(ON_DEMAND, ON_DEMAND), commitment=0.33), SHOP)
    night, day = bill.hours[0], bill.hours[8]
    assert night.used_commitment == pytest.approx(0.12 + 2 * 0.07)
    assert night.on_demand_dollars == pytest.approx(0)
    assert day.on_demand_dollars == pytest.approx((6 - 0.21 / 0.07) * 0.10)
    assert bill.unused_commitment == pytest.approx(84 * (0.33 - 0.26))


def test_reservations_come_before_the_savings_plan() -> None:
    bill = price(plan(reserved=(2, 0), commitment=0.14), SHOP)
    assert bill.hours[0].used_commitment == 0
    assert bill.hours[8].savings == pytest.approx(2)


def test_a_year_has_8760_hours_of_such_a_week() -> None:
    assert year(168.0) == pytest.approx(8760)


def test_a_plan_costs_what_an_independent_count_says() -> None:
    random = Random(4)
    for _world in range(40):
        world = some_world(random)
        for _plan in range(5):
            chosen = some_plan(random, world)
            assert price(chosen, world).week == pytest.approx(dollars_by_hand(chosen, world))
            assert week_of(chosen, world) == pytest.approx(price(chosen, world).week)


def test_the_optimum_is_the_cheapest_of_all_plans_counted_one_by_one() -> None:
    random = Random(8)
    counted = 0
    for _world in range(3):
        world = some_world(random)
        found = cheapest(world)
        assert dollars_by_hand(found.plan, world) == pytest.approx(found.week)
        assert list(broken_rules(found.plan, world)) == []
        ranges = [range(world.most_of(offer.type) + 1) for offer in world.offers]
        for reserved in product(*ranges):
            for runs in product(*(work.ways for work in world.workloads)):
                commitment = random.randint(0, 8) * world.step
                chosen = Plan(reserved, commitment, runs, world.hosts_for(runs))
                if not any(broken_rules(chosen, world)):
                    counted += 1
                    assert dollars_by_hand(chosen, world) >= found.week - 1e-6
    assert counted > 40


def test_no_plan_that_keeps_the_rules_is_cheaper_than_the_optimum() -> None:
    random = Random(15)
    kept = 0
    for _world in range(30):
        world = some_world(random)
        found = cheapest(world)
        for _plan in range(40):
            chosen = some_plan(random, world, on_the_grid=True)
            if any(broken_rules(chosen, world)):
                continue
            kept += 1
            assert week_of(chosen, world) >= found.week - 1e-6
    assert kept > 100


def test_step_by_step_every_plan_comes_to_the_optimum() -> None:
    random = Random(16)
    for _world in range(6):
        world = some_world(random)
        found = cheapest(world)
        now = Plan(
            (0,) * len(world.offers), 0.0, tuple(work.ways[0] for work in world.workloads), 3
        )
        for _step in range(20):
            better = improvements(now, world)
            if not better:
                break
            assert week_of(better[0].plan, world) < week_of(now, world)
            now = better[0].plan
        assert week_of(now, world) <= found.week + 1e-6


@pytest.mark.parametrize(
    ("world", "chosen", "broken"),
    [
        (SHOP, plan(), []),
        (SHOP, plan(runs=(SPOT, SPOT)), ["interrupted"]),
        (SHOP, plan(runs=("dedicated-host", SPOT)), ["host-full"]),
        (SHOP, plan(runs=("dedicated-host", SPOT), hosts=6), []),
        (
            World(SHOP.types, (Offer("long", 0, 3, 0, 0.03),), SHOP.workloads, Rules(years=1)),
            plan(reserved=(1,)),
            ["term"],
        ),
        (
            World(SHOP.types, SHOP.offers, SHOP.workloads, Rules(budget=300)),
            plan(reserved=(9, 2)),
            ["budget"],
        ),
        (
            World(SHOP.types, (), (Workload("erp", 0, DAY, licensed=True),)),
            Plan((), 0.0, (ON_DEMAND,), 0),
            ["licence"],
        ),
    ],
)
def test_a_rule_is_broken_by_what_it_forbids(world: World, chosen: Plan, broken: list[str]) -> None:
    assert list(broken_rules(chosen, world)) == broken


def test_as_many_reservations_stay_as_can_be_paid_upfront() -> None:
    poor = replace(SHOP, rules=Rules(budget=500.0))
    assert within_budget(plan(reserved=(3, 4)), poor).reserved == (3, 2)
    assert within_budget(plan(reserved=(3, 4)), SHOP).reserved == (3, 4)
