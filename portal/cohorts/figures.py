"""The cohort in numbers: five of them, how far everybody came week by week, and which labs are
hard. Two queries once a minute, none else: a page shows what is kept, and fetches what is not
after its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from portal.cohorts.briefs import AWAY, Brief
from portal.cohorts.content import Content
from portal.cohorts.grid import Grid
from portal.cohorts.sums import Users, whose

WEEKS, HARDEST = 12, 10
BY_LAB, BY_WEEK = range(2)
WEEK = timedelta(days=7)
A_MINUTE = 60
STILL_COUNTED = "…"


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


class Sums(NamedTuple):
    """Of everybody: how many have been here within a week, percents added up, and how many are
    stuck, behind what is due, and have not begun."""

    here: int
    percents: int
    stuck: int
    behind: int
    new: int


class Counted(NamedTuple):
    """Figures as they are kept: progress by week, labs by key with three numbers each."""

    sums: Sums
    by_week: list[int]
    by_lab: dict[int, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Figures:
    numbers: list[Number]
    weeks: charts.Bars
    labs: list[Difficulty]  # the hardest first
    hardest: charts.Levels


def figures_of(grid: Grid) -> Figures:
    """Counted where they are not kept."""
    counted = kept(grid)
    if counted is None:
        counted = count(grid)
        cache.set(key_of(grid), counted, A_MINUTE)
    return drawn(grid, counted)


def kept_figures(grid: Grid) -> Figures | None:
    """No query."""
    counted = kept(grid)
    return drawn(grid, counted) if counted else None


def drawn(grid: Grid, counted: Counted) -> Figures:
    content, size = grid.content, len(grid.briefs)
    found = [
        Difficulty(lab, *counted.by_lab[lab.pk]) for lab in content.labs if lab.pk in counted.by_lab
    ]
    found.sort(key=lambda one: (one.percent, -one.tries))
    levels = [(one.lab.title, one.percent, one.lab.language) for one in found[:HARDEST]]
    return Figures(
        numbers_of(content, size, counted.sums),
        charts.bars(
            list(over_time(counted.by_week, weeks(content), size * content.total)), width=640
        ),
        found,
        charts.levels(levels),
    )


def key_of(grid: Grid) -> str:
    """They are kept for a minute: curves do not move faster, and everybody's rows are read for
    them. What an instructor changes is seen at once."""
    cohort = grid.cohort
    told = (len(grid.briefs), cohort.stuck_after, cohort.late, cohort.dates_edition)
    return "-".join(map(str, ("figures", cohort.pk, *told)))


def kept(grid: Grid) -> Counted | None:
    found: Counted | None = cache.get(key_of(grid))
    return found


def weeks(content: Content) -> list[datetime]:
    """When each of them ends; the last one now."""
    return [content.now - WEEK * (WEEKS - 1 - number) for number in range(WEEKS)]


def count(grid: Grid) -> Counted:
    """Everybody's sums, and one query more."""
    ends = weeks(grid.content)
    grid.learn()
    by_week, by_lab = [0] * WEEKS, {}
    users = whose(grid.cohort, [one.pk for one in grid.briefs])
    for tells, key, *numbers in at_once(*questions(users, grid.content, ends)):
        if tells == BY_WEEK:
            by_week[key] += numbers[0]
        else:
            by_lab[key] = (numbers[0], numbers[1], numbers[2])
    return Counted(sums_of(grid.briefs, grid.content.now - AWAY), by_week, by_lab)


def sums_of(briefs: Sequence[Brief], since: datetime) -> Sums:
    return Sums(
        here=sum(not one.is_away_since(since) for one in briefs),
        percents=sum(one.percent for one in briefs),
        stuck=sum(one.stuck > 0 for one in briefs),
        behind=sum(one.missing > 0 for one in briefs),
        new=sum(one.is_new for one in briefs),
    )


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


def numbers_of(content: Content, size: int, sums: Sums | None) -> list[Number]:
    """`None`: they are still to be counted."""
    here, done, stuck, late, new = values_of(size, sums) if sums else [STILL_COUNTED] * 5
    return [
        Number(str(size), _("learners")),
        Number(here, _("here within a week"), "?sort=seen"),
        Number(done, _("done on average"), "?sort=least"),
        Number(stuck, _("stuck on a lab"), "?show=stuck&sort=stuck"),
        Number(late, _("behind due dates"), "?show=late")
        if content.dates
        else Number(new, _("not begun"), "?show=new"),
    ]


def values_of(size: int, sums: Sums) -> list[str]:
    done = f"{percent(sums.percents, 100 * size)} %"
    return [str(sums.here), done, str(sums.stuck), str(sums.behind), str(sums.new)]


def numbers_ahead(grid: Grid) -> list[Number]:
    """Of a page that fetches them after its rows."""
    return numbers_of(grid.content, len(grid.briefs), None)
