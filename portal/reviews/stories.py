"""What one learner did with one lab or lesson, from the first look to the last word about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count

from labs.lab_state import UNTOUCHED, LabProgress
from labs.mastery import LessonStanding
from labs.models import Draft, Lab, Mistake, Submission
from labs.progress import lab_progress_of
from labs.quiz.models import LessonCheck
from lessons.models import Completion, Lesson, Place
from lessons.people import Due
from portal.cohorts.content import Content, key_of
from portal.cohorts.due_items import choices_of
from portal.cohorts.lateness import Item, keys_of
from portal.cohorts.models import Cohort
from portal.reviews.models import Comment, Question

ATTEMPTS_A_PAGE, COMMENTS = 50, 50
PAUSE = timedelta(minutes=30)  # after which somebody did something else meanwhile


class Attempt(NamedTuple):
    """`after` the one before it; None: the first. `wrong` says in words what was."""

    submission: Submission
    after: timedelta | None
    wrong: list[str]


@dataclass(frozen=True, slots=True)
class Tried:
    """All attempts at a lab in sum."""

    times: Sequence[datetime]
    hints: int
    looked_at: datetime | None  # at our solution, without having passed

    @property
    def at_work(self) -> timedelta:
        """Between attempts that follow each other: as much as one can see from here."""
        gaps = (after - before for before, after in zip(self.times, self.times[1:], strict=False))
        return sum((gap for gap in gaps if gap < PAUSE), timedelta())


class Neighbours(NamedTuple):
    """The same learner's items before and after this one."""

    before: tuple[str, Item] | None  # each with its key
    after: tuple[str, Item] | None


class Duty(NamedTuple):
    """`choices` of what can be extended."""

    due: Due | None
    choices: list[tuple[str, str]]


def lab_story(
    cohort: Cohort, content: Content, learner: Any, lab: Lab, page: str
) -> dict[str, Any]:
    rows = Submission.objects.filter(user=learner.pk, lab=lab.pk)
    tried = tried_in(rows)
    progress = lab_progress_of([learner.pk], [lab]).get((learner.pk, lab.pk), UNTOUCHED)
    return {
        "progress": progress,
        "tried": tried,
        "took": took(progress, tried),
        "attempts": attempts_in(rows, lab, tried, page),
        "draft": Draft.objects.filter(user=learner.pk, lab=lab.pk).defer("text").first(),
        "comments": comments_on(rows),
        "questions": questions_of(cohort, learner, lab=lab.pk),
    }


def lesson_story(cohort: Cohort, learner: Any, lesson: Lesson) -> dict[str, Any]:
    places = Place.objects.filter(user=learner.pk, lesson=lesson.pk).select_related("section")
    return {
        "completion": Completion.objects.filter(user=learner.pk, lesson=lesson.pk).first(),
        "check": LessonCheck.objects.filter(user=learner.pk, lesson=lesson.pk).first(),
        "stands": LessonStanding(lesson, learner),
        "place": places.defer("section__text", "section__plain").first(),
        "questions": questions_of(cohort, learner, lesson=lesson.pk),
    }


def tried_in(rows: Any) -> Tried:
    """Without the texts."""
    columns = ("created_at", "change_shown_at", "solution_shown_at")
    found = list(rows.order_by("created_at", "pk").values_list(*columns))
    looks = (looked for _at, _hint, looked in found if looked)
    hints = sum(hint is not None for _at, hint, _looked in found)
    return Tried([at for at, _hint, _looked in found], hints, min(looks, default=None))


def took(progress: LabProgress, tried: Tried) -> timedelta | None:
    """From the first attempt to the one that passed."""
    if progress.passed_at is None or len(tried.times) < 2:
        return None
    return progress.passed_at - tried.times[0]


def attempts_in(rows: Any, lab: Lab, tried: Tried, page: str) -> Page[Attempt]:
    """Newest first, some a page."""
    listed = rows.lean().annotate(said=Count("comments")).order_by("-created_at", "-pk")
    found: Page[Any] = Paginator(listed, ATTEMPTS_A_PAGE).get_page(page)
    submissions = list(found.object_list)
    before = dict(zip(tried.times[1:], tried.times, strict=False))
    wrong = mistakes_in(submissions, lab)
    found.object_list = [
        Attempt(one, since(one.created_at, before), wrong[one.pk]) for one in submissions
    ]
    return found


def since(at: datetime, before: dict[datetime, datetime]) -> timedelta | None:
    return at - before[at] if at in before else None


def mistakes_in(submissions: Iterable[Submission], lab: Lab) -> dict[int, list[str]]:
    """Of each what was wrong, in words; the most telling first."""
    rows = Mistake.objects.filter(submission__in=[one.pk for one in submissions]).order_by("pk")
    codes = lab.kind_module.CODES
    found: dict[int, list[str]] = defaultdict(list)
    for submission, code in rows.values_list("submission", "code"):
        words = str(codes[code].title) if code in codes else code
        if words not in found[submission]:
            found[submission].append(words)
    return found


def comments_on(rows: Any) -> list[Comment]:
    said = Comment.objects.filter(submission__in=rows.order_by().values("pk")).shown()
    return list(reversed(said.reverse()[:COMMENTS]))


def questions_of(cohort: Cohort, learner: Any, **about: int) -> list[Question]:
    return list(Question.objects.filter(cohort=cohort, user=learner.pk, **about))


def neighbours_of(content: Content, item: Item) -> Neighbours:
    """In the order of the grid's columns."""
    items = [one for group in content.groups for one in group.items]
    row = [None, *((key_of(one), one) for one in items), None]
    here = 1 + items.index(item)
    return Neighbours(row[here - 1], row[here + 1])


def duty_of(content: Content, learner: Any, item: Item) -> Duty:
    due = content.dates.due(learner.pk, *keys_of(item))
    own = {key_of(item), *(f"{kind}-{pk}" for kind, pk in keys_of(item))}
    choices = choices_of(content.items, content.dates) if due else []
    return Duty(due, [(key, words) for key, words in choices if key in own])
