"""The cohort in numbers: five of them, how far everybody came week by week, and which labs are
hard. One query more than the briefs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Case, Count, F, IntegerField, QuerySet, Sum, Value, When
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from labs.models import Effort, Lab
from lessons.models import Completion
from lessons.progress import percent
from portal import charts
from portal.cohorts.at_once import at_once
from portal.cohorts.briefs import Brief, Users, whose
from portal.cohorts.content import Content
from portal.cohorts.models import Cohort, Role

WEEKS, HARDEST = 12, 10
BY_LAB, BY_WEEK = range(2)
WEEK = timedelta(days=7)
A_MINUTE = 60


class Number(NamedTuple):
    """`query` shows whom it counts; "" where that is everybody."""

    value: str
    name: str
    query: str = ""


class Difficulty(NamedTuple):
    lab: Lab
    begun: int
    passed: int
    failed: int

    @property
    def percent(self) -> int:
        return percent(self.passed, self.begun)

    @property
    def tries(self) -> float:
        """Failed ones, of each who began."""
        return round(self.failed / self.begun, 1)


@dataclass(frozen=True, slots=True)
class Figures:
    numbers: list[Number]
    weeks: charts.Bars
    labs: list[Difficulty]  # the hardest first
    hardest: charts.Levels


def figures_of(cohort: Cohort, content: Content, briefs: Sequence[Brief]) -> Figures:
    by_week, by_lab = [0] * WEEKS, []
    ends = [content.now - WEEK * (WEEKS - 1 - number) for number in range(WEEKS)]
    labs = {lab.pk: lab for lab in content.labs}
    users = whose(cohort.memberships.filter(role=Role.LEARNER), [one.pk for one in briefs])
    for tells, key, *numbers in rows_of(cohort, list(questions(users, content, ends))):
        if tells == BY_WEEK:
            by_week[key] += numbers[0]
        elif key in labs:
            by_lab.append(Difficulty(labs[key], *numbers))
    by_lab.sort(key=lambda one: (one.percent, -one.tries))
    levels = [(one.lab.title, one.percent) for one in by_lab[:HARDEST]]
    return Figures(
        numbers_of(content, briefs),
        charts.bars(list(over_time(by_week, ends, len(briefs) * content.total)), width=640),
        by_lab,
        charts.levels(levels),
    )


def rows_of(cohort: Cohort, asked: list[QuerySet[Any, Any]]) -> list[tuple[Any, ...]]:
    """Kept for a minute: curves do not move faster, and everybody's rows are read for them."""
    key = f"figures-{cohort.pk}"
    return cache.get_or_set(key, lambda: at_once(*asked), A_MINUTE) or []


def questions(users: Users, content: Content, ends: list[datetime]) -> Iterator[QuerySet[Any, Any]]:
    """What it tells, of which lab or week, and three numbers."""
    efforts = Effort.objects.filter(user__in=users, lab__in=content.lab_keys)
    yield grouped(efforts, BY_LAB, F("lab")).annotate(
        n0=Count("pk"), n1=Count("passed_at"), n2=Sum("failed")
    )
    passed = efforts.filter(passed_at__isnull=False)
    read = Completion.objects.filter(user__in=users, lesson__in=content.lesson_keys)
    dated: list[tuple[QuerySet[Any, Any], str]] = [(passed, "passed_at"), (read, "completed_at")]
    for rows, at in dated:
        found = grouped(rows, BY_WEEK, week_of(at, ends))
        yield found.annotate(n0=Count("pk"), n1=Value(0), n2=Value(0))


def grouped(rows: QuerySet[Any, Any], tells: int, key: Any) -> QuerySet[Any, Any]:
    told = Value(tells, output_field=IntegerField())
    asked = rows.order_by().annotate(tells=told, key=key)
    found: QuerySet[Any, Any] = asked.values_list("tells", "key")
    return found


def week_of(at: str, ends: list[datetime]) -> Case:
    """Which of the weeks: the first holds all that was before."""
    known = [When(**{f"{at}__lte": end}, then=Value(n)) for n, end in enumerate(ends[:-1])]
    return Case(*known, default=Value(len(ends) - 1))


def over_time(by_week: list[int], ends: list[datetime], most: int) -> Iterator[tuple[str, int]]:
    """Percent of everything, at the end of each week."""
    sofar = 0
    for number, end in zip(by_week, ends, strict=True):
        sofar += number
        yield date_format(localtime(end), _("j M")), percent(sofar, most)


def numbers_of(content: Content, briefs: Sequence[Brief]) -> list[Number]:
    done = percent(sum(one.percent for one in briefs), 100 * len(briefs))
    here = sum(not one.is_away for one in briefs)
    return [
        Number(str(len(briefs)), _("learners")),
        Number(str(here), _("here within a week"), "?sort=seen"),
        Number(f"{done} %", _("done on average"), "?sort=least"),
        Number(count(one.stuck for one in briefs), _("stuck on a lab"), "?show=stuck&sort=stuck"),
        Number(count(one.missing for one in briefs), _("behind due dates"), "?show=late")
        if content.dates
        else Number(count(one.is_new for one in briefs), _("not begun"), "?show=new"),
    ]


def count(found: Iterable[object]) -> str:
    return str(sum(map(bool, found)))
