"""What becomes of completions and places when lessons were split or merged. Nothing is deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Max, Model, OuterRef, QuerySet, Subquery
from django.utils import timezone

from lessons.matching import OldLesson
from lessons.models import Completion, Course, Lesson, Place, Section
from lessons.plan import Completed, LessonChange

TWIN = re.compile(r"was-(?P<key>\d+)-until-\d+")


def count_completed(parts: Sequence[OldLesson]) -> Completed:
    keys: list[Any] = [part.key for part in parts]
    some = Completion.objects.filter(lesson__in=keys).values("user").distinct().count()
    whole = who_completed(keys).count()
    return Completed(whole=whole, partly=some - whole)


def who_completed(lessons: Sequence[Any]) -> QuerySet[Any, dict[str, Any]]:
    """Everybody who completed all of them, and when the last."""
    rows = Completion.objects.filter(lesson__in=lessons).order_by().values("user")
    return rows.annotate(parts=Count("pk"), at=Max("completed_at")).filter(parts=len(lessons))


def carry_over(
    course: Course, changes: Sequence[LessonChange], written: Mapping[str, Lesson]
) -> None:
    """`written`: new slug → its row. What was split is counted before anything is merged."""
    for change in changes:
        if change.new and change.is_split:
            complete(written[change.new.slug], [part.key for part in change.parts])
    for change in changes:
        if change.new and change.old and "merged" in change.kinds:
            others = [part.key for part in change.parts if part != change.old]
            open_again(written[change.new.slug], others, title=change.old.title)
    follow_sections(course)
    for change in changes:
        if change.old and change.into:
            follow(change.old, written[change.into[0].slug])


def complete(lesson: Lesson, parts: Sequence[Any]) -> None:
    rows = [
        Completion(lesson=lesson, user_id=row["user"], completed_at=row["at"])
        for row in who_completed(parts)
    ]
    Completion.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def open_again(lesson: Lesson, others: Sequence[Any], *, title: str) -> None:
    """For those who have not completed `others` as well. That they completed what it was before is
    kept, at an archived lesson of its old name."""
    partly = Completion.objects.filter(lesson=lesson)
    partly = partly.exclude(user__in=who_completed(others).values("user"))
    if partly.exists():
        partly.update(lesson=archived_twin(lesson, title))


def archived_twin(lesson: Lesson, title: str) -> Lesson:
    now = timezone.now()
    return Lesson.objects.create(
        course=lesson.course,
        module=lesson.module,
        slug=f"was-{lesson.pk}-until-{now:%Y%m%d%H%M%S%f}",
        title=title,
        position=lesson.position,
        updated_at=now,
        archived_at=now,
    )


def twin_of(lesson: Lesson) -> int | None:
    """The key of the one whose completions were laid aside here."""
    found = TWIN.fullmatch(lesson.slug)
    return int(found["key"]) if found else None


def take_from_twin(twin: Lesson, lesson: int, model: type[Model] = Completion) -> None:
    """Who completed it anew meanwhile keeps that."""
    rows = model._default_manager
    anew = rows.filter(lesson=lesson).values("user")
    rows.filter(lesson=twin).exclude(user__in=anew).update(lesson=lesson)


def follow(gone: OldLesson, lesson: Lesson) -> None:
    """Who stopped at its beginning, or in a section that is gone as well."""
    key: Any = gone.key
    Place.objects.filter(lesson=key).update(lesson=lesson)


def follow_sections(course: Course) -> None:
    """Who stopped in a section goes on reading where it is now."""
    moved = Place.objects.filter(course=course, section__archived_at__isnull=True)
    moved = moved.exclude(section=None).exclude(lesson=F("section__lesson"))
    here = Section.objects.filter(pk=OuterRef("section")).values("lesson")
    moved.update(lesson=Subquery(here))
