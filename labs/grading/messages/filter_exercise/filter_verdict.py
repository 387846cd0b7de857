"""An answer against its lab: named events, then all events, then mistakes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from labs.grading.errors import Undecided
from labs.grading.json_document import JsonDocument
from labs.grading.messages.comparison.compare import Difference, compare
from labs.grading.messages.comparison.fields import nested
from labs.grading.messages.filter_exercise.answers import FilterAnswer
from labs.grading.messages.filter_exercise.codes import CODES
from labs.grading.messages.filter_exercise.filter_exercise import FilterExercise, Sample
from labs.grading.messages.filter_exercise.lint import mistakes
from labs.grading.messages.filters.event_filter import Event, EventFilter
from labs.grading.messages.filters.reader import ReadFilter, read_filter
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
from labs.grading.wildcards.budget import OutOfBudget

REFUSED = say("AWS would not save this filter.")
THROUGH, HELD = say("gets through"), say("held back")
TITLE = say("Event by event")
RELATIONS = {
    RelationName.EQUAL: say("Every event that there can be is delivered, or held back, as asked."),
    RelationName.WIDER: say("Everything asked for gets through, and more."),
    RelationName.NARROWER: say("Nothing gets through that should not, and not everything asked."),
    RelationName.DIFFERENT: say("Some events get through that should not, and others do not."),
}
NONE_TOO_MUCH = say("No event gets through that should be held back.")
NONE_TOO_LITTLE = say("No event is held back that should get through.")


def check_filter(answer: FilterAnswer, exercise: FilterExercise) -> Report:
    read = read_filter(answer.document.value, exercise.dialect)
    if read.refusals:
        return refused_report(read, exercise, answer.document)
    findings = [sample_finding(one, read.found, answer.document) for one in exercise.samples]
    difference = compared(read.found, exercise) if exercise.points else None
    if difference:
        findings += [
            too_much(difference.too_much, read.found, exercise),
            too_little(difference.too_little, read.found, exercise, answer.document),
        ]
    findings += advice(mistakes(read.found, exercise.shapes), answer.document)
    return Report(
        tuple(findings),
        relation=relation(difference) if difference else None,
        outcomes=tuple(
            outcome(one, read.found, exercise) for one in exercise.samples if not one.hidden
        ),
        outcomes_title=TITLE,
    )


def advise_filter(answer: FilterAnswer, exercise: FilterExercise) -> list[Finding]:
    """What the text shows by itself, while one types."""
    read = read_filter(answer.document.value, exercise.dialect)
    if read.refusals:
        return refusals(read, answer.document)
    return advice(mistakes(read.found, exercise.shapes), answer.document)


def refusals(read: ReadFilter, document: JsonDocument) -> list[Finding]:
    return [one.finding(document, why=CODES[one.code].explanation) for one in read.refusals]


def refused_report(read: ReadFilter, exercise: FilterExercise, document: JsonDocument) -> Report:
    """What it is refused for, then one finding in the place of every check."""
    points = 2 * exercise.points + sum(one.points for one in exercise.samples)
    decided = Finding("filter.not-decided", False, points, CODES["filter.not-decided"].explanation)
    return Report((*refusals(read, document), decided), refused=REFUSED)


def advice(found: Iterable[Refusal], document: JsonDocument) -> list[Finding]:
    """Findings of 0 points: they explain and never decide."""
    return [
        Finding(
            one.code,
            False,
            0,
            one.message,
            at=document.key_position(one.path) if one.at_key else document.position(one.path),
            severity=Severity.WARNING,
            section=CODES[one.code].section,
            why=CODES[one.code].explanation,
        )
        for one in found
    ]


# --- Named events ---------------------------------------------------------------------------------


def sample_finding(sample: Sample, mine: EventFilter, document: JsonDocument) -> Finding:
    delivered = mine.delivers(sample.event)
    passed = delivered == sample.delivered
    at = where(mine, sample.event, document) if sample.delivered and not passed else None
    return Finding(
        "filter.event",
        passed,
        sample.points,
        sample_words(sample, mine),
        at=at,
        demand=Demand.ALLOW if sample.delivered else Demand.REFUSE,
        section=sample.section or CODES["filter.event"].section,
        hidden=sample.hidden,
        expected=THROUGH if sample.delivered else HELD,
        actual=THROUGH if delivered else HELD,
        why=sample.why,
    )


def sample_words(sample: Sample, mine: EventFilter) -> str:
    delivered = mine.delivers(sample.event)
    if delivered == sample.delivered:
        return say("“{event}” {does}, as it should.", event=sample.name,
                   does=say("gets through") if delivered else say("is held back"))  # fmt: skip
    if delivered:
        return say("“{event}” gets through, and should be held back.", event=sample.name)
    return say(
        "“{event}” is held back by {field}, and should get through.",
        event=sample.name,
        field=rejecting(mine, sample.event),
    )


def rejecting(mine: EventFilter, event: Event) -> str:
    leaf = mine.rejecting(event)
    return leaf.field[:80] if leaf else ""


def where(mine: EventFilter, event: Event, document: JsonDocument) -> tuple[int, int] | None:
    leaf = mine.rejecting(event)
    return document.key_position(leaf.path) if leaf else None


def outcome(sample: Sample, mine: EventFilter, exercise: FilterExercise) -> Outcome:
    delivered = mine.delivers(sample.event)
    return Outcome(
        name=sample.name,
        what=event_text(sample.event, mine, exercise.expected),
        expected=THROUGH if sample.delivered else HELD,
        yours=THROUGH if delivered else HELD,
        because="" if delivered else rejecting(mine, sample.event),
        passed=delivered == sample.delivered,
    )


def event_text(event: Event, *filters: EventFilter) -> str:
    """What any of the filters looks at."""
    fields = {leaf.field for one in filters for leaf in one.leaves()}
    looked_at = {name: values for name, values in event.items() if name in fields}
    return json.dumps(nested(looked_at), ensure_ascii=False)


# --- All events -----------------------------------------------------------------------------------


def compared(mine: EventFilter, exercise: FilterExercise) -> Difference:
    """The plainest events that only one of both delivers. Where the filters are too tangled to be
    sure, it is a sample that is known to be wrong, and without one it is Undecided."""
    try:
        found = compare(mine, exercise.expected, exercise.shapes)
    except OutOfBudget:
        found = Difference(None, None, sure=False)
    return found if found.sure or not found.equal else by_samples(mine, exercise.samples)


def by_samples(mine: EventFilter, samples: Sequence[Sample]) -> Difference:
    wrong = [one for one in samples if mine.delivers(one.event) != one.delivered]
    if not wrong:
        raise Undecided("The filters are too tangled to be compared exactly.")
    much = next((one.event for one in wrong if not one.delivered), None)
    little = next((one.event for one in wrong if one.delivered), None)
    return Difference(much, little)


def relation(found: Difference) -> Relation:
    wider, narrower = found.too_much is not None, found.too_little is not None
    name = RelationName.of(wider=wider, narrower=narrower)
    return Relation(name, RELATIONS[name])


def too_much(event: Event | None, mine: EventFilter, exercise: FilterExercise) -> Finding:
    if event is None:
        return Finding(
            "filter.too-much", True, exercise.points, NONE_TOO_MUCH, demand=Demand.REFUSE
        )
    message = say(
        "This event gets through, and should be held back: {event}",
        event=event_text(event, mine, exercise.expected),
    )
    field = rejecting(exercise.expected, event)
    return shown("filter.too-much", message, event, field, Demand.REFUSE, exercise)


def too_little(
    event: Event | None, mine: EventFilter, exercise: FilterExercise, document: JsonDocument
) -> Finding:
    if event is None:
        return Finding(
            "filter.too-little", True, exercise.points, NONE_TOO_LITTLE, demand=Demand.ALLOW
        )
    field = rejecting(mine, event)
    message = say(
        "This event is held back by {field}, and should get through: {event}",
        field=field,
        event=event_text(event, mine, exercise.expected),
    )
    at = where(mine, event, document)
    return shown("filter.too-little", message, event, field, Demand.ALLOW, exercise, at)


def shown(
    code: str,
    message: str,
    event: Event,
    field: str,
    demand: Demand,
    exercise: FilterExercise,
    at: tuple[int, int] | None = None,
) -> Finding:
    return Finding(
        code,
        False,
        exercise.points,
        message,
        at=at,
        demand=demand,
        cases=(Case(message),),
        counterexample={"event": nested(event), "field": field},
        section=CODES[code].section,
        expected=THROUGH if demand is Demand.ALLOW else HELD,
        actual=HELD if demand is Demand.ALLOW else THROUGH,
        why=CODES[code].explanation,
    )
