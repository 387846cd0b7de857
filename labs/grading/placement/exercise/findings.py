"""What was judged, as findings and as rows."""

from __future__ import annotations

from labs.grading.placement.answers.draft import Mistake
from labs.grading.placement.exercise import demands
from labs.grading.placement.exercise.codes import CODES, VOLUMES
from labs.grading.placement.exercise.demands import Judged
from labs.grading.placement.exercise.words import failure_words, sentence
from labs.grading.placement.zones.failures import NOTHING
from labs.grading.placement.zones.placement import Placement
from labs.grading.placement.zones.world import World
from labs.grading.report import Case, Demand, Finding, Outcome, Severity
from labs.grading.said import say

PASSED = {
    demands.READER: "placement.volume-used",
    demands.KEPT: "placement.kept",
    demands.BUDGET: "placement.within",
    demands.MOST: "placement.within",
}
LIMITS = (demands.BUDGET, demands.MOST)
MOST_MISTAKES = 8


def finding(one: Judged, placement: Placement, world: World) -> Finding:
    left = one.left
    code = f"placement.{left.reason}" if left.reason else PASSED.get(one.sort, "placement.left")
    message = sentence(one, placement, world)
    failed = not left.enough
    return Finding(
        code,
        left.enough,
        one.points,
        message,
        demand=demand_of(one),
        cases=(Case(message),) if failed else (),
        counterexample={
            "thing": one.thing,
            "lost": one.failure.sort,
            "left": left.number,
            "needed": left.needed,
        }
        if failed
        else None,
        section=CODES[code].section,
        why=CODES[code].explanation if failed else "",
    )


def demand_of(one: Judged) -> Demand:
    """That it is cheap is worth nothing while it does not work on an ordinary day."""
    if one.sort in LIMITS:
        return Demand.REFUSE
    return Demand.ALLOW if one.failure == NOTHING else Demand.OTHER


def outcome(one: Judged, world: World) -> Outcome:
    money = world.currency if one.sort == demands.BUDGET else ""
    sign = "≤" if one.sort in LIMITS else "≥"
    number, needed = (f"{money}{one.left.number}", f"{money}{one.left.needed}")
    return Outcome(
        name=name_of(one),
        expected=say("yes") if is_plain(one) else f"{sign} {needed}",
        yours=(say("yes") if one.left.enough else say("no")) if is_plain(one) else number,
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
