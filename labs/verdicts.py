"""A submission as its readers see it: the state in words, the findings in reading order with their
lessons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labs.counterexamples import Counterexample, Relation, find_counterexample, relation_of
from labs.differences import packet_changes
from labs.findings import Findings, group
from labs.grading.report import Report
from labs.live import PREFIX, token_for
from labs.models import State, Submission


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` is passed, failed, faulted, queued or checking;
    `live` the address that tells when it changes.

    `changes` are the packets that this attempt opened and closed, after the one before.
    """

    submission: Submission
    state: str
    title: str
    text: str
    findings: Findings = field(default_factory=Findings)
    counterexample: Counterexample | None = None
    relation: Relation | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
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
        cases = self.counterexample.cases if self.counterexample else ()
        return " ".join([f"{self.title}.", *(case.sentence for case in cases), self.text])


def verdict_of(submission: Submission, *, reveal: bool = False) -> Verdict:
    """`reveal` shows hidden checks: for instructors. One query, for the lessons named by findings;
    two while it waits."""
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
    return ngettext(
        "One answer is ahead of yours.", "%(ahead)d answers are ahead of yours.", ahead
    ) % {"ahead": ahead}


def faulted(submission: Submission) -> Verdict:
    if submission.unreadable:
        return Verdict(
            submission, "faulted", _("We cannot read this answer"), words_for_unreadable(submission)
        )
    text = _(
        "Something went wrong on our side. No attempt was used, and your instructor can see it."
    )
    return Verdict(submission, "faulted", _("We could not check this answer"), text)


def words_for_unreadable(submission: Submission) -> str:
    place = submission.unreadable or {}
    if place.get("line") is None:
        return f"{place.get('message', '')} " + _("No attempt was used.")
    words = _("Line %(line)d, column %(column)d: %(message)s No attempt was used.")
    return words % {
        "line": place["line"],
        "column": place.get("column") or 1,
        "message": place["message"],
    }


def graded(submission: Submission, *, reveal: bool) -> Verdict:
    assert submission.grade is not None
    report, passed = Report.from_json(submission.grade.report), submission.grade.passed
    example = None if passed or report.extra.get("refused") else find_counterexample(report)
    found = group(submission, report, told=example.finding if example else None, reveal=reveal)
    return Verdict(
        submission,
        "passed" if passed else "failed",
        _("Passed") if passed else _("Not yet"),
        words_for(report, passed=passed),
        findings=found,
        counterexample=example,
        relation=relation_of(report),
        changes=packet_changes(submission, report.extra),
        extra=report.extra,
        templates=(f"labs/answers/{submission.lab.kind}.html", "labs/answers/_generic.html"),
    )


def words_for(report: Report, *, passed: bool) -> str:
    if passed:
        return _("Every check holds.")
    if report.extra.get("refused"):
        return _("AWS would refuse to save this policy, so no request was decided.")
    missed = sum(1 for finding in report.findings if finding.points and not finding.passed)
    if not missed:  # an instructor's grade over an automatic report
        return _("Your instructor graded this answer.")
    return ngettext(
        "One check does not hold yet.", "%(missed)d checks do not hold yet.", missed
    ) % {"missed": missed}
