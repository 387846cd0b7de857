"""What the learners of a cohort come to: one query, for a page of them or for a thousand.

Only what is wanted is asked. To show a page by name, the sums of a hundred are enough; to put the
least done first, lessons and labs of all have to be counted, but not who waits for a verdict. It
reads rows by indexes alone (`labs.models.Effort` is written with each verdict).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, Count, F, Func, IntegerField, Max, Q, QuerySet, Value

from labs.models import OPEN, Effort, Lab, State, Submission
from lessons.models import Completion, Lesson, Place
from portal.cohorts.at_once import at_once
from portal.cohorts.briefs import Brief
from portal.cohorts.content import Content, Target
from portal.cohorts.lateness import Item, lateness_of
from portal.cohorts.models import Cohort, Role
from portal.moments import Moment, moment_of

EFFORTS, READING, WAITING, PLACES, TARGET, FAULTS, DONE_LESSON, DONE_LAB = range(8)
Wanted = frozenset[int]
PROGRESS = Wanted({EFFORTS, READING})
ALL = Wanted({EFFORTS, READING, WAITING, PLACES})
MANY = 200  # learners
Users = Collection[int] | QuerySet[Any, Any] | Func


def add_sums(
    cohort: Cohort,
    content: Content,
    briefs: Collection[Brief],
    wanted: Wanted = ALL,
    target: Item | None = None,
) -> None:
    """Put what is wanted into `briefs`; with `target`, how each stands with that, too."""
    by_key = {one.pk: one for one in briefs}
    longer = content.dates.longer.keys() & by_key.keys() if wanted & PROGRESS else set()
    asked = list(questions(whose(cohort, by_key), content, wanted, target, longer))
    if asked and briefs:
        put_in(by_key, at_once(*asked), content, longer)


def whose(cohort: Cohort, keys: Collection[int]) -> Users:
    """Their keys, so that PostgreSQL looks for them in an index: of a condition it would not know
    how few they are, and read the rows of everybody. SQLite takes no list of any length, and looks
    there anyway."""
    if len(keys) <= MANY:
        return list(keys)
    if connection.vendor == "postgresql":
        return Unnested(keys)
    return cohort.memberships.filter(role=Role.LEARNER).values("user")


class Unnested(Func):
    """Many keys as one value: a place for each of a thousand takes longer to be filled than the
    rows to be found."""

    template = "(SELECT unnest(%(expressions)s))"

    def __init__(self, keys: Collection[int]) -> None:
        whole: BigIntegerField[int, int] = BigIntegerField()
        super().__init__(Value([*keys], output_field=ArrayField(whole)), output_field=whole)


def questions(
    users: Users, content: Content, wanted: Wanted, target: Item | None, longer: Iterable[int]
) -> Iterator[QuerySet[Any, Any]]:
    """Who, what it tells, five numbers, and when last (`portal/moments.py`)."""
    for tells in sorted(wanted):
        yield QUESTIONS[tells](users, content)
    if target is not None:
        yield from of_target(users, target)
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
    found: QuerySet[Any, Any] = asked.annotate(tells=told, **columns, at=Moment(at))
    return found


def efforts(users: Users, content: Content) -> QuerySet[Any, Any]:
    stuck = Q(passed_at__isnull=True, failed__gte=content.stuck_after)
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


def waiting(users: Users, _content: Content) -> QuerySet[Any, Any]:
    """Without a verdict, or with none to come."""
    faulted = Count("pk", filter=Q(state=State.FAULTED))
    return row(without_verdict(users), WAITING, faulted, at=Max("created_at"))


def without_verdict(users: Users) -> QuerySet[Submission]:
    """What is asked of them has to be in the index of a learner's answers."""
    return Submission.objects.filter(user__in=users, state__in=[*OPEN, State.FAULTED])


def places(users: Users, content: Content) -> QuerySet[Any, Any]:
    known = Place.objects.filter(user__in=users, course__in=content.course_keys)
    return row(known, PLACES, at=Max("seen_at"))


QUESTIONS: dict[int, Callable[[Users, Content], QuerySet[Any, Any]]] = {
    EFFORTS: efforts,
    READING: reading,
    WAITING: waiting,
    PLACES: places,
}


def of_target(users: Users, target: Item) -> Iterator[QuerySet[Any, Any]]:
    if isinstance(target, Lab):
        tried = Effort.objects.filter(user__in=users, lab=target.pk)
        yield row(tried, TARGET, F("failed"), at=F("passed_at"))
        faulted = without_verdict(users).filter(state=State.FAULTED, lab=target.pk)
        yield row(faulted, FAULTS, Count("pk"), at=Max("created_at"))
    else:
        read = Completion.objects.filter(user__in=users, lesson=target.pk)
        yield row(read, TARGET, at=F("completed_at"))


# --- Putting it in --------------------------------------------------------------------------------


def put_in(
    briefs: dict[int, Brief], rows: Iterable[tuple[Any, ...]], content: Content, longer: set[int]
) -> None:
    done: dict[int, dict[Item, datetime]] = {pk: {} for pk in longer}
    for pk, tells, *numbers, at in rows:
        if pk not in briefs:  # who joined since they were listed
            continue
        if tells in (DONE_LESSON, DONE_LAB):
            if item := content.item(tells == DONE_LAB, numbers[0]):
                done[pk][item] = moment_of(at)
        else:
            PUT[tells](briefs[pk], *numbers, at)
    for pk, items in done.items():
        count_extended(briefs[pk], items, content)


def put_efforts(
    one: Brief, passed: int, begun: int, stuck: int, failed: int, overdue: int, at: int
) -> None:
    one.passed, one.begun, one.stuck, one.failed = passed, begun, stuck, failed
    one.missing -= overdue
    one.see(at)


def put_reading(one: Brief, done: int, overdue: int, *rest: Any) -> None:
    one.done = done
    one.missing -= overdue
    one.see(rest[-1])


def put_waiting(one: Brief, faulted: int, *rest: Any) -> None:
    one.faulted = faulted
    one.see(rest[-1])


def put_place(one: Brief, *rest: Any) -> None:
    one.see(rest[-1])


def put_target(one: Brief, failed: int, *rest: Any) -> None:
    at = rest[-1]
    one.target = Target(failed, None if at is None else moment_of(at))


def put_faults(one: Brief, faults: int, *_rest: Any) -> None:
    one.faulted_here = faults


PUT: dict[int, Callable[..., None]] = {
    EFFORTS: put_efforts,
    READING: put_reading,
    WAITING: put_waiting,
    PLACES: put_place,
    TARGET: put_target,
    FAULTS: put_faults,
}


def count_extended(one: Brief, done: dict[Item, datetime], content: Content) -> None:
    """Somebody with a date of their own, item by item."""
    found = lateness_of(one.pk, content.due, done=done, dates=content.dates, now=content.now)
    one.missing = len(found.missing)
    one.done = sum(isinstance(item, Lesson) for item in done) - found.lost(Lesson)
    one.passed = sum(isinstance(item, Lab) for item in done) - found.lost(Lab)
