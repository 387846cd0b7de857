"""A submission as its readers see it: the state in words, the findings in reading order with their
lessons."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labs.cures import headline_of
from labs.decisions import Decision, decision_of
from labs.differences import Change, grade_before, outcome_changes
from labs.findings import Findings, group, reasons_of
from labs.grading.report import Case, Report
from labs.grading.report_json import text_from_json
from labs.language import in_language, with_words
from labs.live import PREFIX, token_for
from labs.models import Grade, GradedBy, State, Submission
from labs.score_words import score_notes, score_words
from labs.shelves import words_translated
from labs.waiting import words_for_waiting


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` is passed, failed, faulted, queued or checking;
    `live` the address that tells when it changes.

    `cases` are the headline; `changes` say what went otherwise in the attempt `before`. `notes`
    say what the score does not count, and what is gone.
    """

    submission: Submission
    state: str
    title: str
    text: str
    score: str = ""
    notes: tuple[str, ...] = ()
    findings: Findings = field(default_factory=Findings)
    cases: tuple[Case, ...] = ()
    changes: list[Change] = field(default_factory=list)
    before: Grade | None = None
    report: Report | None = None
    templates: tuple[str, ...] = ()
    live: str = ""
    reveal: bool = False  # hidden checks are shown
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        return self.submission.is_open

    @property
    def url(self) -> str:
        return reverse("labs:verdict", args=[self.submission.pk])

    @property
    def news(self) -> str:
        """For a screen reader's status region."""
        sentences = [in_language(case.sentence) for case in self.cases]
        decided = [self.decision.words] if self.decision else []
        return " ".join([f"{self.title}.", *decided, *sentences, self.text]).strip()


def verdict_of(submission: Submission, *, reveal: bool = False) -> Verdict:
    """`reveal` shows hidden checks: for instructors. One query, for the lessons named by findings;
    one or three while it waits (a row with `lab__course`)."""
    if submission.is_open:
        return waiting(submission)
    if submission.state == State.FAULTED or submission.grade is None:
        return faulted(submission)
    return graded(submission, reveal=reveal)


def waiting(submission: Submission) -> Verdict:
    live = f"{PREFIX}{token_for(submission.pk, submission.user_id)}" if settings.LIVE_EVENTS else ""
    if submission.state == State.CHECKING:
        title, text = _("Checking"), _("Your answer is being checked.")
    else:
        title, text = _("Queued"), words_for_waiting(submission)
    return Verdict(submission=submission, state=submission.state, title=title, text=text, live=live)


def faulted(submission: Submission) -> Verdict:
    if submission.unreadable:
        return Verdict(
            submission=submission,
            state="faulted",
            title=_("We cannot read this answer"),
            text=words_for_unreadable(submission),
        )
    title = _("We could not check this answer")
    text = _(
        "Something went wrong on our side. No attempt was used, and your instructor can see it."
    )
    if submission.is_undecided:
        title = _("We could not decide about this answer")
        text = _(
            "It is too large or too tangled for our check to be sure. No attempt was used, and "
            "your instructor can see it. A simpler answer can be decided at once."
        )
    return Verdict(submission=submission, state="faulted", title=title, text=text)


def words_for_unreadable(submission: Submission) -> str:
    place = submission.unreadable or {}
    message = in_language(text_from_json(place.get("message", "")))
    if place.get("line") is None:
        return f"{message} " + _("No attempt was used.")
    words = _("Line %(line)d, column %(column)d: %(message)s No attempt was used.")
    return words % {
        "line": place["line"],
        "column": place.get("column") or 1,
        "message": message,
    }


def graded(submission: Submission, *, reveal: bool) -> Verdict:
    assert submission.grade is not None
    report, passed = report_of(submission, submission.grade), submission.grade.passed
    decided = submission.is_overridden
    before = grade_before(submission) if report.outcomes else None
    told = None if passed else headline_of(report)
    return Verdict(
        submission=submission,
        state="passed" if passed else "failed",
        title=title_of(passed=passed),
        text="" if decided else words_for(report, passed=passed),
        score=score_of(submission, report),
        notes=notes_of(report, passed=passed or decided),
        findings=group(submission, report, told=told, reveal=reveal),
        cases=told.cases if told else (),
        changes=outcome_changes(submission, report.outcomes, before),
        before=before,
        report=report,
        reveal=reveal,
        templates=(f"labs/answers/{submission.lab.kind}.html", "labs/answers/_generic.html"),
        decision=decision_of(submission.grade),
    )


def title_of(*, passed: bool) -> str:
    return _("Passed") if passed else _("Not yet")


def report_of(submission: Submission, grade: Grade) -> Report:
    """With the words that the reader's language has for the lab's own. Where a person said that it
    is right, nothing is to be changed."""
    report = with_words(grade.read_report(), words_translated(submission))
    is_let_pass = grade.made_by == GradedBy.INSTRUCTOR and grade.passed
    return replace(report, cure=None) if is_let_pass else report


def score_of(submission: Submission, report: Report) -> str:
    """The checks are not what a person counted."""
    assert submission.grade is not None
    percent = submission.grade.percent
    return f"{percent} %" if submission.is_overridden else score_words(report, percent)


def notes_of(report: Report, *, passed: bool) -> tuple[str, ...]:
    notes = () if passed else tuple(score_notes(report))
    if not report.abridged:
        return notes
    gone = _(
        "This verdict is old: its checks and its score stay, what it showed beyond them is gone."
    )
    return (*notes, gone)


def words_for_reasons(report: Report) -> str:
    """What to do first; "" where the reasons stand nowhere in the text."""
    lines = sorted({reason.line for reason in reasons_of(report) if reason.line})
    if not lines:
        return ""
    words = ngettext("Mend line %(lines)s first.", "Mend lines %(lines)s first.", len(lines))
    return words % {"lines": ", ".join(map(str, lines))}


def words_for(report: Report, *, passed: bool) -> str:
    if passed:
        return _("Every check passes.")
    if report.refused:
        return f"{words_for_reasons(report)} {in_language(report.refused)}".strip()
    missed = sum(1 for finding in report.findings if finding.points and not finding.passed)
    return ngettext("One check still fails.", "%(missed)d checks still fail.", missed) % {
        "missed": missed
    }
