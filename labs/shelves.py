"""All labs of a user, as the list shows them: by course and module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Prefetch

from labs.models import Lab
from labs.progress import with_progress
from lessons.models import Course, Module, Section, User


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
    """Three queries for any number of labs."""
    sections = (
        Section.objects.live().select_related("lesson__module").order_by("position").defer("text", "lesson__html")
    )
    labs = (
        Lab.objects.visible_to(user).select_related("course").order_by("course__title", "course_id", "position", "slug")
    )
    found = with_progress(labs.prefetch_related(Prefetch("sections", queryset=sections)), user)
    return [course_shelves(course, list(group)) for course, group in groupby(found, key=lambda lab: lab.course)]


def course_shelves(course: Course, labs: list[Lab]) -> CourseShelves:
    passed = sum(lab.progress.passed for lab in labs)  # type: ignore[attr-defined]
    return CourseShelves(course, by_module(labs), passed, len(labs))


def by_module(labs: Iterable[Lab]) -> list[Shelf]:
    shelves: dict[int | None, Shelf] = {}
    for lab in labs:
        sections = lab.sections.all()
        module = sections[0].lesson.module if sections else None
        shelves.setdefault(module.pk if module else None, Shelf(module)).labs.append(lab)
    return sorted(
        shelves.values(), key=lambda shelf: (shelf.module is None, shelf.module.position if shelf.module else 0)
    )
