"""A learner's amounts against those that the formula makes; a wrong one by the slip that gives it.

Report.extra: `amounts`, one for each that is asked for: key, name, yours, passed, and lines (name,
calculation, result) as `exercise.shown` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from labs.grading.costs.exercise.amounts import Amount, Amounts
from labs.grading.costs.exercise.codes import COUNTING, MISTAKES, SLIPS
from labs.grading.costs.exercise.cost_exercise import CostExercise
from labs.grading.costs.exercise.shown import amount_text, lines_shown
from labs.grading.costs.formula.slips import HALF_A_CENT, Slip, explained, is_close
from labs.grading.costs.formula.steps import Step
from labs.grading.costs.formula.units import Unit, factor_between
from labs.grading.listing import listed_with_and
from labs.grading.names.exercise.answers import SHOWN
from labs.grading.report import Case, Finding, Outcome, Report, Severity
from labs.grading.said import joined, say

MOST_UNKNOWN = 5
MOST_EXPLANATIONS = 3  # more of them explain nothing
TENS = (10.0, 100.0, 1000.0, 0.1, 0.01, 0.001)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one amount. `value` is in the unit asked for; None where it has another."""

    step: Step
    amount: Amount | None
    value: float | None
    passed: bool


@dataclass(frozen=True, slots=True)
class Diagnosis:
    code: str
    sentence: str = ""
    cures: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()  # the steps in which it slipped


def check_costs(answer: Amounts, spec: CostExercise) -> Report:
    judged = {step.key: judge(step, answer.get(step.key), spec) for step in spec.asked}
    passed = {key for key, one in judged.items() if one.passed}
    findings, shown, rows = [], [], []
    for one in judged.values():
        found = None if one.passed else diagnose(one, judged, spec)
        findings.append(missed(one, found) if found else right(one, spec))
        lines = lines_shown(one.step, spec, passed, found.lines if found else ())
        shown.append({**row_of(one), "lines": lines})
        rows.append(outcome(one, spec))
    return Report(
        (*findings, *unknown(answer, spec)),
        {"amounts": shown},
        outcomes=tuple(rows),
        outcomes_title=say("Amount by amount"),
    )


def judge(step: Step, amount: Amount | None, spec: CostExercise) -> Judged:
    if amount is None:
        return Judged(step, None, None, False)
    factor = factor_of(amount, step)
    if factor is None:
        return Judged(step, amount, None, False)
    expected = spec.right[step.key]
    values = [reading * factor for reading in amount.readings]
    fits = [value for value in values if is_right(value, expected, step, spec)]
    return Judged(step, amount, (fits or values)[0], bool(fits))


def is_right(value: float, expected: float, step: Step, spec: CostExercise) -> bool:
    """Money may be rounded to a cent, where a cent is little of it."""
    cent = HALF_A_CENT if step.unit_text.startswith("$") and expected >= 0.1 else 0.0
    return abs(value - expected) <= max(spec.tolerance * expected, cent) + 1e-12


def factor_of(amount: Amount, step: Step) -> float | None:
    """What the amount is multiplied by to be in the unit asked for; None where it cannot be. What
    it is for (`/month`) may be left out, and the currency sign."""
    if amount.unit is None:
        return 1.0
    given = amount.unit
    if "$" in step.unit.above:
        given = Unit(tuple({"$": None, **dict.fromkeys(given.above)}), given.below)
    target = step.unit if given.below else Unit(step.unit.above)
    for unit in (step.unit, target):
        try:
            return factor_between(given, unit)
        except ValueError:
            continue
    return None


def diagnose(one: Judged, judged: Mapping[str, Judged], spec: CostExercise) -> Diagnosis:
    if one.amount is None:
        return Diagnosis("not-answered")
    if one.value is None:
        return Diagnosis("other-unit")
    other = carried_from(one, judged, spec)
    if other:
        words = say(
            "{item}: this follows rightly from your {other}.", item=one.step.key, other=other
        )
        return Diagnosis("carried", words)
    found = explained(spec.formula, one.step.key, one.value)
    kinds = {tuple((slip.code, slip.step.key) for slip in slips): slips for slips in found}
    if 0 < len(kinds) <= MOST_EXPLANATIONS:
        return by_slips(one, list(kinds.values()))
    return by_number(one, spec)


def carried_from(one: Judged, judged: Mapping[str, Judged], spec: CostExercise) -> str:
    """The wrong amounts from which this one follows: the last of them, or all together."""
    needed = spec.formula.needed(one.step.key)
    assert one.value is not None  # amounts in another unit are told apart before
    before = {
        step.key: found.value
        for step in reversed(needed[:-1])
        if (found := judged.get(step.key)) and not found.passed and found.value is not None
    }
    for keys in [*([key] for key in before), list(before)]:
        value = spec.formula.value(needed, {(key, ""): before[key] for key in keys})
        if keys and value and is_close(one.value, value):
            return listed_with_and(keys)
    return ""


def by_slips(one: Judged, found: list[tuple[Slip, ...]]) -> Diagnosis:
    ways = [joined([phrase(slip) for slip in slips], "; ") for slips in found]
    sentence = say("{item}: {given} comes out where {way}.", **named(one), way=ways[0])
    if len(ways) > 1:
        sentence = say(
            "{item}: {given} comes out in more than one way. Either {ways}.",
            **named(one),
            ways=joined(ways, say(" – or ")),
        )
    slips = [slip for slips in found for slip in slips]
    cures = tuple(dict.fromkeys(SLIPS[slip.code].cure for slip in slips))
    return Diagnosis(slips[0].code, sentence, cures, tuple(slip.step.key for slip in slips))


def phrase(slip: Slip) -> str:
    return say("{slip} (line “{line}”)", slip=SLIPS[slip.code].phrase, line=slip.step.name)


def named(one: Judged) -> dict[str, str]:
    return {"item": one.step.key, "given": one.amount.text if one.amount else ""}


def by_number(one: Judged, spec: CostExercise) -> Diagnosis:
    """What the number alone shows."""
    assert one.value is not None  # amounts in another unit are told apart before
    others = (step for step in spec.asked if step is not one.step)
    for step in others:
        if is_close(one.value, spec.right[step.key]):
            return Diagnosis("other-amount")
    expected = spec.right[one.step.key]
    if any(is_close(one.value, expected * ten) for ten in TENS):
        return Diagnosis("decimal-point")
    return Diagnosis("wrong")


def right(one: Judged, spec: CostExercise) -> Finding:
    text = amount_text(spec.right[one.step.key], one.step.unit_text)
    message = say("{item}: {amount} is right.", item=one.step.key, amount=text)
    return Finding("cost.right", True, one.step.points, message, section=COUNTING, why=one.step.why)


def missed(one: Judged, found: Diagnosis) -> Finding:
    mistake = MISTAKES[found.code]
    message: str = say("{item}: no amount is written.", item=one.step.key)
    if one.amount is not None:
        message = found.sentence or say("{item}: {given} is not right.", **named(one))
    cures = found.cures or (mistake.cure,)
    return Finding(
        f"cost.{found.code}",
        False,
        one.step.points,
        message,
        at=one.amount.at if one.amount else None,
        cases=(Case(message),),
        counterexample={"item": one.step.key, "given": one.amount.text if one.amount else ""},
        section=COUNTING,
        actual=one.amount.text if one.amount else "",
        why=mistake.rule,
        cure=joined(cures) if len(cures) > 1 else cures[0],
    )


def row_of(one: Judged) -> dict[str, object]:
    return {
        "key": one.step.key,
        "name": one.step.name,
        "yours": one.amount.text if one.amount else "",
        "passed": one.passed,
    }


def outcome(one: Judged, spec: CostExercise) -> Outcome:
    amount = amount_text(spec.right[one.step.key], one.step.unit_text)
    return Outcome(
        name=say("{item}", item=one.step.key),  # as it stands in the answer, in every language
        what=one.step.name,
        expected=amount if one.passed else "",
        yours=one.amount.text if one.amount else say("not filled in"),
        passed=one.passed,
    )


def unknown(answer: Amounts, spec: CostExercise) -> list[Finding]:
    """Entries that nobody asked for: warnings, for a typing error is told best by its place."""
    return list(strangers(answer, [step.key for step in spec.asked]))[:MOST_UNKNOWN]


def strangers(answer: Amounts, known: list[str]) -> Iterator[Finding]:
    for name, amount in answer.items():
        if name in known:
            continue
        near = get_close_matches(name[:SHOWN], known, n=1)
        message = (
            say("“{name}” is not asked for. Do you mean “{near}”?", name=name[:SHOWN], near=near[0])
            if near
            else say("“{name}” is not asked for.", name=name[:SHOWN])
        )
        yield Finding(
            "cost.unknown",
            False,
            0,
            message,
            at=amount.at,
            severity=Severity.WARNING,
            section=COUNTING,
            cure=MISTAKES["unknown"].cure,
        )
