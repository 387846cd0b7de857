"""How to pay for a week of load: reserved instances, a Savings Plan, Spot, Dedicated Hosts. A plan
is priced hour by hour and compared with the cheapest one that keeps the lab's rules, which is found
by trying every plan (`labs.grading.costs.plan.optimum`).

An answer is YAML or JSON (`labs.grading.costs.plan.answers`).

[spec] in lab.toml (prices in dollars an hour, as text):
    most_years = 1           the longest term; left out: any
    budget = "500"           for all that is paid upfront; left out: any
    again = 10               percent of the work on Spot Instances that is run twice
    host = "2.40"            a Dedicated Host; host_holds = 4 instances on one
    step = "0.05"            of the commitments that are tried for the cheapest plan
    rule_points = 1          for each rule that is kept
    [[spec.within]]          percent above the cheapest plan, points (1); the widest first
    [[spec.types]]           name, on_demand, savings, spot
    [[spec.offers]]          name, type, years, upfront ("0"), hourly ("0"): at most four
    [[spec.workloads]]       name, type, base (instances), interruptible, licensed (by socket), and
    [[spec.workloads.times]] days = "Mon-Fri", from = 8, to = 20, count = 9: instead of the base

Report.extra: see `labs.grading.costs.plan.plan_verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.costs.plan.answers import PlanAnswer, read_plan
from labs.grading.costs.plan.codes import CODES as CODES
from labs.grading.costs.plan.completions import SLOTS as SLOTS
from labs.grading.costs.plan.completions import words as words
from labs.grading.costs.plan.mends import mends_of
from labs.grading.costs.plan.plan_exercise import PlanExercise, read_plan_exercise
from labs.grading.costs.plan.plan_verdict import check_plan
from labs.grading.costs.plan.plan_verdict import holds as holds
from labs.grading.cure import Mend
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.plans import broken_plans
from labs.grading.report import Report
from labs.grading.said import say

NAME = "purchase-plan"
TITLE = say("How to pay for it")
LANGUAGE = "yaml"
VERSION = "1"
MAX_BYTES = 4_000
IS_BOUNDED: Literal[True] = True
TEXTS: Mapping[str, tuple[str, ...]] = {}  # answers name workloads and offers


def read_spec(table: Mapping[str, object], files: Files) -> PlanExercise:
    return read_plan_exercise(table)


def parse(text: str) -> PlanAnswer:
    return read_plan(text)


def check(answer: PlanAnswer, spec: PlanExercise) -> Report:
    return check_plan(answer, spec)


def mends(answer: PlanAnswer, spec: PlanExercise) -> Iterator[Mend]:
    return mends_of(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_plans(text)
