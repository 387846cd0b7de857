"""Everybody of a cohort, one short line each: enough to choose and to order by. How somebody stands
with each lesson and lab is asked for those alone who are shown (`cells.py`).

Two queries for three learners or a thousand: who they are, and what they come to. The second reads
rows of theirs by indexes alone (`labs.models.Effort` is written with each verdict).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, IntegerField, Max, Q, QuerySet, Value
from django.utils import timezone

from labs.models import OPEN, Effort, Lab, State, Submission
from lessons.models import Completion, Lesson, Place
from lessons.progress import percent
from portal.cohorts.at_once import at_once
from portal.cohorts.content import Content, Target
from portal.cohorts.lateness import Item, lateness_of
from portal.cohorts.models import Cohort, Membership, Role
from portal.cohorts.standing import AWAY, STUCK_ATTEMPTS

EFFORTS, READING, WAITING, PLACES, TARGET, DONE_LESSON, DONE_LAB = range(7)
MANY = 2_000  # learners
Users = Collection[int] | QuerySet[Any, Any]
WHO = ("user", "user__name", "user__email", "user__last_login", "labels")


@dataclass(slots=True)
class Brief:
    """A learner. `done` lessons and `passed` labs are as far as they count; `begun` labs, `stuck`
    ones among them, and the most that one of those `failed`."""

    pk: int
    name: str
    email: str
    seen_at: datetime | None
    labels: str = ""
    total: int = 0
    done: int = 0
    passed: int = 0
    begun: int = 0
    stuck: int = 0
    failed: int = 0
    faulted: int = 0
    missing: int = 0
    target: Target | None = None

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def percent(self) -> int:
        return percent(self.done + self.passed, self.total)

    @property
    def is_away(self) -> bool:
        return self.seen_at is None or self.seen_at < timezone.now() - AWAY

    @property
    def is_new(self) -> bool:
        return not (self.done or self.begun)

    def see(self, at: datetime | None) -> None:
        if at and (self.seen_at is None or at > self.seen_at):
            self.seen_at = at


def briefs_of(cohort: Cohort, content: Content, target: Item | None = None) -> list[Brief]:
    """By name. With `target`, each says how they stand with that, too."""
    members = cohort.memberships.filter(role=Role.LEARNER)
    rows = members.order_by("user__name", "user__email").values_list(*WHO)
    briefs = {
        pk: Brief(pk, name, email, login, labels, content.total)
        for pk, name, email, login, labels in rows
    }
    longer = content.dates.longer.keys() & briefs.keys()
    found = at_once(*questions(whose(members, briefs), content, target, longer))
    put_in(briefs, found, content, longer)
    return list(briefs.values())


def whose(members: QuerySet[Membership], keys: Collection[int]) -> Users:
    """Their keys, so that PostgreSQL looks for them in an index: of a condition it would not know
    how few they are, and read the rows of everybody. SQLite looks there anyway, and takes no list
    of any length."""
    is_list = connection.vendor == "postgresql" and len(keys) <= MANY
    return list(keys) if is_list else members.values("user")


def questions(
    users: Users, content: Content, target: Item | None, longer: Iterable[int]
) -> Iterator[QuerySet[Any, Any]]:
    """Who, what it tells, five numbers, and when last."""
    yield efforts(users, content)
    yield reading(users, content)
    yield waiting(users)
    yield row(
        Place.objects.filter(user__in=users, course__in=content.course_keys),
        PLACES,
        at=Max("seen_at"),
    )
    if target is not None:
        yield of_target(users, target)
    if longer:
        done = Completion.objects.filter(user__in=longer)
        yield row(done, DONE_LESSON, F("lesson"), at=F("completed_at"))
        passed = Effort.objects.filter(user__in=longer, passed_at__isnull=False)
        yield row(passed, DONE_LAB, F("lab"), at=F("passed_at"))


def row(rows: QuerySet[Any, Any], tells: int, *numbers: Any, at: Any) -> QuerySet[Any, Any]:
    missing = [Value(0)] * (5 - len(numbers))
    columns = {f"n{n}": one for n, one in enumerate([*numbers, *missing])}
    told = Value(tells, output_field=IntegerField())
    asked = rows.order_by().values_list("user")
    found: QuerySet[Any, Any] = asked.annotate(tells=told, **columns, at=at)
    return found


def efforts(users: Users, content: Content) -> QuerySet[Any, Any]:
    stuck = Q(passed_at__isnull=True, failed__gte=STUCK_ATTEMPTS)
    return row(
        Effort.objects.filter(user__in=users, lab__in=content.lab_keys),
        EFFORTS,
        Count("passed_at", filter=~content.late_labs()),
        Count("pk"),
        Count("pk", filter=stuck),
        Max("failed", filter=stuck, default=0),
        Count("passed_at", filter=Q(lab__in=content.overdue_labs)),
        at=Max("last_at"),
    )


def reading(users: Users, content: Content) -> QuerySet[Any, Any]:
    return row(
        Completion.objects.filter(user__in=users, lesson__in=content.lesson_keys),
        READING,
        Count("pk", filter=~content.late_lessons()),
        Count("pk", filter=Q(lesson__in=content.overdue_lessons)),
        at=Max("completed_at"),
    )


def waiting(users: Users) -> QuerySet[Any, Any]:
    """Without a verdict, or with none to come."""
    faulted = Count("pk", filter=Q(state=State.FAULTED))
    return row(without_verdict(users), WAITING, faulted, at=Max("created_at"))


def without_verdict(users: Users) -> QuerySet[Submission]:
    """What is asked of them has to be in the index of a learner's answers."""
    return Submission.objects.filter(user__in=users, state__in=[*OPEN, State.FAULTED])


def of_target(users: Users, target: Item) -> QuerySet[Any, Any]:
    if isinstance(target, Lab):
        tried = Effort.objects.filter(user__in=users, lab=target.pk)
        return row(tried, TARGET, F("failed"), at=F("passed_at"))
    read = Completion.objects.filter(user__in=users, lesson=target.pk)
    return row(read, TARGET, at=F("completed_at"))


def put_in(
    briefs: dict[int, Brief], rows: Iterable[tuple[Any, ...]], content: Content, longer: set[int]
) -> None:
    done: dict[int, dict[Item, datetime]] = {pk: {} for pk in longer}
    for one in briefs.values():
        one.missing = content.overdue
    for pk, tells, *numbers, at in rows:
        one = briefs[pk]
        if tells in NUMBERS:
            NUMBERS[tells](one, *numbers)
        if tells in (DONE_LESSON, DONE_LAB):
            if item := content.item(tells == DONE_LAB, numbers[0]):
                done[pk][item] = at
        elif tells == TARGET:
            one.target = Target(numbers[0], at)
        else:
            one.see(at)
    for pk, items in done.items():
        count_extended(briefs[pk], items, content)


def put_efforts(one: Brief, passed: int, begun: int, stuck: int, failed: int, overdue: int) -> None:
    one.passed, one.begun, one.stuck, one.failed = passed, begun, stuck, failed
    one.missing -= overdue


def put_reading(one: Brief, done: int, overdue: int, *_none: int) -> None:
    one.done = done
    one.missing -= overdue


def put_waiting(one: Brief, faulted: int, *_none: int) -> None:
    one.faulted = faulted


NUMBERS: dict[int, Any] = {EFFORTS: put_efforts, READING: put_reading, WAITING: put_waiting}


def count_extended(one: Brief, done: dict[Item, datetime], content: Content) -> None:
    """Somebody with a date of their own, item by item."""
    found = lateness_of(one.pk, content.due, done=done, dates=content.dates, now=content.now)
    one.missing = len(found.missing)
    one.done = sum(isinstance(item, Lesson) for item in done) - found.lost(Lesson)
    one.passed = sum(isinstance(item, Lab) for item in done) - found.lost(Lab)
