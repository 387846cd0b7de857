"""On which days somebody learned, and how long that has gone on: counted from what they did, so
that nothing can drift from it. A day is the learner's own, by the time zone of their profile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from django.db.models import BooleanField, Max, Min, QuerySet, TextField, Value
from django.db.models.functions import Cast, Substr

from labs.models import Submission
from labs.quiz.days import begin_of, today_of, zone_of
from labs.quiz.models import PracticeAnswer, QuizAnswer
from lessons.compiled import Compiled
from lessons.models import Completion
from lessons.people import User
from lessons.statements import SOME_TIME

WEEKS = 12  # how far is looked back; who learned for longer is told that, and no number
DAY, MINUTE = len("2026-11-26"), len("2026-11-26 12:00")
FREE = 2  # days in between that end nothing


class Run(NamedTuple):
    """So many days of learning with no more than FREE days between one and the next. It goes on
    while somebody who learns today would continue it."""

    days: int = 0
    is_long: bool = False  # it began before we look

    @property
    def is_shown(self) -> bool:
        """One day is no run yet; of one that ended nothing is said."""
        return self.days > 1


class LearningDays(NamedTuple):
    today: date
    learned: frozenset[date] = frozenset()
    reviewed: frozenset[date] = frozenset()

    @property
    def run(self) -> Run:
        days = 0
        last = self.today
        for day in sorted(self.learned, reverse=True):
            if (last - day).days - 1 > FREE:
                return Run(days)
            days, last = days + 1, day
        return Run(days, is_long=(last - self.begin).days <= FREE)

    @property
    def begin(self) -> date:
        return self.today - timedelta(weeks=WEEKS)

    def reviewed_since(self, day: date) -> int:
        return sum(one >= day for one in self.reviewed)


def learning_days(user: User) -> LearningDays:
    """One query, none for those who have nothing to learn."""
    today, zone = today_of(user), zone_of(user)
    days = LearningDays(today)
    if not user.enrolments():
        return days
    rows = DONE.rows(user=user.pk, since=begin_of(days.begin, user))
    found = [(day_of(text, zone), is_review) for is_review, *both in rows for text in both]
    return days._replace(
        learned=frozenset(day for day, _is_review in found),
        reviewed=frozenset(day for day, is_review in found if is_review),
    )


def day_of(minute: str, zone: tzinfo) -> date:
    return datetime.fromisoformat(minute).replace(tzinfo=UTC).astimezone(zone).date()


def done(user: int, since: datetime) -> QuerySet[Any, Any]:
    """Questions, practice, labs, lessons. An answer is claimed soon after it is handed in, and
    there is an index of that."""
    answers = QuizAnswer.objects.counting().filter(user=user, answered_at__gte=since)
    practice = PracticeAnswer.objects.filter(user=user, answered_at__gte=since)
    labs = Submission.objects.filter(user=user, claimed_at__gte=since)
    lessons = Completion.objects.filter(user=user, completed_at__gte=since)
    others = [(practice, "answered_at"), (labs, "created_at"), (lessons, "completed_at")]
    never = Value(False, output_field=BooleanField())
    return by_day(answers.values("in_review"), "answered_at", "in_review").union(
        *(by_day(rows.annotate(no=never).values("no"), at, "no") for rows, at in others), all=True
    )


def by_day(rows: QuerySet[Any, Any], at: str, kind: str) -> QuerySet[Any, Any]:
    """Of each day of UTC the first and the last minute: it reaches into two days of any other time
    zone, and these are the ends of it. As text, because functions of dates, and dates that become
    Python's, take longer than all the rest on SQLite."""
    days = rows.order_by().annotate(day=text_of(at, DAY)).values(kind, "day")
    ends: QuerySet[Any, Any] = days.annotate(
        first=text_of(Min(at), MINUTE), last=text_of(Max(at), MINUTE)
    )
    return ends.values_list(kind, "first", "last")


def text_of(moment: str | Min | Max, length: int) -> Substr:
    """In UTC, as all connections are."""
    return Substr(Cast(moment, TextField()), 1, length)


DONE = Compiled(done, user=-1, since=SOME_TIME)
