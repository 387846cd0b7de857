"""Who used to review what came back to them, and does no more: one query."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, QuerySet, Value
from django.db.models.functions import TruncDate

from labs.quiz.models import QuizAnswer, QuizCard
from portal.cohorts.models import Cohort
from portal.guidance.done import by_user

A_HABIT = 3  # days on which somebody reviewed: fewer were a try


def dropped_in(cohort: Cohort, now: datetime) -> dict[int, int]:
    """For how many days a learner's oldest card lay there and they answered none, where that is
    beyond the cohort's line."""
    line = now - timedelta(days=cohort.dropped_days)
    due: dict[int, datetime] = {}
    reviewed: dict[int, datetime] = {}
    for user, at, days in rows_of(cohort, line):
        if not days:
            due[user] = at
        elif days >= A_HABIT and at < line:
            reviewed[user] = at
    return {
        user: (now - max(due[user], reviewed[user])) // timedelta(days=1)
        for user in due.keys() & reviewed.keys()
    }


def rows_of(cohort: Cohort, line: datetime) -> QuerySet[Any, Any]:
    """The oldest card of each that lay there before the line, with 0 days; and the last review,
    with how many days had one."""
    courses = cohort.courses.values("pk")
    learners = {"user__in": cohort.learners.values("pk")}
    cards = QuizCard.objects.filter(
        **learners, due__lt=line, question__archived_at=None, question__course__in=courses
    )
    answers = QuizAnswer.objects.counting().filter(
        **learners, in_review=True, question__course__in=courses
    )
    return by_user(cards, at=Min("due"), days=Value(0)).union(
        by_user(
            answers,
            at=Max("answered_at"),
            days=Count(TruncDate("answered_at"), distinct=True),
        ),
        all=True,
    )
