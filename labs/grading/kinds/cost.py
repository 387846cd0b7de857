"""What something costs by the lab's own price sheet: the learner writes amounts, and a wrong one is
told by the slip that gives it.

An answer has an amount for each name (`labs.grading.costs.exercise.amounts`). What is right is
worked out by `labs.grading.costs.formula` from steps that stand here as data: no author writes a
result down. A slip (720 hours, the free part forgotten …) is found by working the steps out again
with it; so are two of them together.

[spec] in lab.toml:
    tolerance = 5            thousandths of the right amount; half a cent is always forgiven
    [[spec.quantities]]      key, name (for learners), value = "0.005 $/address-hour",
                             slip: what is forgotten where it is: "zone", "direction", "term",
                             "many", "address", "upfront", "snapshot", "left"; instead = "200 GB":
                             what is often taken for it: "provisioned", "incremental"
    [[spec.steps]]           key (the name in the answer, where it is asked for), name (for
                             learners), unit = "$/month", points (0; more: it is asked for), why,
                             slip (as above: where the step is left out of a sum), and one of
      times = ["a", "b"]     multiplied; over = ["c"]: divided by. Units are converted
      plus = ["a", "b"]      added; less = ["c"]: taken away
      of = "a", free = "b"   less what is free, never below nothing
      of = "a", up_to = "b"  rounded up to a multiple
      of = "a", off = "b"    less so many percent
      of = "a", tiers = [["10 TB", "0.09 $/GB"], ["", "0.085 $/GB"]]

Report.extra: see `labs.grading.costs.exercise.cost_verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.costs.exercise.amounts import Amounts, read_amounts
from labs.grading.costs.exercise.codes import CODES as CODES
from labs.grading.costs.exercise.completions import SLOTS as SLOTS
from labs.grading.costs.exercise.completions import words as words
from labs.grading.costs.exercise.cost_exercise import CostExercise, read_cost_exercise
from labs.grading.costs.exercise.cost_verdict import check_costs, unknown
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.costs import broken_costs
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "cost"
TITLE = say("What it costs")
LANGUAGE = "yaml"
VERSION = "2"
MAX_BYTES = 4_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"quantities": ("name",), "steps": ("name", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> CostExercise:
    return read_cost_exercise(table)


def parse(text: str) -> Amounts:
    return read_amounts(text)


def check(answer: Amounts, spec: CostExercise) -> Report:
    return check_costs(answer, spec)


def advise(answer: Amounts, spec: CostExercise) -> list[Finding]:
    return unknown(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_costs(text)
