"""Findings as a learner reads them: what fails first, advice after it, what holds behind one
line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from labs.cures import CureRows, cure_rows, folded_in
from labs.grading.errors import AnswerError
from labs.grading.report import Finding, Report, Severity
from labs.language import in_language
from labs.lesson_links import LessonLinks, SectionLink
from labs.models import Submission

# The engines' words → the editor's
MARKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding, ready for `components/finding.html`. `times`: so many say the very same."""

    state: str  # passed, failed, advice
    message: str
    why: str = ""
    expected: str = ""
    actual: str = ""
    line: int | None = None
    column: int | None = None
    sections: tuple[SectionLink, ...] = ()
    practice: str = ""  # address of what trains it
    times: int = 1
    hidden: bool = False
    mark: str = ""  # how the editor marks the line: error, warning or info; "" not at all

    @property
    def mark_message(self) -> str:
        """A check that is only named says what became of it."""
        named = self.state == "failed" and self.actual and not self.message.endswith(".")
        message = in_language(self.message)
        return f"{message} – {in_language(self.actual)}" if named else message


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The findings of one report in groups, each in reading order.

    `told` belongs to the headline and is not said twice, nor is what stands under `cure`. `hidden`
    is the number of failed checks that keep their secret, `topics` are their lessons. Where the
    answer was refused, `failed` tells what for: nothing else was decided.
    """

    told: FindingRow | None = None
    cure: CureRows | None = None
    failed: tuple[FindingRow, ...] = ()
    advice: tuple[FindingRow, ...] = ()
    passed: tuple[FindingRow, ...] = ()
    hidden: int = 0
    hidden_passed: int = 0
    topics: tuple[SectionLink, ...] = ()

    @property
    def holding(self) -> int:
        return len(self.passed) + self.hidden_passed


def group(
    submission: Submission,
    report: Report,
    *,
    told: Finding | None,
    reveal: bool,
    lessons: LessonLinks | None = None,
) -> Findings:
    """`told` is the finding that the headline tells. One query, for the lessons."""
    lessons = lessons or LessonLinks.of(submission, report)
    secret, shown = checks_of(report, reveal=reveal)
    secret_failed = failed_of(secret)

    def rows(found: Iterable[Finding]) -> tuple[FindingRow, ...]:
        return joined(unmarked(failed_row(one, lessons), report) for one in found)

    change_shown = reveal or submission.change_shown_at is not None
    return Findings(
        told=next(iter(rows([told] if told else [])), None),
        cure=cure_rows(report, told=told, reveal=reveal, shown=change_shown, rows=rows),
        failed=joined(failed_row(one, lessons) for one in left_over(report, shown, told)),
        advice=joined(advice_row(one, lessons) for one in advice_of(report)),
        passed=passed_rows(shown),
        hidden=0 if report.refused else len(secret_failed),
        hidden_passed=len(secret) - len(secret_failed),
        topics=lessons.of_all(secret_failed),
    )


def left_over(report: Report, shown: list[Finding], told: Finding | None) -> list[Finding]:
    """What failed and is told nowhere else."""
    elsewhere = folded_in(report) | {id(told)}
    return reasons_of(report) or [one for one in failed_of(shown) if id(one) not in elsewhere]


def passed_rows(shown: Iterable[Finding]) -> tuple[FindingRow, ...]:
    return tuple(passed_row(one) for one in shown if one.passed)


def unmarked(row: FindingRow, report: Report) -> FindingRow:
    """Where a cure is known, the editor marks its line and not those where it shows."""
    return replace(row, mark="") if report.cure else row


def checks_of(report: Report, *, reveal: bool) -> tuple[list[Finding], list[Finding]]:
    """What counts: the checks whose secret is kept, and the others."""
    secret: list[Finding] = []
    shown: list[Finding] = []
    for finding in report.findings:
        if finding.points:
            (secret if finding.hidden and not reveal else shown).append(finding)
    return secret, shown


def failed_of(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if not one.passed]


def reasons_of(report: Report) -> list[Finding]:
    """What a refused answer is refused for."""
    found = [one for one in report.findings if not one.points and not one.passed]
    return [one for one in found if report.refused and one.severity == Severity.ERROR]


def advice_of(report: Report) -> list[Finding]:
    reasons = reasons_of(report)
    found = [one for one in report.findings if not one.points and not one.passed]
    return [one for one in found if one not in reasons]


def passed_row(finding: Finding) -> FindingRow:
    return FindingRow(
        state="passed",
        message=finding.message,
        line=finding.line,
        column=finding.column,
        hidden=finding.hidden,
    )


def failed_row(finding: Finding, lessons: LessonLinks) -> FindingRow:
    row = advice_row(finding, lessons)
    if not finding.points:
        return replace(row, state="failed", mark="error")
    expected, actual = finding.expected, finding.actual
    return replace(row, state="failed", mark="error", expected=expected, actual=actual)


def advice_row(finding: Finding, lessons: LessonLinks) -> FindingRow:
    return FindingRow(
        state="advice",
        message=finding.message,
        why=finding.why,
        line=finding.line,
        column=finding.column,
        sections=lessons.links(finding),
        practice=lessons.practice(finding),
        hidden=finding.hidden,
        mark=MARKS[finding.severity],
    )


def mark_of(advice: Finding) -> dict[str, object]:
    """For the editor, while one types."""
    place = {"line": advice.line, "column": advice.column or 1}
    return place | {"message": in_language(advice.message), "severity": MARKS[advice.severity]}


def mark_of_error(error: AnswerError) -> dict[str, object]:
    """Where the text cannot be read."""
    place = {"line": error.line or 1, "column": error.column or 1}
    return place | {"message": in_language(error.message), "severity": "error"}


def joined(rows: Iterable[FindingRow]) -> tuple[FindingRow, ...]:
    """Rows that say the very same become one, with all their lessons."""
    found = list(rows)
    times = Counter(bare(one) for one in found)
    return tuple(
        replace(one, times=count, sections=lessons_of(one, found)) for one, count in times.items()
    )


def bare(one: FindingRow) -> FindingRow:
    return replace(one, sections=())


def lessons_of(wanted: FindingRow, rows: Sequence[FindingRow]) -> tuple[SectionLink, ...]:
    return tuple(
        dict.fromkeys(link for one in rows if bare(one) == wanted for link in one.sections)
    )
