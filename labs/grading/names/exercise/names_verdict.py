"""A learner's parts against those that the engine reads. What is expected is told only of items
that are right: the cure is the rule, not the value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from labs.grading.errors import Position
from labs.grading.names.exercise.answers import SHOWN, Answer, Given, Item
from labs.grading.names.exercise.codes import MISTAKES, section_of
from labs.grading.names.exercise.mistakes import mistake
from labs.grading.names.exercise.names_exercise import NamesExercise, Question
from labs.grading.report import Case, Finding, Outcome, Report, Severity
from labs.grading.said import joined, say

NONE = "none"  # as it is written in an answer, in every language
MOST_UNKNOWN = 5


def check_names(answer: Answer, spec: NamesExercise) -> Report:
    found = by_plain_name(answer)
    findings: list[Finding] = []
    outcomes = []
    for question in spec.questions:
        item = found.get(question.name.lower())
        findings += judged(question, item, spec)
        outcomes.append(outcome(question, item, spec))
    findings += unknown(answer, spec)
    return Report(tuple(findings), outcomes=tuple(outcomes), outcomes_title=say("Name by name"))


def by_plain_name(answer: Answer) -> dict[str, Item]:
    return {name.strip().lower(): item for name, item in answer.items()}


def given_in(item: Item | None, part: str, spec: NamesExercise) -> Given | None:
    """Where one part is asked for, its name may be left out."""
    if item is None:
        return None
    alone = item.parts.get("") if len(spec.parts) == 1 else None
    return item.parts.get(part) or alone


def judged(question: Question, item: Item | None, spec: NamesExercise) -> Iterator[Finding]:
    """One check for an item that is right; of another one a check for each part that is wrong, and
    one for the rest."""
    given = {part: given_in(item, part, spec) for part in spec.parts}
    wrong = [part for part in spec.parts if not is_right(question, part, given[part], spec)]
    if not any(given.values()):
        yield nothing(question, item, spec)
        return
    blank = [part for part in wrong if given[part] is None]
    if blank:
        yield missing(question, blank, item, spec)
    for part in wrong:
        if one := given[part]:
            yield other(question, part, one, spec)
    right = [part for part in spec.parts if part not in wrong]
    if right:
        yield passed(question, right, spec, whole=not wrong)


def is_right(question: Question, part: str, given: Given | None, spec: NamesExercise) -> bool:
    if given is None:
        return False
    plain, expected = spec.topic.canonical, question.taken.parts[part]
    return plain(part, given.text) == plain(part, expected)


def passed(question: Question, right: list[str], spec: NamesExercise, *, whole: bool) -> Finding:
    code = f"{spec.topic.prefix}.read"
    message = (
        say("{item}: every part is right.", item=question.name)
        if whole
        else say("{item}: right are {parts}.", item=question.name, parts=", ".join(right))
    )
    points = question.points * len(right)
    why = question.why if whole else ""
    return Finding(code, True, points, message, section=section_of(code), why=why)


def nothing(question: Question, item: Item | None, spec: NamesExercise) -> Finding:
    message = say("{item}: nothing is filled in.", item=question.name)
    points = question.points * len(spec.parts)
    return unanswered(message, points, item.at if item else None, spec)


def missing(
    question: Question, parts: list[str], item: Item | None, spec: NamesExercise
) -> Finding:
    message = say("{item}: not filled in: {parts}.", item=question.name, parts=", ".join(parts))
    return unanswered(message, question.points * len(parts), item.at if item else None, spec)


def unanswered(message: str, points: int, at: Position | None, spec: NamesExercise) -> Finding:
    code = f"{spec.topic.prefix}.not-answered"
    section, cure = section_of(code), MISTAKES[code].cure
    cases = (Case(message),)
    return Finding(code, False, points, message, at=at, cases=cases, section=section, cure=cure)


def other(question: Question, part: str, given: Given, spec: NamesExercise) -> Finding:
    plain = spec.topic.canonical(part, given.text)
    code = mistake(spec.topic, part, plain, question.taken)
    typed = shown(given)
    message = say(
        "{item}, {part}: “{typed}” is not right.", item=question.name, part=part, typed=typed
    )
    return Finding(
        code,
        False,
        question.points,
        message,
        at=given.at,
        cases=(Case(message),),
        counterexample={"item": question.name, "part": part, "given": given.text[:SHOWN]},
        section=section_of(code),
        actual=typed,
        why=MISTAKES[code].rule,
        cure=MISTAKES[code].cure,
    )


def shown(given: Given) -> str:
    return (given.text[:SHOWN] + ("…" if len(given.text) > SHOWN else "")) or NONE


def outcome(question: Question, item: Item | None, spec: NamesExercise) -> Outcome:
    given = {part: given_in(item, part, spec) for part in spec.parts}
    wrong = [part for part, one in given.items() if not is_right(question, part, one, spec)]
    expected = {part: question.taken.parts[part] or NONE for part in spec.parts}
    return Outcome(
        name=question.name,
        what="" if question.taken.text == question.name else question.taken.text,
        expected="" if wrong else listed(expected),
        yours=standing(wrong, given),
        passed=not wrong,
    )


def standing(wrong: list[str], given: Mapping[str, Given | None]) -> str:
    if not any(given.values()):
        return say("not filled in")
    return say("not yet: {parts}", parts=", ".join(wrong)) if wrong else say("all right")


def listed(parts: Mapping[str, str]) -> str:
    """`family “m”, generation “5”`; a part alone without its name."""
    if len(parts) == 1:
        return next(iter(parts.values()))
    return joined(
        [say("{part} “{value}”", part=part, value=value) for part, value in parts.items()], ", "
    )


def unknown(answer: Answer, spec: NamesExercise) -> list[Finding]:
    """Entries that nobody asked for: warnings, for a typing error is told best by its place."""
    return [
        warning(name, at, known, spec)
        for name, at, known in list(strangers(answer, spec))[:MOST_UNKNOWN]
    ]


def strangers(answer: Answer, spec: NamesExercise) -> Iterator[tuple[str, Position, list[str]]]:
    items = {question.name.lower(): question.name for question in spec.questions}
    parts = {*spec.parts, *([""] if len(spec.parts) == 1 else [])}
    for name, item in answer.items():
        if name.strip().lower() not in items:
            yield name, item.at, list(items.values())
            continue
        for part, given in item.parts.items():
            if part not in parts:
                yield part or given.text, given.at, list(spec.parts)


def warning(name: str, at: Position, known: list[str], spec: NamesExercise) -> Finding:
    code = f"{spec.topic.prefix}.unknown"
    near = get_close_matches(name[:SHOWN], known, n=1)
    message = (
        say("“{name}” is not asked for. Do you mean “{near}”?", name=name[:SHOWN], near=near[0])
        if near
        else say("“{name}” is not asked for.", name=name[:SHOWN])
    )
    return Finding(
        code,
        False,
        0,
        message,
        at=at,
        severity=Severity.WARNING,
        section=section_of(code),
        cure=MISTAKES[code].cure,
    )
