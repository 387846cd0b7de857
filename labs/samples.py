"""One lab that anybody may try: judged at once, as its learners' answers are, and nothing of it is
kept. What is checked runs in a child with limits, few at a time."""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings

from labs.child import READING_SECONDS, engine, run_in_child
from labs.cures import headline_of
from labs.findings import group
from labs.forms import LONGEST_DRAFT
from labs.grading.grade import grade, refuse_unreadable_text
from labs.grading.kinds import KINDS
from labs.grading.report import Report
from labs.language import with_words
from labs.lesson_links import LessonLinks
from labs.models import Lab, State, Submission, Variant
from labs.score_words import score_notes, score_words
from labs.shelves import shelf_of
from labs.verdicts import Verdict, title_of, words_for
from lessons.limits import is_within
from lessons.models import Course

AT_ONCE = 2  # checks in one process: its other threads go on answering pages
FROM_A_NETWORK, FROM_ALL = 20, 120  # a minute; a class sits behind one address
NO_LINKS = LessonLinks({}, {})  # whoever is not signed in may not read lessons

running = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Too many ask at once, or in this minute."""


@dataclass(frozen=True, slots=True)
class Sample:
    lab: Lab
    variant: Variant

    @property
    def language(self) -> str:
        return self.lab.kind_module.LANGUAGE


def sample() -> Sample | None:
    """The lab that FRONT_LAB names; None where that is none, or no lab of a live course. One query,
    some more for the first after a sync."""
    found = Course.objects.live().filter(labs__slug=settings.FRONT_LAB, labs__archived_at=None)
    for pk, edition in found.values_list("pk", "edition"):
        shelf = shelf_of(pk, edition)
        lab = shelf.by_slug.get(settings.FRONT_LAB)
        if lab and lab.kind in KINDS and (variants := shelf.variants_of(lab)):
            return Sample(lab, variants[0])
    return None


def judged(one: Sample, text: str, *, network: str) -> Verdict:
    """AnswerError: it cannot be read. Busy: not now. Fault: ours. Sizes come first."""
    refuse_unreadable_text(text[: LONGEST_DRAFT + 1], one.lab.kind_module.MAX_BYTES)
    if not (
        is_within(f"sample:{network}", per_minute=FROM_A_NETWORK)
        and is_within("sample", per_minute=FROM_ALL)
    ):
        raise Busy
    return verdict_on(one, text, report_on(one, text))


def report_on(one: Sample, text: str) -> Report:
    kind, variant = engine(one.lab.kind), one.variant

    def check() -> dict[str, Any]:
        given = {"table": variant.table, "files": variant.files, "starter": variant.starter}
        return grade(kind, text=text, with_cure=True, **given).as_json()

    if not running.acquire(blocking=False):
        raise Busy
    try:
        report = Report.from_json(run_in_child(check, seconds=READING_SECONDS))
    finally:
        running.release()
    return with_words(report, variant.words)


def verdict_on(one: Sample, text: str, report: Report) -> Verdict:
    """As a learner would see it before they ask for the change itself. The submission is no row,
    and never becomes one."""
    submission = Submission(lab=one.lab, variant=one.variant, text=text, state=State.GRADED)
    told = None if report.passed else headline_of(report)
    return Verdict(
        submission=submission,
        state="passed" if report.passed else "failed",
        title=title_of(passed=report.passed),
        text=words_for(report, passed=report.passed),
        score=score_words(report, report.percent),
        notes=() if report.passed else tuple(score_notes(report)),
        findings=group(submission, report, told=told, reveal=False, lessons=NO_LINKS),
        cases=told.cases if told else (),
        report=report,
        templates=(f"labs/answers/{one.lab.kind}.html", "labs/answers/_generic.html"),
    )
