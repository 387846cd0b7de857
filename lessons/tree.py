"""A course as one learner sees it: modules, lessons, ticks. Two pages show it and one POST
refreshes it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from lessons.models import Course, Lesson, Module
from lessons.people import User
from lessons.progress import percent


@dataclass(frozen=True, slots=True)
class Branch:
    module: Module
    lessons: list[Lesson]  # each with `.completed`

    @property
    def done(self) -> int:
        return sum(lesson.completed for lesson in self.lessons)

    @property
    def total(self) -> int:
        return len(self.lessons)

    @property
    def percent(self) -> int:
        return percent(self.done, self.total)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class Tree:
    course: Course
    branches: list[Branch]

    @property
    def lessons(self) -> list[Lesson]:
        return [lesson for branch in self.branches for lesson in branch.lessons]

    @property
    def done(self) -> int:
        return sum(branch.done for branch in self.branches)

    @property
    def total(self) -> int:
        return len(self.lessons)

    @property
    def percent(self) -> int:
        return percent(self.done, self.total)

    @property
    def minutes(self) -> int:
        return sum(branch.minutes for branch in self.branches)

    def neighbours(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lesson before and the one after."""
        row = [None, *self.lessons, None]
        index = row.index(lesson)
        return row[index - 1], row[index + 1]


def course_tree(course: Course, user: User) -> Tree:
    """One query."""
    rows = (
        course.lessons.live()
        .select_related("module")
        .defer("html", "contents")
        .with_completed(user)
    )
    lessons = sorted(rows, key=lambda lesson: (lesson.module.position, lesson.position))
    for lesson in lessons:
        lesson.course = course  # addresses need its slug; this saves a query each
    return Tree(
        course,
        [Branch(module, list(group)) for module, group in groupby(lessons, lambda row: row.module)],
    )
