"""What is learned: lessons and labs, and to each lab the answers that are handed in."""

from __future__ import annotations

import random
from dataclasses import dataclass

from labs.models import Lab, Variant
from lessons.models import Course, Lesson
from portal.seeding.histories import Task
from portal.seeding.judged import ByVariant, judged_catalog
from portal.seeding.practice import original, practice_of

HARDEST = 3  # of Lab.difficulty


@dataclass(frozen=True, slots=True)
class Content:
    """`labs` are those with a task, in the same order; `variants` are of each lab."""

    courses: list[Course]
    lessons: list[Lesson]
    labs: list[Lab]
    variants: list[list[Variant]]
    tasks: list[Task]

    @property
    def hashes(self) -> dict[int, str]:
        return {lab.pk: lab.content_hash for lab in self.labs}


def content_of(course: Course, *, items: int, chance: random.Random) -> Content:
    """At least so many lessons and labs."""
    missing = items - course.lessons.live().count() - course.labs.live().count()
    courses = [course, practice_of(course, missing)] if missing > 1 else [course]
    answers = judged_catalog(set(course.labs.live().values_list("slug", flat=True)))
    labs = [lab for lab in labs_in_order(courses) if is_judged(lab, answers)]
    variants = [list(lab.variants.live()) for lab in labs]
    tasks = [
        task_of(lab, found, answers, chance) for lab, found in zip(labs, variants, strict=True)
    ]
    return Content(courses, lessons_in_order(courses), labs, variants, tasks)


def labs_in_order(courses: list[Course]) -> list[Lab]:
    return [lab for one in courses for lab in one.labs.live().order_by("position", "slug")]


def lessons_in_order(courses: list[Course]) -> list[Lesson]:
    order = ("module__position", "position")
    return [lesson for one in courses for lesson in one.lessons.live().order_by(*order)]


def is_judged(lab: Lab, answers: ByVariant) -> bool:
    return all((original(lab), variant.number) in answers for variant in lab.variants.live())


def task_of(lab: Lab, variants: list[Variant], answers: ByVariant, chance: random.Random) -> Task:
    return Task(
        lab.pk,
        min(1.0, lab.difficulty / HARDEST * chance.uniform(0.6, 1.2)),
        {variant.pk: answers[original(lab), variant.number] for variant in variants},
    )
