"""What a user can say of the cohorts they belong to. Other apps ask here (`lessons/people.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

from labs.mastery import LessonStanding
from lessons.models import Course, Lesson
from lessons.people import CLICK, RULES, Due, Enrolment, SignedInRequest, User
from portal.cohorts.dates import Key, dates_of

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from portal.cohorts.models import Membership


class Person(User, Protocol):
    """A user as lists of people show them."""

    name: str
    email: str
    last_login: datetime | None

    @property
    def leads(self) -> bool: ...

    @property
    def may_open_cohorts(self) -> bool: ...


class StaffRequest(SignedInRequest):
    """A request whose user is asked about cohorts."""

    user: Person


INSTRUCTOR, ASSISTANT = "instructor", "assistant"  # portal.cohorts.models.Role
TEACHING = (INSTRUCTOR, ASSISTANT)
COURSE = ("pk", "slug", "edition", "title", "archived_at")
ENROLMENT = [*(f"cohort__courses__{name}" for name in COURSE)]
ENROLMENT += ["cohort", "cohort__dates_edition", "cohort__counts"]
ENROLMENT += ["cohort__archived_at", "pk", "role"]


def enrolments_in(rows: Iterable[tuple[Any, ...]]) -> tuple[Enrolment, ...]:
    """One for each live course, by title, from what ENROLMENT names of each membership
    and course. Whoever learns a course in several cohorts learns it in the first of `in_order`;
    of what completes a lesson there, the gentlest. The dates of an archived one hurry nobody."""
    found: dict[int, tuple[str, Enrolment]] = {}
    for key, slug, edition, title, _live, *membership in in_order(rows):
        known = found[key][1] if key in found else Enrolment(key, slug, edition, False)
        found[key] = title, with_membership(known, *membership)
    return tuple(enrolment for _title, enrolment in sorted(found.values()))


def with_membership(
    known: Enrolment, cohort: int, dates: str, counts: str, archived_at: Any, _pk: int, role: str
) -> Enrolment:
    """Live cohorts come first."""
    if role in TEACHING:
        return known._replace(teaches=True)
    if not known.crowd:
        return known._replace(crowd=cohort, dates="" if archived_at else dates, counts=counts)
    return known if archived_at else known._replace(counts=gentlest(known.counts, counts))


def gentlest(*rules: str) -> str:
    return min(rules, key=RULES.index)


def in_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Of live courses: live cohorts before archived ones, the newest membership first."""
    live = [row for row in rows if row[0] is not None and row[4] is None]
    return sorted(live, key=lambda row: (row[-3] is not None, -row[-2]))


class Belonging:
    """A part of the user model."""

    pk: int
    is_superuser: bool
    opens_cohorts: bool
    memberships: RelatedManager[Membership]
    enrolments_of_request: tuple[Enrolment, ...] | None = None
    leads_of_request: bool | None = None

    def enrolments(self) -> tuple[Enrolment, ...]:
        """The live courses that the user belongs to, by their titles. One query; none for the
        user of a request, who brings them along (portal/accounts/backend.py)."""
        if self.enrolments_of_request is None:
            return self.load_enrolments()
        return self.enrolments_of_request

    def load_enrolments(self) -> tuple[Enrolment, ...]:
        own = self.memberships.values_list(*ENROLMENT)
        return enrolments_in([*own, *self.administered()])

    def administered(self) -> Iterable[tuple[Any, ...]]:
        """An administrator sees every course, as if they taught it: rows as ENROLMENT names them.
        No query for anybody else."""
        if not self.is_superuser:
            return ()
        live = Course.objects.live().values_list(*COURSE)
        return [(*course, 0, "", CLICK, None, 0, INSTRUCTOR) for course in live]

    def course_keys(self) -> list[int]:
        """The primary keys of the live courses that the user belongs to."""
        return [enrolment.course for enrolment in self.enrolments()]

    def teaches(self, course: int) -> bool:
        """Whether the user teaches the course of this primary key."""
        return any(one.teaches for one in self.enrolments() if one.course == course)

    @property
    def leads(self) -> bool:
        """Whether the user teaches in some cohort, or may look at all of them: also one of an
        archived course, for its pages stay open to them."""
        if self.leads_of_request is None:
            return self.is_superuser or self.memberships.filter(role__in=TEACHING).exists()
        return self.leads_of_request

    def due(self, course: int, *keys: Key) -> Due | None:
        """No query, but for the first of the cohort after its dates changed."""
        for one in self.enrolments():
            if one.course == course and one.dates:
                return dates_of(one.crowd, one.dates).due(self.pk, *keys)
        return None

    @property
    def may_open_cohorts(self) -> bool:
        return self.is_superuser or self.opens_cohorts

    def rule(self, course: int) -> str:
        """What completes a lesson of this course for the user."""
        return next((one.counts for one in self.enrolments() if one.course == course), CLICK)

    def stands(self, lesson: Lesson) -> LessonStanding:
        """No query yet."""
        return LessonStanding(lesson, cast(User, self), self.rule(lesson.course_id))

    def crowd(self, course: int) -> int:
        """The cohort in which the user learns the course; 0 where there is none."""
        return sum(one.crowd for one in self.enrolments() if one.course == course)
