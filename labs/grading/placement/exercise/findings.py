"""What was judged, as findings and as rows."""

from __future__ import annotations

from collections.abc import Sequence

from labs.grading.placement.answers.draft import Mistake
from labs.grading.placement.exercise import demands
from labs.grading.placement.exercise.codes import CODES, VOLUMES
from labs.grading.placement.exercise.demands import LIMITS, Judged
from labs.grading.placement.exercise.words import failure_words, sentence
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import World
from labs.grading.report import Case, Finding, Outcome, Severity
from labs.grading.said import say

PASSED = {
    demands.READER: "placement.volume-used",
    demands.KEPT: "placement.kept",
    demands.BUDGET: "placement.within",
    demands.MOST: "placement.within",
}
MOST_MISTAKES = 8


def finding(check: Sequence[Judged], placement: Placement, world: World) -> Finding:
    """One check: it holds if everything in it does. Of several failures the first with the least
    left is told, the others are further cases."""
    failed = sorted((one for one in check if not one.left.enough), key=how_much_is_left)
    one = failed[0] if failed else check[0]
    reason = one.left.reason
    code = f"placement.{reason}" if reason else PASSED.get(one.sort, "placement.left")
    cases = tuple(Case(sentence(case, placement, world)) for case in failed)
    return Finding(
        code,
        not failed,
        one.points,
        cases[0].sentence if failed else sentence(one, placement, world),
        cases=cases,
        counterexample=facts(one) if failed else None,
        section=CODES[code].section,
        why=CODES[code].explanation if failed else "",
    )


def how_much_is_left(one: Judged) -> int:
    return one.left.number


def facts(one: Judged) -> dict[str, object]:
    left = one.left
    return {
        "thing": one.thing,
        "lost": one.failure.sort,
        "left": left.number,
        "needed": left.needed,
    }


def outcome(one: Judged, world: World) -> Outcome:
    money = world.currency if one.sort == demands.BUDGET else ""
    sign = "≤" if one.sort in LIMITS else "≥"
    number, needed = (f"{money}{one.left.number}", f"{money}{one.left.needed}")
    return Outcome(
        name=name_of(one),
        expected=say("yes") if is_plain(one) else f"{sign} {needed}",
        yours=(say("yes") if one.left.enough else say("no")) if is_plain(one) else number,
        because=CODES[f"placement.{one.left.reason}"].title if one.left.reason else "",
        passed=one.left.enough,
    )


def is_plain(one: Judged) -> bool:
    """Is it a question of yes or no?"""
    return one.sort in (demands.PAIR, demands.ADDRESS, demands.READER, demands.KEPT)


def name_of(one: Judged) -> str:
    if one.sort == demands.BUDGET:
        return say("Cost of everything")
    if one.sort == demands.MOST:
        return say("Instances altogether")
    if one.sort == demands.READER:
        return say("{thing} has its data", thing=one.thing)
    if one.sort == demands.KEPT:
        return say(
            "{failure}: data of {thing}", failure=failure_words(one.failure), thing=one.thing
        )
    return say("{failure}: {thing}", failure=failure_words(one.failure), thing=one.thing)


def warning(mistake: Mistake, world: World) -> Finding:
    code = f"placement.{mistake.code}"
    return Finding(
        code,
        False,
        0,
        mistake.message,
        at=mistake.at,
        severity=Severity.WARNING,
        section=VOLUMES if world.volumes else CODES[code].section,
        why=CODES[code].explanation,
    )
