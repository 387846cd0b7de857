"""What the text of an answer shows before anything is replayed."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.health.exercise.codes import CODES
from labs.grading.health.settings.limits import Flaw, flaws_of
from labs.grading.health.settings.model import APP_SECONDS, LB_SECONDS, TargetGroupAnswer
from labs.grading.report import Finding, Severity
from labs.grading.said import say


@dataclass(frozen=True, slots=True)
class Lint:
    """`refusals`: AWS takes no target group like this. `warnings`: it does, and something does
    nothing."""

    refusals: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def lint(answer: TargetGroupAnswer) -> Lint:
    refusals = tuple(said(answer, flaw, Severity.ERROR) for flaw in flaws_of(answer))
    idle = [key for key in (LB_SECONDS, APP_SECONDS) if key in answer.numbers]
    warnings = []
    if idle and not answer.group.cookie and not refusals:
        words = say("{key} does nothing while stickiness is off.", key=idle[0])
        warnings = [said(answer, Flaw("health.cookie-off", words, idle[0]), Severity.WARNING)]
    return Lint(refusals, tuple(warnings))


def said(answer: TargetGroupAnswer, flaw: Flaw, severity: Severity) -> Finding:
    place = answer.places.get(flaw.key)
    return Finding(
        flaw.code,
        False,
        0,
        flaw.message,
        at=answer.document.position(place) if place is not None else (1, 1),
        severity=severity,
        why=CODES[flaw.code].explanation,
    )
