"""Rules against what a lab asks: named images or objects, then all sorts of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from labs.grading.json_document import JsonDocument
from labs.grading.lifecycles.comparison.fates import Fate, Gap, gaps
from labs.grading.lifecycles.exercise.codes import CODES, section_of
from labs.grading.lifecycles.exercise.lifecycle_exercise import LifecycleExercise, Subject
from labs.grading.lifecycles.exercise.shown import drawn, expected_words, gap_words, outcome
from labs.grading.lifecycles.exercise.tried import Tried, tried_on_all
from labs.grading.lifecycles.exercise.world import Cause
from labs.grading.refusal import Refusal
from labs.grading.report import (
    Case,
    Demand,
    Finding,
    Relation,
    RelationName,
    Report,
    Severity,
)
from labs.grading.said import say

REFUSED = say("AWS would not save these rules, so nothing was tried.")
TITLE = say("What becomes of each")
RELATIONS = {
    RelationName.EQUAL: say("In all cases that were tried, the same goes on the same day."),
    RelationName.WIDER: say("Whatever should go does, and more."),
    RelationName.NARROWER: say("Nothing goes that should stay, and not everything that should go."),
    RelationName.DIFFERENT: say("Some things go that should stay, and others stay."),
}


def check_lifecycle(document: JsonDocument, exercise: LifecycleExercise) -> Report:
    read = exercise.world.read(document)
    if read.refusals:
        return refused_report(document, read.refusals, exercise)
    named = exercise.world.named(read.rules)
    shown = [one for one in exercise.subjects if not one.hidden]
    findings = [subject_finding(one, named, read.rules, document, exercise)
                for one in exercise.subjects]  # fmt: skip
    tried = tried_on_all(read.rules, exercise) if exercise.points else None
    compared = compared_findings(tried, read.rules, document, exercise) if tried else []
    return Report(
        (*findings, *compared, *advice_of(document, read.rules, exercise)),
        {"lives": [drawn(one, named[one.name], exercise) for one in shown]},
        relation=relation(tried) if tried else None,
        outcomes=tuple(outcome(one, named[one.name], exercise.world) for one in shown),
        outcomes_title=TITLE,
    )


def advise_lifecycle(document: JsonDocument, exercise: LifecycleExercise) -> list[Finding]:
    read = exercise.world.read(document)
    if read.refusals:
        return refusals_of(document, read.refusals, exercise)
    return advice_of(document, read.rules, exercise)


def refusals_of(
    document: JsonDocument, refusals: Sequence[Refusal], exercise: LifecycleExercise
) -> list[Finding]:
    return [
        one.finding(
            document,
            why=CODES[one.code].explanation,
            section=section_of(one.code, exercise.service),
        )
        for one in refusals
    ]


def refused_report(
    document: JsonDocument, refusals: Sequence[Refusal], exercise: LifecycleExercise
) -> Report:
    points = 2 * exercise.points + sum(one.points for one in exercise.subjects)
    nothing = Finding("lifecycle.not-run", False, points, CODES["lifecycle.not-run"].explanation)
    return Report((*refusals_of(document, refusals, exercise), nothing), refused=REFUSED)


def advice_of(document: JsonDocument, rules: Any, exercise: LifecycleExercise) -> list[Finding]:
    found = exercise.world.warnings(rules) if exercise.advice else ()
    return [
        one.finding(
            document,
            why=CODES[one.code].explanation,
            section=section_of(one.code, exercise.service),
            severity=Severity.WARNING,
        )
        for one in found
    ]


# --- Named subjects -------------------------------------------------------------------------------


def subject_finding(
    subject: Subject,
    named: dict[str, list[Fate]],
    rules: Any,
    document: JsonDocument,
    exercise: LifecycleExercise,
) -> Finding:
    much, little = gaps(named[subject.name], subject.fates)
    gap = min((one for one in (much, little) if one), key=lambda one: one.day, default=None)
    demand = Demand.ALLOW if acted_on(subject) else Demand.REFUSE
    section = subject.section or section_of("lifecycle.subject", exercise.service)
    if gap is None:
        words = say("{subject}: {ends}, as it should be.", subject=subject.name,
                    ends=expected_words(subject, exercise.world))  # fmt: skip
        return Finding("lifecycle.subject", True, subject.points, words, demand=demand,
                       section=section, hidden=subject.hidden)  # fmt: skip
    words = gap_words(subject.name, gap, exercise.world)
    cause = exercise.world.cause(rules, gap, None, subject.name)
    return Finding(
        "lifecycle.subject",
        False,
        subject.points,
        words,
        at=place_of(cause, document),
        demand=demand,
        cases=(Case(words),),
        counterexample={"what": subject.name, "too_much": gap.too_much},
        section=section,
        hidden=subject.hidden,
        why=subject.why or CODES["lifecycle.subject"].explanation,
        cure=cause.cure,
    )


def acted_on(subject: Subject) -> bool:
    return any(state.plain for fate in subject.fates for state in fate.states)


def place_of(cause: Cause, document: JsonDocument) -> tuple[int, int] | None:
    return None if cause.path is None else document.position(cause.path)


# --- All sorts ------------------------------------------------------------------------------------


def relation(tried: Tried) -> Relation:
    name = RelationName.of(wider=tried.much is not None, narrower=tried.little is not None)
    return Relation(name, RELATIONS[name])


def compared_findings(
    tried: Tried, rules: Any, document: JsonDocument, exercise: LifecycleExercise
) -> list[Finding]:
    found = []
    for code, at, demand, fine in (
        ("lifecycle.too-much", tried.much, Demand.REFUSE, say(
            "Nothing goes that should stay, in any of {number} cases.", number=tried.cases)),
        ("lifecycle.too-little", tried.little, Demand.ALLOW, say(
            "Nothing stays that should go, in any of {number} cases.", number=tried.cases)),
    ):  # fmt: skip
        if at is None:
            found.append(Finding(code, True, exercise.points, fine, demand=demand,
                                 section=section_of(code, exercise.service)))  # fmt: skip
        else:
            found.append(differing(code, at, demand, rules, document, exercise))
    return found


def differing(
    code: str,
    at: tuple[Any, Gap],
    demand: Demand,
    rules: Any,
    document: JsonDocument,
    exercise: LifecycleExercise,
) -> Finding:
    case, gap = at
    told = exercise.world.told(case)
    words = gap_words(gap.name or told, gap, exercise.world)
    if gap.name:
        words = say("Given {case}. {what}", case=told, what=words)
    cause = exercise.world.cause(rules, gap, case, str(gap.name))
    return Finding(
        code,
        False,
        exercise.points,
        words,
        at=place_of(cause, document),
        demand=demand,
        cases=(Case(words),),
        counterexample={"what": sort_name(case), "too_much": gap.too_much},
        section=section_of(code, exercise.service),
        why=CODES[code].explanation,
        cure=cause.cure,
    )


def sort_name(case: Any) -> str:
    """Of a repository the sorts of its images, of an object its own."""
    pushes = getattr(case, "pushes", ())
    return ", ".join(dict.fromkeys(one.name for one in pushes)) or getattr(case, "name", "")
