"""What becomes of checks when questions are asked in other lessons: lessons were merged or split.
Nothing is deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, QuerySet

from labs.quiz.checking_again import check_again, who_knows_enough, write_check
from labs.quiz.models import LessonCheck, QuizQuestion
from lessons.carrying import archived_twin, take_from_twin, twin_of
from lessons.models import Lesson

Places = Mapping[int, int]  # question → lesson


@dataclass(frozen=True, slots=True)
class Carried:
    """The keys of the checks that were written, and of the lessons that others were laid aside
    at, for the way back."""

    written: list[int] = field(default_factory=list)
    twins: list[int] = field(default_factory=list)

    def take_back(self) -> None:
        LessonCheck.objects.filter(pk__in=self.written).delete()
        for twin in Lesson.objects.filter(pk__in=self.twins):
            if lesson := twin_of(twin):
                take_from_twin(twin, lesson, LessonCheck)


def places_in(course: str) -> Places:
    asked = QuizQuestion.objects.live().filter(course__slug=course)
    return dict(asked.values_list("pk", "lesson"))


def carry_over(before: Places, after: Places) -> Carried:
    """`before`: where each question was asked when the checks were made."""
    carried = Carried()
    touched = {lesson for pk, lesson in before.items() if after.get(pk) != lesson}
    for lesson, parts in parts_of(before, after):
        carried.written.extend(complete(lesson, parts))
        if (merged := merged_into(lesson, before, after)) and (twin := lay_aside(lesson, merged)):
            carried.twins.append(twin.pk)
        touched.add(lesson.pk)
    check_again(touched)
    return carried


def parts_of(before: Places, after: Places) -> Iterator[tuple[Lesson, set[int]]]:
    """Each lesson that asks what another one asked, and all lessons whose questions it asks."""
    parts: dict[int, set[int]] = {}
    for pk, lesson in after.items():
        if pk in before:
            parts.setdefault(lesson, set()).add(before[pk])
    for lesson in Lesson.objects.filter(pk__in=parts).select_related("course"):
        if parts[lesson.pk] != {lesson.pk}:
            yield lesson, parts[lesson.pk]


def merged_into(lesson: Lesson, before: Places, after: Places) -> list[int]:
    """Lessons that are gone, and most of whose questions are asked here now."""
    had = Counter(before.values())
    came = Counter(old for pk, old in before.items() if after.get(pk) == lesson.pk != old)
    gone = Lesson.objects.filter(pk__in=came, archived_at__isnull=False)
    return [pk for pk in gone.values_list("pk", flat=True) if 2 * came[pk] > had[pk]]


def who_checked(parts: Collection[int]) -> QuerySet[Any, dict[str, Any]]:
    """Everybody who checked all of them, and when the last."""
    rows = LessonCheck.objects.filter(lesson__in=parts).order_by().values("user")
    return rows.annotate(parts=Count("pk"), at=Max("checked_at")).filter(parts=len(parts))


def complete(lesson: Lesson, parts: Collection[int]) -> Iterator[int]:
    """Who knew what each of its questions was part of knows them."""
    there = LessonCheck.objects.filter(lesson=lesson).values("user")
    for row in who_checked(parts).exclude(user__in=there):
        yield write_check(row["user"], lesson, row["at"]).pk


def lay_aside(lesson: Lesson, merged: Collection[int]) -> Lesson | None:
    """Of those who checked it, and not what was merged into it. That they checked what it was
    before is kept, at an archived lesson of its name."""
    partly = LessonCheck.objects.filter(lesson=lesson)
    partly = partly.exclude(user__in=who_checked(merged).values("user"))
    partly = partly.exclude(user__in=who_knows_enough(lesson))
    if not partly.exists():
        return None
    twin = archived_twin(lesson, lesson.title)
    partly.update(lesson=twin)
    return twin
