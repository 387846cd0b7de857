"""What was asked and what was observed, as a finding and as a row of the table."""

from __future__ import annotations

from labs.grading.errors import Position
from labs.grading.kind import Code
from labs.grading.machines.asks import Ask, Value
from labs.grading.report import Case, Finding, Outcome, Severity
from labs.grading.said import say


def kept(ask: Ask, value: Value, code: str, meaning: Code) -> Finding:
    words = say("{name}: {value}", name=ask.name, value=ask.actual(value))
    return Finding(code, True, ask.points, words, section=meaning.section, hidden=ask.hidden)


def missed_words(ask: Ask, value: Value) -> str:
    if not ask.told:
        value_words = ask.actual(value)
        return say("{name}: {value}. The task asks for another.", name=ask.name, value=value_words)
    return say(
        "{name}: {value}. Asked for: {expected}.",
        name=ask.name,
        value=ask.actual(value),
        expected=ask.expected,
    )


def missed(
    ask: Ask,
    value: Value,
    code: str,
    meaning: Code,
    *,
    words: str = "",
    at: Position | None,
    cure: str,
) -> Finding:
    """`words`: in the place of what is said by itself."""
    words = words or missed_words(ask, value)
    return Finding(
        code,
        False,
        ask.points,
        words,
        at=at,
        cases=(Case(words),),
        counterexample={"field": ask.field, "value": value},
        section=meaning.section,
        hidden=ask.hidden,
        expected=ask.expected,
        actual=ask.actual(value),
        why=meaning.explanation,
        cure=cure,
    )


def refusal(code: str, words: str, meaning: Code, at: Position) -> Finding:
    return Finding(
        code,
        False,
        0,
        words,
        at=at,
        severity=Severity.ERROR,
        section=meaning.section,
        why=meaning.explanation,
    )


def outcome(ask: Ask, value: Value) -> Outcome:
    return Outcome(
        name=ask.name, expected=ask.expected, yours=ask.actual(value), passed=ask.holds(value)
    )
