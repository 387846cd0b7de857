"""Is this request allowed, and by which statement?"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from labs.grading.iam.decision.evaluation import Outcome
from labs.grading.quiz.generators.kind import Drawing, fenced, first_fair, option
from labs.grading.quiz.generators.statements import Case, drawn_case, why_applies, why_not
from labs.grading.said import say

NAME = "is-it-allowed"
TITLE = say("Is this request allowed?")
SECTION = "how-a-request-is-decided"
CODES = ("iam.wrong-denial", "iam.too-wide", "iam.too-narrow", "iam.too-wide-and-narrow")

COUNTS = {1: 2, 2: 3, 3: 4}  # statements by level
OUTCOMES = (Outcome.ALLOWED, Outcome.EXPLICIT, Outcome.IMPLICIT)


def draw(chance: Random, level: int) -> Drawing:
    wanted = chance.choice(OUTCOMES)
    case = first_fair(lambda: with_outcome(chance, level, wanted))
    text = f"This is the only policy of the user Ada:\n\n{fenced(case.document)}\n\n{case.asked}"
    return {
        "kind": "single",
        "text": f"{text} May she?",
        "options": [*options_of(case), nothing_allows(case)],
    }


def with_outcome(chance: Random, level: int, wanted: Outcome) -> Case | None:
    case = drawn_case(chance, level, COUNTS[level])
    return case if case and case.outcome == wanted and case.is_fair else None


def options_of(case: Case) -> Iterator[Drawing]:
    for number, row in enumerate(case.rows, start=1):
        is_allow = row["effect"] == "Allow"
        words = f"Yes: statement {number} allows it." if is_allow else ""
        words = words or f"No: statement {number} denies it."
        yield option(words, reason_of(case, number), right=case.is_decider(number))


def reason_of(case: Case, number: int) -> str:
    row = case.rows[number - 1]
    if not row["applies"]:
        return f"Statement {number} does not apply. {why_not(row)}"
    matched = f"{why_applies(row)}, so statement {number} applies"
    if case.is_decider(number):
        return (
            f"{matched}, and no Deny does."
            if row["effect"] == "Allow"
            else f"{matched}: a Deny wins."
        )
    return f"{matched}. But statement {case.decider} denies, and a Deny beats every Allow."


def nothing_allows(case: Case) -> Drawing:
    words = "No: no statement allows it, and none denies it."
    if case.outcome == Outcome.IMPLICIT:
        reason = "No Allow applies. What nothing allows is denied, without any Deny."
        return option(words, reason, right=True)
    effect = "allows" if case.outcome == Outcome.ALLOWED else "denies"
    return option(words, f"Statement {case.decider} applies, and {effect} it.")
