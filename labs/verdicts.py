"""A submission as its readers see it: the state in words, the findings in reading order with their lessons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labs.grading.kinds import KINDS
from labs.grading.report import Finding, Report
from labs.live import PREFIX, token_for
from labs.models import State, Submission
from lessons.models import Section

ENGINES_SPEAK = "en"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding, ready for `components/finding.html`."""

    state: str  # passed, failed, advice
    message: str
    why: str = ""
    expected: str = ""
    actual: str = ""
    line: int | None = None
    column: int | None = None
    section_url: str = ""
    code: str = ""
    title: str = ""
    lang: str = ""  # of what the engine says; our own words are in the page's
    points: int = 0
    counterexample: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` is passed, failed, faulted, queued or checking; `live` the address that tells when it changes."""

    submission: Submission
    state: str
    title: str
    text: str
    findings: tuple[FindingRow, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    templates: tuple[str, ...] = ()
    live: str = ""

    @property
    def points(self) -> int:
        return self.submission.grade.points if self.submission.grade else 0

    @property
    def max_points(self) -> int:
        return self.submission.grade.max_points if self.submission.grade else 0

    @property
    def is_open(self) -> bool:
        return self.submission.is_open

    @property
    def url(self) -> str:
        return reverse("labs:verdict", args=[self.submission.pk])

    @property
    def news(self) -> str:
        """For a screen reader's status region."""
        return f"{self.title}. {self.text}"


def verdict_of(submission: Submission, *, reveal: bool = False) -> Verdict:
    """`reveal` shows hidden checks: for instructors. One query, for the lessons named by findings; two while it waits."""
    if submission.is_open:
        return waiting(submission)
    if submission.state == State.FAULTED or submission.grade is None:
        return faulted(submission)
    return graded(submission, reveal=reveal)


def waiting(submission: Submission) -> Verdict:
    live = f"{PREFIX}{token_for(submission.pk)}" if settings.LIVE_EVENTS else ""
    if submission.state == State.CHECKING:
        title, text = _("Checking"), _("Your answer is being checked.")
    else:
        title, text = _("Queued"), words_for_queue(submission.ahead())
    return Verdict(submission, submission.state, title, text, live=live)


def words_for_queue(ahead: int) -> str:
    if not ahead:
        return _("Your answer is next.")
    return ngettext("One answer is ahead of yours.", "%(ahead)d answers are ahead of yours.", ahead) % {"ahead": ahead}


def faulted(submission: Submission) -> Verdict:
    if submission.unreadable:
        return Verdict(submission, "faulted", _("We cannot read this answer"), words_for_unreadable(submission))
    text = _("Something went wrong on our side. No attempt was used, and your instructor can see it.")
    return Verdict(submission, "faulted", _("We could not check this answer"), text)


def words_for_unreadable(submission: Submission) -> str:
    place = submission.unreadable or {}
    if place.get("line") is None:
        return f"{place.get('message', '')} " + _("No attempt was used.")
    words = _("Line %(line)d, column %(column)d: %(message)s No attempt was used.")
    return words % {"line": place["line"], "column": place.get("column") or 1, "message": place["message"]}


def graded(submission: Submission, *, reveal: bool) -> Verdict:
    assert submission.grade is not None
    report = Report.from_json(submission.grade.report)
    state = "passed" if submission.grade.passed else "failed"
    return Verdict(
        submission,
        state,
        _("Passed") if submission.grade.passed else _("Not yet"),
        words_for(report.findings, passed=submission.grade.passed),
        findings=tuple(finding_rows(submission, report.findings, reveal=reveal)),
        extra=report.extra,
        templates=(f"labs/answers/{submission.lab.kind}.html", "labs/answers/_generic.html"),
    )


def words_for(findings: Iterable[Finding], *, passed: bool) -> str:
    if passed:
        return _("Every check holds.")
    missed = sum(1 for finding in findings if finding.points and not finding.passed)
    if not missed:  # an instructor's grade over an automatic report
        return _("Your instructor graded this answer.")
    return ngettext("One check does not hold yet.", "%(missed)d checks do not hold yet.", missed) % {"missed": missed}


def finding_rows(submission: Submission, findings: Iterable[Finding], *, reveal: bool) -> list[FindingRow]:
    shown = [finding for finding in findings if finding.points or not finding.passed]
    kind = KINDS.get(submission.lab.kind)
    codes = kind.CODES if kind else {}
    urls = section_urls(submission, {finding_section(finding, codes) for finding in shown})
    return [finding_row(finding, codes, urls, reveal=reveal) for finding in shown]


def finding_section(finding: Finding, codes: Mapping[str, Any]) -> str:
    return finding.section or (codes[finding.code].section if finding.code in codes else "")


def section_urls(submission: Submission, slugs: set[str]) -> dict[str, str]:
    wanted = slugs - {""}
    if not wanted:
        return {}
    sections = Section.objects.live().filter(course=submission.lab.course_id, slug__in=wanted)
    return {section.slug: section.get_absolute_url() for section in sections.select_related("lesson__course")}


def finding_row(finding: Finding, codes: Mapping[str, Any], urls: Mapping[str, str], *, reveal: bool) -> FindingRow:
    state = "passed" if finding.passed else "failed" if finding.points else "advice"
    title = str(codes[finding.code].title) if finding.code in codes else ""
    url = urls.get(finding_section(finding, codes), "")
    if finding.hidden and not reveal:
        return FindingRow(state, _("A hidden check"), section_url="" if finding.passed else url, points=finding.points)
    return FindingRow(
        state,
        finding.message,
        why="" if finding.passed else finding.why,
        expected=finding.expected if state == "failed" else "",
        actual=finding.actual if state == "failed" else "",
        line=finding.line,
        column=finding.column,
        section_url="" if finding.passed else url,
        code=finding.code,
        title=title,
        lang=ENGINES_SPEAK,
        points=finding.points,
        counterexample=finding.counterexample,
    )
