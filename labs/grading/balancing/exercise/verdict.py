"""An answer against its lab: sample requests, then all requests, then mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from labs.grading.balancing.comparison.compare import Difference, at, compare
from labs.grading.balancing.exercise.codes import CODES
from labs.grading.balancing.exercise.exercise import Exercise
from labs.grading.balancing.exercise.ladder import ladder
from labs.grading.balancing.exercise.samples import (
    TITLE,
    WORDS,
    Locate,
    Routed,
    elsewhere,
    routed,
    sample_finding,
    sample_outcome,
)
from labs.grading.balancing.lint.alone import find_mistakes
from labs.grading.balancing.lint.nearly import nearly
from labs.grading.balancing.routing.request import Request
from labs.grading.balancing.routing.words import result_words
from labs.grading.balancing.rules.limits import refusals
from labs.grading.balancing.rules.mistake import Mistake
from labs.grading.balancing.rules.reader import RulesAnswer
from labs.grading.balancing.rules.rule import Rules
from labs.grading.balancing.rules.words import rule_words
from labs.grading.errors import Undecided
from labs.grading.report import Case, Finding, Relation, RelationName, Report, Severity
from labs.grading.said import say
from labs.grading.wildcards.budget import OutOfBudget

REFUSED = say("AWS would not save these rules.")
EVERYTHING_RIGHT = say("Every request that there can be goes where it should.")


def check_rules(answer: RulesAnswer, exercise: Exercise) -> Report:
    locate = answer.document.position
    if refused := list(refusals(answer.rules, exercise.listener)):
        return refused_report(refused, exercise, locate)
    mine = Rules.of(answer.rules, exercise.listener.default)
    found = [routed(one, mine, exercise.listener) for one in exercise.samples]
    wrong = [one for one in found if not (one.passed or one.sample.hidden)]
    difference = compared(mine, exercise, wrong) if exercise.points else None
    findings = [sample_finding(one, locate) for one in found]
    if exercise.points:
        findings.append(comparison_finding(difference, exercise.points, locate))
    differences = [difference] if difference else []
    differences += [different(one, mine, exercise) for one in wrong]
    findings.extend(advice(mistakes(mine, exercise, differences), locate))
    same = exercise.points and difference is None
    return Report(
        tuple(findings),
        extra={"ladder": ladder(mine, found)},
        relation=Relation(RelationName.EQUAL, EVERYTHING_RIGHT) if same else None,
        outcomes=tuple(sample_outcome(one) for one in found if not one.sample.hidden),
        outcomes_title=TITLE,
    )


def compared(mine: Rules, exercise: Exercise, wrong: Sequence[Routed] = ()) -> Difference | None:
    """The plainest request that is answered otherwise. Where the rules are too tangled to be sure,
    it is a sample that is known to be wrong, and without one it is Undecided."""
    try:
        return compare(mine, exercise.expected, exercise.listener, usual_in(exercise))
    except OutOfBudget:
        if not wrong:
            raise Undecided("The rules are too tangled to be compared exactly.") from None
        return different(wrong[0], mine, exercise)


def usual_in(exercise: Exercise) -> tuple[Request, ...]:
    """Requests that look like somebody's, and give nothing away."""
    return tuple(one.request for one in exercise.samples if not one.hidden)


def different(wrong: Routed, mine: Rules, exercise: Exercise) -> Difference:
    return at(wrong.sample.request, mine, exercise.expected, exercise.listener)


def holds_rules(answer: RulesAnswer, exercise: Exercise) -> list[bool] | None:
    """As the checks of `check_rules`, in their order; None where AWS refuses the rules."""
    if next(refusals(answer.rules, exercise.listener), None) is not None:
        return None
    mine = Rules.of(answer.rules, exercise.listener.default)
    counted = [one for one in exercise.samples if one.points]
    held = [routed(one, mine, exercise.listener).passed for one in counted]
    if exercise.points:
        held.append(all(held) and compared(mine, exercise) is None)
    return held


def advise_rules(answer: RulesAnswer, exercise: Exercise) -> list[Finding]:
    """What the rules show by themselves, while one types."""
    locate = answer.document.position
    if refused := list(refusals(answer.rules, exercise.listener)):
        return [refusal(one, locate) for one in refused]
    mine = Rules.of(answer.rules, exercise.listener.default)
    return advice(find_mistakes(mine, exercise.listener, usual_in(exercise)), locate)


def refused_report(refused: Iterable[Mistake], exercise: Exercise, locate: Locate) -> Report:
    """What they are refused for, then one finding in the place of every check."""
    points = exercise.points + sum(one.points for one in exercise.samples)
    reasons = (refusal(one, locate) for one in refused)
    decided = Finding("alb.not-decided", False, points, CODES["alb.not-decided"].explanation)
    return Report((*reasons, decided), refused=REFUSED)


def refusal(mistake: Mistake, locate: Locate) -> Finding:
    return finding_about(mistake, locate, Severity.ERROR)


def comparison_finding(found: Difference | None, points: int, locate: Locate) -> Finding:
    if found is None:
        return Finding("alb.same-routing", True, points, EVERYTHING_RIGHT)
    got, wanted = result_words(found.got), result_words(found.wanted)
    message = elsewhere(found.request, got, rule_words(found.mine), wanted)
    kind = "default" if found.mine.priority is None else WORDS[type(found.mine.action)]
    return Finding(
        "alb.other-routing",
        False,
        points,
        message,
        at=locate(found.mine.path) if found.mine.path else None,
        cases=(Case(message),),
        counterexample={
            "request": found.request.as_json(),
            "words": found.request.words,
            "answer": got,
            "expected": wanted,
            "by": kind,
        },
        expected=wanted,
        actual=got,
    )


def mistakes(
    mine: Rules, exercise: Exercise, differences: Iterable[Difference]
) -> Iterator[Mistake]:
    """Each once: what explains a difference, then what the rules show by themselves."""
    told: set[tuple[object, ...]] = set()
    explained = (
        mistake
        for found in differences
        for mistake in nearly(mine, exercise.expected, found, exercise.listener)
    )
    for one in (*explained, *find_mistakes(mine, exercise.listener, usual_in(exercise))):
        if (one.code, one.path) not in told:
            told.add((one.code, one.path))
            yield one


def advice(found: Iterable[Mistake], locate: Locate) -> list[Finding]:
    """Findings of 0 points: they explain and never decide."""
    return [finding_about(one, locate, Severity.WARNING) for one in found]


def finding_about(mistake: Mistake, locate: Locate, severity: Severity) -> Finding:
    code = CODES[mistake.code]
    return Finding(
        mistake.code,
        False,
        0,
        mistake.message,
        at=locate(mistake.path) if mistake.path else None,
        severity=severity,
        section=code.section,
        why=code.explanation,
    )
