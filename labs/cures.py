"""The cure as a learner reads it: what to change, in a sentence; what failed because of it, folded;
and the change itself, once it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from labs.grading.report import Cure, Finding, Report, Step

Rows = Callable[[Iterable[Finding]], tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CureStep:
    """`before` and `after` are empty until the change is shown. `findings` are the rows of the
    checks that this step mends, without the one that the headline tells."""

    sentence: str
    line: int | None = None
    column: int | None = None
    findings: tuple[object, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class CureRows:
    """`offered`: the change can be asked for, and was not yet."""

    steps: tuple[CureStep, ...]
    complete: bool
    offered: bool

    @property
    def later(self) -> tuple[CureStep, ...]:
        return self.steps[1:]


def cure_rows(
    report: Report, *, told: Finding | None, reveal: bool, shown: bool, rows: Rows
) -> CureRows | None:
    """None where nothing is known that would help. `rows` makes rows of findings; `shown`: the
    change itself as well."""
    if report.cure is None:
        return None

    def row_of(step: Step) -> CureStep:
        found = [one for one in mended_by(step, report) if reveal or not one.hidden]
        row = step_row(step, rows(one for one in found if one is not told))
        return row if shown else replace(row, before="", after="")

    steps = tuple(row_of(step) for step in report.cure.steps)
    return CureRows(steps, report.cure.complete, has_change(report.cure) and not shown)


def step_row(step: Step, findings: tuple[object, ...]) -> CureStep:
    line, column = step.at or (None, None)
    return CureStep(
        sentence=step.sentence,
        line=line,
        column=column,
        findings=findings,
        before=step.before,
        after=step.after,
    )


def has_change(cure: Cure) -> bool:
    return any(step.before or step.after for step in cure.steps)


def mended_by(step: Step, report: Report) -> list[Finding]:
    checks = report.checks
    return [checks[number] for number in step.mends if number < len(checks)]


def headline_of(report: Report) -> Finding | None:
    """The most telling case of what the first step mends; else the most telling of all."""
    if report.cure is None:
        return report.headline
    first = mended_by(report.cure.steps[0], report)
    telling = [one for one in first if one.cases and not one.hidden]
    return max(telling, key=lambda one: one.points, default=None) or report.headline


def folded_in(report: Report) -> set[int]:
    """The findings that stand under a step, by identity."""
    steps = report.cure.steps if report.cure else ()
    return {id(one) for step in steps for one in mended_by(step, report)}
