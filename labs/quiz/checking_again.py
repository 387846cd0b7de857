"""Who knows enough of what a lesson asks by now: a question left, or went to another lesson."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from labs.quiz.models import ENOUGH, NEARLY, LessonCheck, QuizCard, QuizQuestion
from labs.reached import lesson_checked
from lessons.models import Lesson


def check_again(lessons: Collection[int]) -> None:
    """Nobody has to answer anything once more to have it said. Nobody loses a check either."""
    for lesson in Lesson.objects.live().filter(pk__in=lessons).select_related("course"):
        there = LessonCheck.objects.filter(lesson=lesson).values("user")
        for user in who_knows_enough(lesson).exclude(user__in=there):
            write_check(user, lesson)


def who_knows_enough(lesson: Lesson) -> QuerySet[Any, Any]:
    """The keys of everybody who answered all that it asks, and enough of it right."""
    asked = QuizQuestion.objects.live().filter(lesson=lesson)
    total = asked.count()
    known = QuizCard.objects.filter(question__in=asked, answers__gt=0).order_by()
    sums = known.values("user").annotate(number=Count("pk"), sum=Sum("counted"))
    enough = sums.filter(number=total, sum__gte=ENOUGH * total - NEARLY)
    return enough.values_list("user", flat=True)


def write_check(user: int, lesson: Lesson, at: datetime | None = None) -> LessonCheck:
    """`at`: where it was reached earlier."""
    row, _is_new = LessonCheck.objects.get_or_create(
        user_id=user, lesson=lesson, defaults={"checked_at": at or timezone.now()}
    )
    lesson_checked.send(sender=LessonCheck, user=user, lesson=lesson)
    return row
