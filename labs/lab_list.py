"""All labs of a user, as the list shows them: by course and module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from labs.models import Lab
from labs.progress import with_progress
from lessons.models import Course, Module
from lessons.people import User


@dataclass(slots=True)
class ModuleLabs:
    """The labs of one module; those without a lesson stand on a group without one."""

    module: Module | None
    labs: list[Lab] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CourseLabs:
    course: Course
    modules: list[ModuleLabs]
    passed: int
    total: int


def lab_list_of(user: User) -> list[CourseLabs]:
    """Two queries for any number of labs."""
    labs = Lab.objects.visible_to(user).select_related("course", "home__lesson__module")
    lean = labs.defer("home__text", "home__lesson__html", "home__lesson__contents")
    found = with_progress(lean.order_by("course__title", "course_id", "position", "slug"), user)
    return [
        labs_of_course(course, list(group))
        for course, group in groupby(found, key=lambda lab: lab.course)
    ]


def labs_of_course(course: Course, labs: list[Lab]) -> CourseLabs:
    passed = sum(lab.progress.passed for lab in labs)
    return CourseLabs(course=course, modules=by_module(labs), passed=passed, total=len(labs))


def by_module(labs: Iterable[Lab]) -> list[ModuleLabs]:
    groups: dict[int | None, ModuleLabs] = {}
    for lab in labs:
        module = lab.home.lesson.module if lab.home and lab.home.archived_at is None else None
        groups.setdefault(module.pk if module else None, ModuleLabs(module)).labs.append(lab)
    return sorted(
        groups.values(),
        key=lambda group: (group.module is None, group.module.position if group.module else 0),
    )
