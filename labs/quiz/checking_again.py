"""Who knows enough of what a lesson asks by now: a question left, or went to another lesson."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Sum
from django.utils import timezone

from labs.quiz.models import ENOUGH, NEARLY, LessonCheck, QuizCard, QuizQuestion
from labs.reached import lesson_checked
from lessons.models import Lesson


def check_again(lessons: Collection[int]) -> None:
    """Nobody has to answer anything once more to have it said. Nobody loses a check either."""
    for lesson in Lesson.objects.live().filter(pk__in=lessons).select_related("course"):
        asked = QuizQuestion.objects.live().filter(lesson=lesson)
        total = asked.count()
        known = QuizCard.objects.filter(question__in=asked, answers__gt=0).order_by()
        sums = known.values("user").annotate(number=Count("pk"), sum=Sum("counted"))
        enough = sums.filter(number=total, sum__gte=ENOUGH * total - NEARLY)
        there = LessonCheck.objects.filter(lesson=lesson).values("user")
        for user in enough.exclude(user__in=there).values_list("user", flat=True):
            write_check(user, lesson)


def write_check(user: int, lesson: Lesson) -> None:
    LessonCheck.objects.get_or_create(
        user_id=user, lesson=lesson, defaults={"checked_at": timezone.now()}
    )
    lesson_checked.send(sender=LessonCheck, user=user, lesson=lesson)
