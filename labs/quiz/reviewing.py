"""What comes back to somebody over all their courses: what is due today, what later days bring.

One query, for the day and for the review. Which questions are asked at all, and in courses that
somebody still sees, is known without one (`sheets.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce

from labs.quiz.days import begin_of, end_of_today, today_of, zone_of
from labs.quiz.models import QuizAnswer, QuizCard
from labs.quiz.sheets import Asked, sheet_of
from lessons.compiled import Compiled
from lessons.people import User
from lessons.statements import SOME_TIME

SESSION = 10  # cards at a time
SECONDS = 30  # that one takes
FORECAST = 7  # days
ALL = timedelta(days=400)  # nothing comes back later than after a year (`schedule.py`)


@dataclass(frozen=True, slots=True)
class Coming:
    """What one of the next days brings."""

    day: date
    cards: int


@dataclass(frozen=True, eq=False)
class Queue:
    """`due`: the longest overdue first. `later`: the days on which the others come. `done`: how
    many were answered today."""

    today: date
    zone: tzinfo
    due: tuple[Asked, ...] = ()
    later: tuple[date, ...] = ()
    done: int = 0

    @property
    def is_paused(self) -> bool:
        """A session is over and more is due: it can wait."""
        return bool(self.due) and self.done > 0 and self.done % SESSION == 0

    def total(self, number: int) -> int:
        """Of the session that the day's card of this number is in."""
        end = -(-max(number, 1) // SESSION) * SESSION
        return min(end, self.done + len(self.due))

    @property
    def cards(self) -> int:
        """Of the next session."""
        return min(len(self.due), SESSION)

    @property
    def minutes(self) -> int:
        return -(-self.cards * SECONDS // 60)

    @property
    def forecast(self) -> list[Coming]:
        """Of tomorrow and the days after. What is left of today is there tomorrow."""
        counted = Counter(self.later)
        days = [self.today + timedelta(days=number) for number in range(1, FORECAST + 1)]
        counted[days[0]] += len(self.due)
        return [Coming(day, counted[day]) for day in days]

    def days_until(self, moment: datetime) -> int:
        return (moment.astimezone(self.zone).date() - self.today).days

    @property
    def is_quiet(self) -> bool:
        """Nothing comes in the days of the forecast."""
        return not any(one.cards for one in self.forecast)

    @property
    def next_day(self) -> date | None:
        return min(self.later, default=None)


def coming(user: int, since: datetime, until: datetime) -> Any:
    """Each with how many were answered `since`."""
    today = QuizAnswer.objects.counting().filter(user=user, in_review=True, answered_at__gte=since)
    done = today.order_by().values("user").annotate(number=Count("pk")).values("number")
    rows = QuizCard.objects.filter(user=user, due__lt=until).order_by("due", "pk")
    return rows.annotate(done=Coalesce(Subquery(done), 0)).values_list("question", "due", "done")


COMING = Compiled(coming, user=-1, since=SOME_TIME, until=SOME_TIME + ALL)


def due_today(user: User) -> Queue:
    """Without what comes later."""
    return queue_until(user, end_of_today(user))


def queue_of(user: User) -> Queue:
    return queue_until(user, end_of_today(user) + ALL)


def queue_until(user: User, until: datetime) -> Queue:
    today, tomorrow, zone = today_of(user), end_of_today(user), zone_of(user)
    rows = COMING.rows(user=user.pk, since=begin_of(today, user), until=until)
    known = [(asked, due) for pk, due, _done in rows if (asked := find(user, pk))]
    return Queue(
        today,
        zone,
        tuple(asked for asked, due in known if due < tomorrow),
        tuple(due.astimezone(zone).date() for _asked, due in known if due >= tomorrow),
        rows[0][2] if rows else 0,
    )


def find(user: User, question: int) -> Asked | None:
    """None where it is no longer asked, or of a course that they do not see."""
    sheets = (sheet_of(one.course, one.edition) for one in user.enrolments())
    return first(sheet.by_key.get(question) for sheet in sheets)


def first(found: Iterable[Asked | None]) -> Asked | None:
    return next((one for one in found if one), None)
