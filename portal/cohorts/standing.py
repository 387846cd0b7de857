"""How every learner of a cohort stands: three queries for one learner or for two hundred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from labs.lab_state import UNTOUCHED, LabProgress
from labs.models import Lab
from labs.progress import lab_progress_of
from labs.shelves import shelf_of
from lessons import editions
from lessons.models import Lesson
from lessons.progress import completions_of, percent
from portal.cohorts.belonging import Person
from portal.cohorts.dates import NONE, Dates
from portal.cohorts.lateness import ON_TIME, Item, Lateness, dated, lateness_of
from portal.cohorts.models import Cohort


@dataclass  # no slots: cached_property writes into __dict__
class Standing:
    """One learner in the cohort's courses. `seen_at` is the last sign of life; None: never here."""

    user: Person
    done: dict[int, datetime]  # when, by the ids of completed lessons
    lessons_total: int
    labs: dict[Lab, LabProgress]  # every lab of the courses, in order
    seen_at: datetime | None
    lateness: Lateness = ON_TIME

    @property
    def percent(self) -> int:
        """Of all lessons and labs together."""
        return percent(self.lessons_done + self.labs_passed, self.lessons_total + len(self.labs))

    @property
    def lessons_done(self) -> int:
        """As far as they count where something came late."""
        return len(self.done) - self.lateness.lost(Lesson)

    @property
    def lessons_percent(self) -> int:
        return percent(self.lessons_done, self.lessons_total)

    @cached_property
    def labs_passed(self) -> int:
        passed = sum(progress.passed for progress in self.labs.values())
        return passed - self.lateness.lost(Lab)

    @property
    def missing(self) -> tuple[Item, ...]:
        """What is due and not done."""
        return self.lateness.missing

    @property
    def labs_percent(self) -> int:
        return percent(self.labs_passed, len(self.labs))


def standings_of(
    learners: QuerySet[Any], *, lessons: list[Lesson], labs: list[Lab], dates: Dates = NONE
) -> list[Standing]:
    """Each of `learners` with all of the lessons and labs, by name."""
    courses = sorted({one.course_id for one in lessons} | {one.course_id for one in labs})
    found = list(with_signs_of_life(learners, courses).order_by("name", "email"))
    keys = [user.pk for user in found]
    done, progress = completions_of(keys, courses), lab_progress_of(keys, labs)
    due = dated([*lessons, *labs], dates)
    standings = [
        standing_of(
            user,
            done[user.pk],
            lessons,
            {lab: progress.get((user.pk, lab.pk), UNTOUCHED) for lab in labs},
        )
        for user in found
    ]
    if due:
        by_key, now = {one.pk: one for one in lessons}, timezone.now()
        for one in standings:
            when = done_in(one, by_key)
            one.lateness = lateness_of(one.user.pk, due, done=when, dates=dates, now=now)
    return standings


def standing_of(
    user: Person, done: dict[int, datetime], lessons: list[Lesson], labs: dict[Lab, LabProgress]
) -> Standing:
    return Standing(
        user=user,
        done=done,
        lessons_total=len(lessons),
        labs=labs,
        seen_at=max(signs_of_life(user, labs), default=None),
    )


def done_in(standing: Standing, lessons: dict[int, Lesson]) -> dict[Item, datetime]:
    """When each thing was done; a lab when the answer that passed was handed in."""
    done: dict[Item, datetime] = {
        lessons[pk]: at for pk, at in standing.done.items() if pk in lessons
    }
    done |= {lab: one.passed_at for lab, one in standing.labs.items() if one.passed_at}
    return done


def signs_of_life(user: Person, labs: dict[Lab, LabProgress]) -> Iterator[datetime]:
    """`user` comes from with_signs_of_life()."""
    own = (user.last_login, getattr(user, "place_at", None), getattr(user, "completed_at", None))
    yield from (when for when in own if when)
    yield from (progress.last_at for progress in labs.values() if progress.last_at)


def with_signs_of_life(learners: QuerySet[Any], courses: list[int]) -> QuerySet[Any]:
    found: QuerySet[Any] = learners.annotate(
        place_at=Max("places__seen_at", filter=Q(places__course__in=courses)),
        completed_at=Max(
            "completions__completed_at", filter=Q(completions__lesson__course__in=courses)
        ),
    )
    return found


def columns_of(cohort: Cohort) -> tuple[list[Lesson], list[Lab]]:
    """Of all its courses, as their readers see them: rows that are kept and must not be changed.
    One query."""
    courses = list(cohort.courses.order_by("title", "pk").values_list("pk", "edition"))
    lessons = [lesson for pk, name in courses for lesson in editions.load(pk, name).lessons]
    return lessons, [lab for pk, name in courses for lab in shelf_of(pk, name).labs]
