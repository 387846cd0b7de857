"""Which statement decides? Its line is marked."""

from __future__ import annotations

from random import Random

from labs.grading.iam.decision.evaluation import Outcome
from labs.grading.quiz.generators.kind import Drawing, first_fair
from labs.grading.quiz.generators.request import reason_of
from labs.grading.quiz.generators.statements import Case, drawn_case
from labs.grading.said import say

NAME = "which-statement-decides"
TITLE = say("Which statement decides?")
SECTION = "policies-structure"
CODES = ("iam.redundant-statement", "iam.allow-denied")

COUNTS = {1: 3, 2: 4, 3: 5}
SID = '"Sid"'


def draw(chance: Random, level: int) -> Drawing:
    wanted = chance.choice((Outcome.ALLOWED, Outcome.EXPLICIT))
    case = first_fair(lambda: with_outcome(chance, level, wanted))
    lines = case.document.split("\n")
    sids = [number for number, line in enumerate(lines, start=1) if SID in line]
    reasons = {str(line): reason_of(case, number) for number, line in enumerate(sids, start=1)}
    said = "allowed" if wanted is Outcome.ALLOWED else "denied"
    return {
        "kind": "line",
        "text": f"{case.asked} With this policy alone it is {said}. "
        "Mark the statement that decides.",
        "document": case.document,
        "lines": reasons | {"right": sids[(case.decider or 0) - 1]},
    }


def with_outcome(chance: Random, level: int, wanted: Outcome) -> Case | None:
    case = drawn_case(chance, level, COUNTS[level], named=True)
    return case if case and case.outcome == wanted and case.is_fair else None
