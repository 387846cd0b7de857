"""Findings as a learner reads them: what fails first, advice after it,
what holds behind one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from labs.grading.kinds import KINDS
from labs.grading.report import Finding, Report
from labs.models import Submission
from lessons.models import Section

# The engine's words → the editor's
SEVERITIES = {"error": "error", "warning": "warning", "advice": "info"}


@dataclass(frozen=True, slots=True)
class SectionLink:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
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
    times: int = 1
    hidden: bool = False
    mark: str = ""  # how the editor marks the line: error, warning or info; "" not at all

    @property
    def mark_message(self) -> str:
        """A check that is only named says what became of it."""
        named = self.state == "failed" and self.actual and not self.message.endswith(".")
        return f"{self.message} – {self.actual}" if named else self.message


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of one report in groups, each in reading order.

    `told` belongs to the headline. `hidden` is the number of failed checks that keep their secret,
    `topics` are their lessons. Where AWS would refuse the answer, `failed` tells what for:
    nothing else was decided.
    """

    told: FindingRow | None = None
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
    submission: Submission, report: Report, *, told: Finding | None, reveal: bool
) -> Findings:
    """`told` is the finding that the headline tells: it is not said twice. One query,
    for the lessons."""
    lessons = Lessons.of(submission, report)
    checks = [finding for finding in report.findings if finding.points]
    secret = [] if reveal else [finding for finding in checks if finding.hidden]
    missed = [
        finding
        for finding in checks
        if not finding.passed and finding not in secret and finding is not told
    ]
    refused = bool(report.extra.get("refused"))
    blamed, advice = split_advice(report, refused=refused)
    return Findings(
        told=row(told, "failed", lessons) if told else None,
        failed=joined(
            row(finding, "failed", lessons) for finding in (blamed if refused else missed)
        ),
        advice=joined(row(finding, "advice", lessons) for finding in advice),
        passed=tuple(
            row(one, "passed", lessons) for one in checks if one.passed and one not in secret
        ),
        hidden=0 if refused else sum(not finding.passed for finding in secret),
        hidden_passed=sum(finding.passed for finding in secret),
        topics=tuple(
            dict.fromkeys(link for one in secret if not one.passed for link in lessons.links(one))
        ),
    )


def split_advice(report: Report, *, refused: bool) -> tuple[list[Finding], list[Finding]]:
    """What AWS refuses the answer for, and what is only advice.
    The engine says how serious advice is in `actual`."""
    advice = [finding for finding in report.findings if not finding.points and not finding.passed]
    blamed = [finding for finding in advice if refused and finding.actual == "error"]
    return blamed, [finding for finding in advice if finding not in blamed]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Which lesson section teaches the point of a finding."""

    codes: Mapping[str, Any]
    sections: Mapping[str, SectionLink]

    @classmethod
    def of(cls, submission: Submission, report: Report) -> Lessons:
        kind = KINDS.get(submission.lab.kind)
        codes = kind.CODES if kind else {}
        wanted = {
            section_of(finding, codes) for finding in report.findings if not finding.passed
        } - {""}
        if not wanted:
            return cls(codes, {})
        found = Section.objects.live().filter(course=submission.lab.course_id, slug__in=wanted)
        return cls(
            codes,
            {
                section.slug: SectionLink(section.title, section.get_absolute_url())
                for section in found.select_related("lesson__course")
            },
        )

    def links(self, finding: Finding) -> tuple[SectionLink, ...]:
        link = self.sections.get(section_of(finding, self.codes))
        return (link,) if link else ()


def section_of(finding: Finding, codes: Mapping[str, Any]) -> str:
    return finding.section or (codes[finding.code].section if finding.code in codes else "")


def row(finding: Finding, state: str, lessons: Lessons) -> FindingRow:
    if state == "passed":
        return FindingRow(
            state, finding.message, line=finding.line, column=finding.column, hidden=finding.hidden
        )
    judged = state == "failed" and finding.points
    return FindingRow(
        state,
        finding.message,
        why=finding.why,
        expected=finding.expected if judged else "",
        actual=finding.actual if judged else "",
        line=finding.line,
        column=finding.column,
        sections=lessons.links(finding),
        hidden=finding.hidden,
        mark="error" if state == "failed" else SEVERITIES.get(finding.actual, "warning"),
    )


def mark_of(advice: Finding) -> dict[str, Any]:
    """For the editor, while one types."""
    place = {"line": advice.line, "column": advice.column or 1}
    return place | {"message": advice.message, "severity": SEVERITIES.get(advice.actual, "warning")}


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
