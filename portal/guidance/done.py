"""What the learners of a cohort did, as far as the database counts it: three queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Value

from labs.models import Effort, Lab
from labs.models.efforts import EffortQuerySet
from lessons.models import Completion, Lesson
from portal.cohorts.dates import Dates, Key
from portal.cohorts.lateness import Item
from portal.cohorts.models import Cohort
from portal.cohorts.sums import without_verdict


class Done(NamedTuple):
    """Of one learner: when they last did something, and how much of what is due is done."""

    last_at: datetime | None = None
    number: int = 0


class Due(NamedTuple):
    """What is due for others and not yet for one learner, and how much of that is done."""

    number: int = 0
    done: int = 0


class Stuck(NamedTuple):
    """One lab that was tried again and again."""

    user: int
    lab: int
    failed: int
    since: datetime | None
    last_at: datetime
    latest: int  # a submission


def latest(*times: datetime | None) -> datetime | None:
    return max((one for one in times if one), default=None)


def efforts_in(cohort: Cohort, labs: Iterable[Lab]) -> EffortQuerySet:
    learners = cohort.learners.values("pk")
    return Effort.objects.filter(user__in=learners, lab__in=[one.pk for one in labs])


def stuck_in(cohort: Cohort, labs: list[Lab]) -> list[Stuck]:
    """The most tried first."""
    rows = efforts_in(cohort, labs).open().filter(failed__gte=cohort.stuck_after)
    columns = ("user_id", "lab_id", "failed", "since", "last_at", "latest_id")
    return [Stuck(*row) for row in rows.order_by("-failed", "-last_at").values_list(*columns)]


def done_by(
    cohort: Cohort, lessons: list[Lesson], labs: list[Lab], due: list[Item]
) -> dict[int, Done]:
    read = Completion.objects.filter(
        user__in=cohort.learners.values("pk"), lesson__in=[one.pk for one in lessons]
    )
    due_lessons = Count("pk", filter=Q(lesson__in=keys_of(due, Lesson)))
    due_labs = Count("pk", filter=Q(lab__in=keys_of(due, Lab), passed_at__isnull=False))
    waiting = without_verdict(cohort.learners.values("pk"))  # has no effort yet: a sign of life
    rows = by_user(read, last=Max("completed_at"), number=due_lessons).union(
        by_user(efforts_in(cohort, labs), last=Max("last_at"), number=due_labs),
        by_user(waiting, last=Max("created_at"), number=Value(0)),
        all=True,
    )
    found: dict[int, Done] = {}
    for user, last_at, number in rows:
        before = found.get(user, Done())
        found[user] = Done(latest(before.last_at, last_at), before.number + number)
    return found


def by_user(rows: QuerySet[Any], **counted: Any) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.order_by().values_list("user_id").annotate(**counted)
    return found


def keys_of(items: Iterable[Item], kind: type[Item]) -> list[int]:
    return [one.pk for one in items if isinstance(one, kind)]


def spared_by(due: list[tuple[Item, Key]], dates: Dates, now: datetime) -> dict[int, Due]:
    """Of those who have longer. One query, none where nobody has."""
    later = {
        user: [item for item, key in due if longer.get(key, now) > now]
        for user, longer in dates.longer.items()
    }
    later = {user: items for user, items in later.items() if items}
    done = pairs_done(later) if later else set()
    return {
        user: Due(len(items), sum((user, name_of(item)) in done for item in items))
        for user, items in later.items()
    }


def name_of(item: Item) -> Key:
    return ("lab" if isinstance(item, Lab) else "lesson", item.pk)


def pairs_done(wanted: Mapping[int, list[Item]]) -> set[tuple[int, Key]]:
    items = {item for own in wanted.values() for item in own}
    users = list(wanted)
    lessons = Completion.objects.filter(user__in=users, lesson__in=keys_of(items, Lesson))
    labs = Effort.objects.filter(
        user__in=users, lab__in=keys_of(items, Lab), passed_at__isnull=False
    )
    rows = (
        lessons.order_by()
        .values_list("user_id", Value("lesson"), "lesson_id")
        .union(labs.order_by().values_list("user_id", Value("lab"), "lab_id"), all=True)
    )
    return {(user, (kind, pk)) for user, kind, pk in rows}
