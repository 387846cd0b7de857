"""A regrade as its page shows it: how far it is, what it found, and each answer that would change
with what the check said of it before and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from labs.cures import headline_of
from labs.grading.report import Report
from labs.language import in_language
from labs.models import GradedBy
from labs.old_reports import read_report
from lessons.people import User
from lessons.progress import percent
from portal.cohorts.models import Membership, Role
from portal.regrades.models import CHANGES, Effect, Fate, Regrade, RegradedAnswer, Stage
from portal.regrades.models.answers import LOWER
from portal.regrades.models.verdicts import Found
from portal.regrades.scope import cohorts_of, learners_of

ROWS_A_PAGE = 20
TONES = {
    Effect.GAINS: "ok",
    Effect.LOSES: "bad",
    Effect.MORE: "info",
    Effect.LESS: "warn",
    Effect.FAULTED: "bad",
}


@dataclass(frozen=True, slots=True)
class Progress:
    label: object
    done: int
    total: int

    @property
    def percent(self) -> int:
        return percent(self.done, self.total)


def progress_of(regrade: Regrade) -> Progress:
    label = Stage(regrade.stage).label
    if regrade.stage == Stage.PLANNING:
        return Progress(label, 0, 0)
    if regrade.stage == Stage.JUDGING:
        left = regrade.verdicts.filter(found=Found.WAITING).count()
        total = regrade.verdicts.count()
    else:
        fate = Fate.DONE if regrade.stage == Stage.UNDOING else Fate.WAITING
        left, total = regrade.answers.filter(fate=fate).count(), regrade.answers.count()
    return Progress(label, total - left, total)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers there are of each effect."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def changes(self) -> int:
        return sum(self.counts.get(effect, 0) for effect in CHANGES)

    @property
    def has_losses(self) -> bool:
        return any(self.counts.get(effect) for effect in LOWER)

    @property
    def rows(self) -> list[tuple[Effect, int, str]]:
        """In the order of interest."""
        effects = [one for one in Effect if one and self.counts.get(one)]
        return [(one, self.counts[one], TONES.get(one, "quiet")) for one in effects]


def tally_of(regrade: Regrade) -> Tally:
    found = regrade.answers.order_by().values_list("effect").annotate(number=Count("pk"))
    return Tally(dict(found))


def fates_of(regrade: Regrade) -> list[tuple[object, int]]:
    """What became of how many."""
    found = regrade.answers.order_by().values_list("fate").annotate(number=Count("pk"))
    numbers = dict(found)
    return [(fate.label, numbers[fate]) for fate in Fate if fate in numbers]


# --- Answers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """`before` and `now` are what the check says first."""

    answer: RegradedAnswer
    tone: str
    before: str
    now: str
    url: str
    is_below: bool  # an instructor's verdict stands above


def answers_of(regrade: Regrade, user: User, *, effect: str, number: str | None) -> Page[Any]:
    """A page of them; of an effect, or of all that would change."""
    rows = RegradedAnswer.objects.filter(regrade=regrade).order_by("pk")
    rows = rows.filter(effect=effect) if effect else rows.filter(effect__in=CHANGES)
    if not user.is_superuser:
        rows = rows.filter(user__in=learners_of(user, regrade.lab.course_id))
    shown = rows.select_related("user", "seen", "verdict", "submission__grade").defer(
        "submission__text", "submission__grade__report", "submission__grade__unpacked_report"
    )
    page: Page[Any] = Paginator(shown, ROWS_A_PAGE).get_page(number)
    page.object_list = rows_for(list(page.object_list), regrade, user)
    return page


def rows_for(answers: list[RegradedAnswer], regrade: Regrade, user: User) -> list[Row]:
    cohorts = cohorts_among(answers, regrade, user)
    return [
        Row(
            answer=one,
            tone=TONES.get(Effect(one.effect), "quiet"),
            before=sentence_of(read_report(one.seen.stored_report)),
            now=sentence_of(one.verdict.read_report()) if one.verdict.report else "",
            url=url_of(one, cohorts.get(one.user_id)),
            is_below=is_below_override(one),
        )
        for one in answers
    ]


def cohorts_among(
    answers: Iterable[RegradedAnswer], regrade: Regrade, user: User
) -> dict[int, str]:
    """In which of the reader's cohorts each learns."""
    cohorts = cohorts_of(user, regrade.lab.course_id).values("pk")
    people = {one.user_id for one in answers}
    places = Membership.objects.filter(user__in=people, cohort__in=cohorts, role=Role.LEARNER)
    return dict(places.values_list("user", "cohort__slug"))


def url_of(answer: RegradedAnswer, cohort: str | None) -> str:
    return reverse("submission_detail", args=[cohort, answer.submission_id]) if cohort else ""


def is_below_override(answer: RegradedAnswer) -> bool:
    grade = answer.submission.grade
    return grade is not None and grade.made_by == GradedBy.INSTRUCTOR


def sentence_of(report: Report) -> str:
    """What a learner reads first: the request on which it goes wrong, if there is one."""
    if report.passed:
        return _("Every check passes.")
    if told := headline_of(report):
        return in_language(told.cases[0].sentence if told.cases else told.message)
    failed = (one.message for one in report.findings if one.points and not one.passed)
    return in_language(report.refused or next(failed, ""))
