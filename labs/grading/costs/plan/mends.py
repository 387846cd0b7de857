"""Changes that bring a plan nearer to the cheapest one, the one that saves most first; before that,
what keeps a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from labs.grading.costs.plan.answers import PlanAnswer
from labs.grading.costs.plan.improving import (
    COMBINATION,
    COMMIT_LESS,
    COMMIT_MORE,
    FEWER_HOSTS,
    OTHER_OFFER,
    RESERVE_LESS,
    RESERVE_MORE,
    TO_SPOT,
    improvements,
)
from labs.grading.costs.plan.plan_exercise import PlanExercise
from labs.grading.costs.plan.plan_verdict import place_of, plan_of, strange_names
from labs.grading.costs.plan.world import HOST, ON_DEMAND, SPOT, Plan, World, broken_rules
from labs.grading.cure import Mend
from labs.grading.said import say

SENTENCES: Mapping[str, str] = {
    RESERVE_LESS: say("Reserve fewer: what runs in few hours of the week is cheaper On-Demand."),
    RESERVE_MORE: say("Reserve more of what runs in most hours of the week."),
    OTHER_OFFER: say("Take the other offer for the same instances."),
    COMMIT_LESS: say("Commit to less an hour, so that less of it is lost."),
    COMMIT_MORE: say("Commit to more an hour, for what still runs On-Demand in most hours."),
    TO_SPOT: say("Run what can be interrupted on Spot Instances."),
    FEWER_HOSTS: say("Take only as many Dedicated Hosts as are needed."),
    COMBINATION: say("Change reservations and commitment together."),
}
MOST = 12


def mends_of(answer: PlanAnswer, spec: PlanExercise) -> Iterator[Mend]:
    world = spec.world
    if any(strange_names(answer, world)):
        return
    plan = plan_of(answer, world)
    broken = list(broken_rules(plan, world))
    if broken:
        yield from keeping_rules(plan, answer, world)
        return
    for change in improvements(plan, world)[:MOST]:
        before, after = written(plan, world), written(change.plan, world)
        yield Mend(
            SENTENCES[change.code],
            differing(before, after),
            differing(after, before),
            answer_of(change.plan, answer, world),
            place_of(change, answer, world),
        )


def keeping_rules(plan: Plan, answer: PlanAnswer, world: World) -> Iterator[Mend]:
    """Each workload where it may run, hosts for it, and nothing that binds or costs too much."""
    runs = tuple(
        way if way in work.ways or (way == HOST and not work.licensed) else work.ways[0]
        for work, way in zip(world.workloads, plan.runs, strict=True)
    )
    steps = [
        (say("Run each workload only where it may run."), replace(plan, runs=runs)),
        (say("Take as many Dedicated Hosts as are needed."), with_hosts(plan, world)),
        (say("Take only offers that the rules allow."), without_forbidden(plan, world)),
        (say("Take fewer of what is paid upfront."), within_budget(plan, world)),
        (
            say("Keep each of the rules."),
            within_budget(
                without_forbidden(with_hosts(replace(plan, runs=runs), world), world), world
            ),
        ),
    ]
    before = written(plan, world)
    for sentence, other in steps:
        after = written(other, world)
        yield Mend(
            sentence, differing(before, after), differing(after, before),
            answer_of(other, answer, world),
        )  # fmt: skip


def with_hosts(plan: Plan, world: World) -> Plan:
    return replace(plan, hosts=max(plan.hosts, world.hosts_for(plan.runs)))


def without_forbidden(plan: Plan, world: World) -> Plan:
    """Nothing of what binds too long."""
    years = world.rules.years
    reserved = tuple(
        0 if years and offer.years > years else count
        for offer, count in zip(world.offers, plan.reserved, strict=True)
    )
    return replace(plan, reserved=reserved)


def within_budget(plan: Plan, world: World) -> Plan:
    """As many as can be paid upfront, the offers in their order."""
    left = world.rules.budget
    if left is None:
        return plan
    reserved = []
    for offer, count in zip(world.offers, plan.reserved, strict=True):
        payable = int((left + 1e-9) // offer.upfront) if offer.upfront else count
        reserved.append(min(count, payable))
        left -= reserved[-1] * offer.upfront
    return replace(plan, reserved=tuple(reserved))


def answer_of(plan: Plan, answer: PlanAnswer, world: World) -> PlanAnswer:
    return replace(
        answer,
        reserved={
            offer.name: count for offer, count in zip(world.offers, plan.reserved, strict=True)
        },
        commitment=plan.commitment,
        runs={work.name: way for work, way in zip(world.workloads, plan.runs, strict=True)},
        hosts=plan.hosts,
    )


def written(plan: Plan, world: World) -> list[str]:
    pairs = zip(world.offers, plan.reserved, strict=True)
    runs = zip(world.workloads, plan.runs, strict=True)
    return [
        *(f"reserved: {offer.name}: {count}" for offer, count in pairs),
        f"savings_plan: {plan.commitment:.2f}",
        *(f'runs: {work.name}: "{way}"' for work, way in runs if way in (SPOT, HOST, ON_DEMAND)),
        f"dedicated_hosts: {plan.hosts}",
    ]


def differing(lines: list[str], others: list[str]) -> str:
    return "\n".join(line for line in lines if line not in others)
