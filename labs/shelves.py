"""All labs of a user, as the list shows them: by course and module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from labs.models import Lab
from labs.progress import with_progress
from lessons.models import Course, Module, User


@dataclass(slots=True)
class Shelf:
    """The labs of one module; those without a lesson stand on a shelf without one."""

    module: Module | None
    labs: list[Lab] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CourseShelves:
    course: Course
    shelves: list[Shelf]
    passed: int
    total: int


def shelves_of(user: User) -> list[CourseShelves]:
    """Two queries for any number of labs."""
    labs = Lab.objects.visible_to(user).select_related("course", "home__lesson__module")
    lean = labs.defer("home__text", "home__lesson__html", "home__lesson__contents")
    found = with_progress(lean.order_by("course__title", "course_id", "position", "slug"), user)
    return [
        course_shelves(course, list(group))
        for course, group in groupby(found, key=lambda lab: lab.course)
    ]


def course_shelves(course: Course, labs: list[Lab]) -> CourseShelves:
    passed = sum(lab.progress.passed for lab in labs)  # type: ignore[attr-defined]
    return CourseShelves(course, by_module(labs), passed, len(labs))


def by_module(labs: Iterable[Lab]) -> list[Shelf]:
    shelves: dict[int | None, Shelf] = {}
    for lab in labs:
        module = lab.home.lesson.module if lab.home and lab.home.archived_at is None else None
        shelves.setdefault(module.pk if module else None, Shelf(module)).labs.append(lab)
    return sorted(
        shelves.values(),
        key=lambda shelf: (shelf.module is None, shelf.module.position if shelf.module else 0),
    )
