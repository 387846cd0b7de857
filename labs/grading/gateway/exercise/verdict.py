"""An answer against its lab: named requests, then all requests, then mistakes."""

from __future__ import annotations

from collections.abc import Iterable

from labs.grading.gateway.comparison.callers import usual_caller
from labs.grading.gateway.comparison.compare import Difference, Seen, holds
from labs.grading.gateway.exercise.answer import ApiAnswer
from labs.grading.gateway.exercise.causes import Cause, cause_of
from labs.grading.gateway.exercise.closed import open_function
from labs.grading.gateway.exercise.codes import CODES
from labs.grading.gateway.exercise.exercise import ApiExercise, Sample
from labs.grading.gateway.exercise.lint import mistakes
from labs.grading.gateway.exercise.verdict_in_short import compared, samples_seen
from labs.grading.gateway.routes.model import Api
from labs.grading.gateway.routes.reader import ReadApi
from labs.grading.gateway.routing.decision import SERVED, Preflight, Result
from labs.grading.gateway.routing.request import as_json, request_words
from labs.grading.gateway.routing.words import (
    NOT_SERVED,
    because_words,
    by_words,
    preflight_words,
    result_words,
)
from labs.grading.json_document import JsonDocument
from labs.grading.refusal import Refusal
from labs.grading.report import (
    Case,
    Demand,
    Finding,
    Outcome,
    Relation,
    RelationName,
    Report,
    Severity,
)
from labs.grading.said import say

REFUSED = say("API Gateway would not take these settings.")
TITLE = say("Request by request")
NONE_TOO_MUCH = say("No request is let through that must be stopped.")
NONE_TOO_LITTLE = say("No request is lost or led astray that must get through.")
RELATIONS = {
    RelationName.EQUAL: say("Every request that there can be ends where it should."),
    RelationName.WIDER: say("Everything asked for gets through, and more."),
    RelationName.NARROWER: say("Nobody gets in who must not, and not everything asked for works."),
    RelationName.DIFFERENT: say("Some get in who must not, and some of what is asked for fails."),
}


def check_api(answer: ApiAnswer, exercise: ApiExercise) -> Report:
    read = answer.read(exercise)
    if read.notes:
        return refused_report(read, exercise, answer.document)
    mine, document = read.found, answer.document
    seen = samples_seen(mine, exercise)
    pairs = list(zip(exercise.samples, seen, strict=True))
    findings = [sample_finding(one, at, mine, exercise, document) for one, at in pairs]
    difference = compared(answer, exercise, seen) if exercise.points else None
    if difference:
        findings += compared_findings(difference, mine, exercise, document)
    if exercise.closed_points:
        findings.append(closed_finding(mine, exercise))
    findings += advice(mistakes(mine, document.value), document)
    return Report(
        tuple(findings),
        relation=relation(difference) if difference else None,
        outcomes=tuple(outcome(one, at, exercise) for one, at in pairs if not one.hidden),
        outcomes_title=TITLE,
    )


def advise_api(answer: ApiAnswer, exercise: ApiExercise) -> list[Finding]:
    """What the settings show by themselves, while one types."""
    read = answer.read(exercise)
    if read.notes:
        return refusals(read, answer.document)
    return advice(mistakes(read.found, answer.document.value), answer.document)


def refusals(read: ReadApi, document: JsonDocument) -> list[Finding]:
    return [told(one, document, Severity.ERROR) for one in read.notes]


def advice(found: Iterable[Refusal], document: JsonDocument) -> list[Finding]:
    """Findings of 0 points: they explain and never decide."""
    return [told(one, document, Severity.WARNING) for one in found]


def told(note: Refusal, document: JsonDocument, severity: Severity) -> Finding:
    code = CODES[note.code]
    where = note if isinstance(document.value, dict) else unwrapped(note)
    return where.finding(document, severity, section=code.section, why=code.explanation)


def unwrapped(note: Refusal) -> Refusal:
    """A list of routes alone has no key `Routes` above it."""
    return Refusal(note.code, note.message, note.path[1:], note.at_key)


def refused_report(read: ReadApi, exercise: ApiExercise, document: JsonDocument) -> Report:
    """What it is refused for, then one finding in the place of every check."""
    points = 2 * exercise.points + exercise.closed_points
    points += sum(one.points for one in exercise.samples)
    decided = Finding("routes.not-decided", False, points, CODES["routes.not-decided"].explanation)
    return Report((*refusals(read, document), decided), refused=REFUSED)


# --- Named requests -------------------------------------------------------------------------------


def sample_finding(
    sample: Sample, seen: Seen, mine: Api, exercise: ApiExercise, document: JsonDocument
) -> Finding:
    demand = Demand.REFUSE if seen.too_much else Demand.ALLOW
    usual = usual_caller(exercise.expected)
    if holds(seen.got, seen.wanted, exercise.terms):
        words = say("{request} ends as it should.", request=request_words(sample.request, usual))
        return Finding("routes.as-asked", True, sample.points, words, demand=demand,
                       hidden=sample.hidden)  # fmt: skip
    cause = cause_of(seen, mine, exercise.expected, exercise.terms)
    finding = shown(cause, seen, sample.points, document)
    return Finding(
        cause.code,
        False,
        sample.points,
        finding.message,
        at=finding.at,
        demand=demand,
        cases=finding.cases,
        counterexample=finding.counterexample,
        section=sample.section or CODES[cause.code].section,
        hidden=sample.hidden,
        expected=finding.expected,
        actual=finding.actual,
        why=sample.why or CODES[cause.code].explanation,
    )


def outcome(sample: Sample, seen: Seen, exercise: ApiExercise) -> Outcome:
    return Outcome(
        name=sample.name,
        what=request_words(sample.request, usual_caller(exercise.expected)),
        expected=wanted_words(seen.wanted),
        yours=got_words(seen.got),
        because=because_words(seen.got) if isinstance(seen.got, Preflight) else by_words(seen.got),
        passed=holds(seen.got, seen.wanted, exercise.terms),
    )


def wanted_words(found: Result | Preflight) -> str:
    if isinstance(found, Preflight):
        return preflight_words(found)
    return found.target if found.kind == SERVED else NOT_SERVED


def got_words(found: Result | Preflight) -> str:
    return preflight_words(found) if isinstance(found, Preflight) else result_words(found)


# --- All requests ---------------------------------------------------------------------------------


def relation(found: Difference) -> Relation:
    wider, narrower = found.too_much is not None, found.too_little is not None
    name = RelationName.of(wider=wider, narrower=narrower)
    return Relation(name, RELATIONS[name])


def compared_findings(
    found: Difference, mine: Api, exercise: ApiExercise, document: JsonDocument
) -> list[Finding]:
    both = (
        (found.too_much, "routes.none-too-much", NONE_TOO_MUCH, Demand.REFUSE),
        (found.too_little, "routes.none-too-little", NONE_TOO_LITTLE, Demand.ALLOW),
    )
    return [
        shown(cause_of(seen, mine, exercise.expected, exercise.terms), seen, exercise.points,
              document)
        if seen
        else Finding(code, True, exercise.points, words, demand=demand)
        for seen, code, words, demand in both
    ]  # fmt: skip


def shown(cause: Cause, seen: Seen, points: int, document: JsonDocument) -> Finding:
    path = cause.path if isinstance(document.value, dict) else cause.path[1:]
    code = CODES[cause.code]
    return Finding(
        cause.code,
        False,
        points,
        cause.message,
        at=document.position(path) if path else None,
        demand=Demand.REFUSE if seen.too_much else Demand.ALLOW,
        cases=(Case(cause.message),),
        counterexample={**as_json(seen.request), "too_much": seen.too_much},
        section=code.section,
        expected=wanted_words(seen.wanted),
        actual=got_words(seen.got),
        why=code.explanation,
    )


def closed_finding(mine: Api, exercise: ApiExercise) -> Finding:
    found = open_function(mine, exercise.around)
    if not found:
        code = CODES["routes.closed-functions"]
        return Finding("routes.closed-functions", True, exercise.closed_points, code.explanation,
                       demand=Demand.REFUSE)  # fmt: skip
    code = CODES["routes.open-function"]
    return Finding(
        "routes.open-function",
        False,
        exercise.closed_points,
        found,
        demand=Demand.REFUSE,
        cases=(Case(found),),
        section=code.section,
        why=code.explanation,
    )
