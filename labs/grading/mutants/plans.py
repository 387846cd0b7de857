"""Plans, broken: a number doubled, halved or left out, more or less committed, another way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from labs.grading.costs.plan.answers import HOSTS, RESERVED, RUNS, SAVINGS, PlanAnswer, read_plan
from labs.grading.costs.plan.world import WAYS
from labs.grading.mutants import Mutant


def broken_plans(text: str) -> Iterator[Mutant]:
    answer = read_plan(text)
    for name, count in answer.reserved.items():
        for other in dict.fromkeys((0, count // 2, count + 3, 2 * count + 2)):
            plan = replace(answer, reserved={**answer.reserved, name: other})
            yield written(f"{RESERVED}, {name}: {other}", plan)
    for dollars in (0.0, answer.commitment / 2, answer.commitment * 2 + 0.5):
        yield written(f"{SAVINGS}: {dollars:.2f}", replace(answer, commitment=dollars))
    for name, way in answer.runs.items():
        for another in WAYS:
            if another != way:
                plan = replace(answer, runs={**answer.runs, name: another})
                yield written(f"{RUNS}, {name}: {another}", plan)
    for hosts in dict.fromkeys((0, max(0, answer.hosts - 1), answer.hosts + 1)):
        yield written(f"{HOSTS}: {hosts}", replace(answer, hosts=hosts))


def written(name: str, plan: PlanAnswer) -> Mutant:
    lines = [f"{RESERVED}:", *(f"  {key}: {count}" for key, count in plan.reserved.items())]
    lines += [f"{SAVINGS}: {plan.commitment:.4f}", f"{RUNS}:"]
    lines += [f"  {key}: {way}" for key, way in plan.runs.items()]
    return Mutant(name, "\n".join([*lines, f"{HOSTS}: {plan.hosts}", ""]))
