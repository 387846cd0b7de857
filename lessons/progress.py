"""How far people are. Pages read progress here and nowhere else, so that they all count alike.

What counts is a live lesson: a completion of an archived one is kept, but it is no part of the sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from lessons.compiled import Compiled
from lessons.editions import Edition, edition_of
from lessons.models import Completion, Course, Lesson, Place, Section
from lessons.people import User


@dataclass(frozen=True, slots=True)
class Stop:
    """Where to go on reading; `section` only when the learner stopped in the middle of a lesson."""

    lesson: Lesson
    section: Section | None = None
    was_there: bool = False  # they stopped in this lesson; else it is the next one

    @property
    def url(self) -> str:
        address = self.lesson.get_absolute_url()
        return f"{address}#{self.section.slug}" if self.section else address


class ReadingFacts(NamedTuple):
    """What a card says of somebody's reading: numbers alone, so that it can be kept."""

    done: int
    total: int
    percent: int


@dataclass(frozen=True, slots=True)
class CourseProgress:
    course: Course
    done: int
    total: int
    next: Stop | None  # None when everything is completed, or there is nothing to read
    edition: Edition | None = None
    completed: Mapping[int, datetime] = field(default_factory=dict)  # keys of live lessons, when
    place: Place | None = None

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return self.edition.lessons if self.edition else ()

    @property
    def open(self) -> tuple[Lesson, ...]:
        return tuple(lesson for lesson in self.lessons if lesson.pk not in self.completed)

    @property
    def percent(self) -> int:
        return percent(self.done, self.total)

    @property
    def facts(self) -> ReadingFacts:
        return ReadingFacts(self.done, self.total, self.percent)


def percent(done: int, total: int) -> int:
    """Whole percent: 100 only when everything is done, 0 only when nothing is."""
    if not total or not done:
        return 0
    return max(1, done * 100 // total)


COMPLETED = Compiled(
    lambda user: Completion.objects.filter(user=user).values_list("lesson_id", "completed_at"),
    user=-1,
)
PLACES = Compiled(
    lambda user: (
        Place.objects.filter(user=user)
        .select_related("section")
        .defer("section__text", "section__plain")
    ),
    user=-1,
)


def progress_of(user: User) -> list[CourseProgress]:
    """One entry for each course that `user` may read, in the order of their titles. Two queries,
    however many courses, and one for the courses of a user who did not bring them."""
    editions = [edition_of(enrolment) for enrolment in user.enrolments()]
    completed = dict(COMPLETED.rows(user=user.pk))
    places = {place.course_id: place for place in PLACES.rows(user=user.pk)}
    return [
        course_progress(
            edition,
            {pk: at for pk, at in completed.items() if pk in edition.keys},
            places.get(edition.course.pk),
        )
        for edition in editions
    ]


def place_in(edition: Edition, user: User) -> Place | None:
    """Where the user stopped. One query."""
    places = PLACES.rows(user=user.pk)
    return next((place for place in places if place.course_id == edition.course.pk), None)


def course_progress(
    edition: Edition, completed: Mapping[int, datetime], place: Place | None
) -> CourseProgress:
    return CourseProgress(
        course=edition.course,
        done=len(completed),
        total=len(edition.lessons),
        next=next_stop(edition.lessons, completed.keys(), place),
        edition=edition,
        completed=completed,
        place=place,
    )


def next_stop(lessons: tuple[Lesson, ...], completed: Set[int], place: Place | None) -> Stop | None:
    """The place itself while its lesson is open; else the first open lesson after it,
    or before it. `completed` are primary keys."""
    onward = from_place_on(lessons, place)
    lesson = next((lesson for lesson in onward if lesson.pk not in completed), None)
    if lesson is None:
        return None
    if place and place.lesson_id == lesson.pk:
        return Stop(lesson, live_section(place), was_there=True)
    return Stop(lesson)


def from_place_on(lessons: tuple[Lesson, ...], place: Place | None) -> tuple[Lesson, ...]:
    """All of them, beginning with the place's lesson; those before it come last."""
    keys = [lesson.pk for lesson in lessons]
    here = keys.index(place.lesson_id) if place and place.lesson_id in keys else 0
    return lessons[here:] + lessons[:here]


def live_section(place: Place) -> Section | None:
    """A section may have been archived, or moved to another lesson, since the learner read it."""
    section = place.section
    return (
        section
        if section and not section.archived_at and section.lesson_id == place.lesson_id
        else None
    )


# --- Of many people: the instructor's grid --------------------------------------------------------


Courses = Iterable[Course] | Iterable[int] | QuerySet[Course, Any]


def completions_of(
    users: Iterable[User] | Collection[int], courses: Courses
) -> dict[int, dict[int, datetime]]:
    """User id → ids of the live lessons they completed, and when; everybody asked for has an entry.
    One query."""
    ids = [user if isinstance(user, int) else user.pk for user in users]
    rows = Completion.objects.filter(
        user__in=ids, lesson__course__in=courses, lesson__archived_at__isnull=True
    )
    done: dict[int, dict[int, datetime]] = {user_id: {} for user_id in ids}
    for user_id, lesson_id, at in rows.values_list("user_id", "lesson_id", "completed_at"):
        done.setdefault(user_id, {})[lesson_id] = at
    return done


def places_of(users: Iterable[User] | Collection[int], courses: Courses) -> dict[int, Place]:
    """User id → where they stopped last in one of `courses` and when (`seen_at`), lesson and
    section loaded. One query."""
    ids = [user if isinstance(user, int) else user.pk for user in users]
    rows = Place.objects.filter(user__in=ids, course__in=courses).order_by("seen_at")
    found = rows.select_related("lesson__course", "section")
    return {place.user_id: place for place in found}
