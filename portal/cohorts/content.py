"""What a cohort learns, and what of it is due: the columns of its grid, without a query once it was
read (`lessons/editions.py`, `dates.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from labs.mastery import homes_of
from labs.models import Lab
from labs.shelves import module_of
from lessons.models import Course, Lesson
from portal.cohorts.dates import Dates, Key, dates_of
from portal.cohorts.lateness import Item, dated
from portal.cohorts.models import Cohort
from portal.cohorts.standing import columns_of

NOWHERE = Q(pk__in=[])


class Column(NamedTuple):
    """An item by its key: a row of the database is not worth being hashed ten thousand times."""

    is_lab: bool
    pk: int


@dataclass(frozen=True, slots=True)
class Group:
    """A module's columns: its lessons, then its labs."""

    title: str
    slug: str
    course: Course
    items: list[Item]
    language: str = ""  # of the title; none where the title is the portal's own

    @property
    def by_key(self) -> list[tuple[str, Item]]:
        return [(key_of(item), item) for item in self.items]


@dataclass(frozen=True, slots=True)
class Target:
    """How somebody stands with one item: how often it failed, and when it was done."""

    failed: int
    done_at: datetime | None


def column_of(item: Item) -> Column:
    return Column(isinstance(item, Lab), item.pk)


def key_of(item: Item) -> str:
    """As addresses and forms call it."""
    return f"lab-{item.pk}" if isinstance(item, Lab) else f"lesson-{item.pk}"


@dataclass(frozen=True)  # no slots: cached_property writes into __dict__
class Content:
    lessons: list[Lesson]
    labs: list[Lab]
    dates: Dates
    now: datetime
    stuck_after: int  # failed answers to one lab

    @property
    def total(self) -> int:
        return len(self.lessons) + len(self.labs)

    @cached_property
    def courses(self) -> list[Course]:
        return list(dict.fromkeys(item.course for item in self.items))

    @cached_property
    def course_keys(self) -> list[int]:
        return [course.pk for course in self.courses]

    @cached_property
    def lesson_keys(self) -> list[int]:
        return [lesson.pk for lesson in self.lessons]

    @cached_property
    def lab_keys(self) -> list[int]:
        return [lab.pk for lab in self.labs]

    @cached_property
    def items(self) -> list[Item]:
        return [*self.lessons, *self.labs]

    @cached_property
    def by_key(self) -> dict[str, Item]:
        return {key_of(item): item for item in self.items}

    def item(self, is_lab: bool, pk: int) -> Item | None:
        return self.by_key.get(f"lab-{pk}" if is_lab else f"lesson-{pk}")

    @cached_property
    def groups(self) -> list[Group]:
        return groups_of(self.lessons, self.labs)

    @cached_property
    def homes(self) -> dict[int, tuple[int, ...]]:
        """The labs that are at home in a lesson, by keys."""
        found = homes_of(self.lessons)
        return {key: tuple(lab.pk for lab in labs) for key, labs in found.items()}

    def columns(self, *, course: str, module: str) -> list[Group]:
        return [
            group
            for group in self.groups
            if course in ("", group.course.slug) and module in ("", group.slug)
        ]

    # What is due

    @cached_property
    def due(self) -> list[tuple[Item, Key]]:
        return dated(self.items, self.dates) if self.dates else []

    @cached_property
    def due_columns(self) -> list[tuple[Column, Key]]:
        return [(column_of(item), key) for item, key in self.due]

    @property
    def overdue(self) -> int:
        return len(self.overdue_lessons) + len(self.overdue_labs)

    @cached_property
    def overdue_lessons(self) -> list[int]:
        return [item.pk for item in self.past_due if isinstance(item, Lesson)]

    @cached_property
    def overdue_labs(self) -> list[int]:
        return [item.pk for item in self.past_due if isinstance(item, Lab)]

    @cached_property
    def past_due(self) -> list[Item]:
        return [item for item, key in self.due if self.dates.at[key] < self.now]

    def late_lessons(self) -> Q:
        """Completions that do not count, because they came late."""
        return self.late(Lesson, "lesson__in", "completed_at__gt")

    def late_labs(self) -> Q:
        return self.late(Lab, "lab__in", "passed_at__gt")

    def late(self, kind: type[Item], of: str, after: str) -> Q:
        found = NOWHERE
        if not self.dates.counts:
            for at, keys in self.by_date(kind).items():
                found |= Q(**{of: keys, after: at})
        return found

    def by_date(self, kind: type[Item]) -> dict[datetime, list[int]]:
        found: dict[datetime, list[int]] = {}
        for item, key in self.due:
            if isinstance(item, kind):
                found.setdefault(self.dates.at[key], []).append(item.pk)
        return found


def content_of(cohort: Cohort) -> Content:
    """One query."""
    lessons, labs = columns_of(cohort)
    dates = dates_of(cohort.pk, cohort.dates_edition)
    return Content(lessons, labs, dates, timezone.now(), cohort.stuck_after)


def groups_of(lessons: list[Lesson], labs: list[Lab]) -> list[Group]:
    """In the order of the course; labs that belong to no lesson come last."""
    groups = []
    for module, members in groupby(lessons, key=lambda lesson: lesson.module):
        own = list(members)
        items: list[Item] = [*own, *(lab for lab in labs if module_of(lab) == module)]
        groups.append(Group(module.title, module.slug, own[0].course, items, module.language))
    placed = {item for group in groups for item in group.items}
    return [*groups, *others_of(lab for lab in labs if lab not in placed)]


def others_of(labs: Iterable[Lab]) -> list[Group]:
    found = groupby(labs, key=lambda lab: lab.course)
    return [Group(_("Other labs"), "other", course, [*own]) for course, own in found]
