"""All labs of a user, as the list shows them: by course and module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.lab_state import UNTOUCHED, LabProgress
from labs.own_capstones import OwnCapstone
from labs.progress import OwnLab, own_progress
from labs.shelves import Shelf, shelf_of
from lessons.editions import edition_of
from lessons.models import Course, Module
from lessons.people import User


@dataclass(frozen=True, slots=True)
class OwnModule:
    """The labs of one module; those without a lesson stand on a group without one."""

    module: Module | None
    labs: list[OwnLab]


@dataclass(frozen=True, slots=True)
class CourseLabs:
    course: Course
    modules: list[OwnModule]
    capstones: list[OwnCapstone] = field(default_factory=list)

    @property
    def states(self) -> list[bool]:
        return [own.progress.passed for module in self.modules for own in module.labs]

    @property
    def passed(self) -> int:
        return sum(self.states)

    @property
    def total(self) -> int:
        return len(self.states)


def lab_list_of(user: User) -> list[CourseLabs]:
    """One query for any number of labs; a course without any is left out."""
    courses = [edition_of(enrolment).course for enrolment in user.enrolments()]
    shelves = [(course, shelf_of(course.pk, course.edition)) for course in courses]
    labs = [lab for _course, shelf in shelves for lab in shelf.labs]
    progress = own_progress(user, labs)
    return [
        CourseLabs(
            course,
            own_modules(shelf, progress),
            [OwnCapstone.of(one, progress) for one in shelf.capstones.values()],
        )
        for course, shelf in shelves
        if shelf.labs
    ]


def own_modules(shelf: Shelf, progress: Mapping[int, LabProgress]) -> list[OwnModule]:
    return [
        OwnModule(
            group.module, [OwnLab(lab, progress.get(lab.pk, UNTOUCHED)) for lab in group.labs]
        )
        for group in shelf.modules
    ]
