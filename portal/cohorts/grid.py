"""The cohort on one page: learners × lessons and labs, grouped by module.

The cells are joined in Python: 200 learners × 100 items through a template loop would take a third
of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from labs.lab_state import LabProgress, LabState
from labs.models import Lab
from labs.shelves import module_of
from lessons.models import Course, Lesson
from portal.cohorts.dates import dates_of
from portal.cohorts.lateness import Item
from portal.cohorts.models import Cohort
from portal.cohorts.standing import Standing, columns_of, seen_order, standings_of


@dataclass(frozen=True, slots=True)
class Group:
    """A module's columns: its lessons, then its labs."""

    title: str
    slug: str
    items: list[Item]


@dataclass(frozen=True)  # no slots: cached_property writes into __dict__
class Grid:
    """`standings` is everybody; `groups` are all modules; the table shows the rows and columns that
    were asked for."""

    courses: list[Course]
    groups: list[Group]
    standings: list[Standing]

    @cached_property
    def stuck(self) -> list[Standing]:
        return sorted((s for s in self.standings if s.stuck), key=lambda s: -s.stuck[0][1].attempts)

    @cached_property
    def away(self) -> list[Standing]:
        return sorted((s for s in self.standings if s.away), key=seen_order)

    @cached_property
    def behind(self) -> list[Standing]:
        """Whoever has not done what is due, most of it first."""
        return sorted((s for s in self.standings if s.missing), key=lambda s: -len(s.missing))

    @cached_property
    def faulted(self) -> list[Standing]:
        return [s for s in self.standings if s.faulted]

    def columns(self, module: str) -> list[Group]:
        return [group for group in self.groups if module in ("", group.slug)]

    def chosen(self, *, q: str, show: str, sort: str) -> list[Standing]:
        """Whom the table shows, and in which order."""
        lists = {"stuck": self.stuck, "away": self.away}
        lists |= {"faulted": self.faulted, "behind": self.behind}
        named = [
            s
            for s in lists.get(show, self.standings)
            if q.lower() in f"{s.user.name} {s.user.email}".lower()
        ]
        return sorted(named, key=SORTS[sort or "name"])

    def rows(
        self, standings: Iterable[Standing], groups: list[Group]
    ) -> list[tuple[Standing, SafeString]]:
        items = [item for group in groups for item in group.items]
        return [(standing, cells(standing, items)) for standing in standings]


SORTS: dict[str, Callable[[Standing], Any]] = {
    "name": lambda standing: standing.user.name.lower(),
    "least": lambda standing: standing.percent,
    "most": lambda standing: -standing.percent,
    "seen": seen_order,
}


def grid_of(cohort: Cohort) -> Grid:
    lessons, labs = columns_of(cohort)
    dates = dates_of(cohort.pk, cohort.dates_edition)
    standings = standings_of(cohort.learners, lessons=lessons, labs=labs, dates=dates)
    courses = list(dict.fromkeys(lesson.course for lesson in lessons))
    return Grid(courses, group_by_module(lessons, labs), standings)


def group_by_module(lessons: list[Lesson], labs: list[Lab]) -> list[Group]:
    """In the order of the course; labs that belong to no lesson come last."""
    groups = []
    for module, members in groupby(lessons, key=lambda lesson: lesson.module):
        of_module: list[Item] = [*members, *(lab for lab in labs if module_of(lab) == module)]
        groups.append(Group(module.title, module.slug, of_module))
    placed = {item for group in groups for item in group.items}
    others = [lab for lab in labs if lab not in placed]
    return [*groups, Group(_("Other labs"), "other", [*others])] if others else groups


def cells(standing: Standing, items: list[Item]) -> SafeString:
    """Only numbers, slugs and our own words go in, so nothing needs to be escaped."""
    late, learner = marks_of(standing), f"learners/{standing.user.pk}"

    def mark(item: Item) -> str:
        """Nothing, most of the time: a row is not worth being hashed for that."""
        return late.get(item, "") if late else ""

    row = [
        lab_cell(standing.labs[item], f"{learner}/labs/{item.slug}/", mark(item))
        if isinstance(item, Lab)
        else lesson_cell(item.pk in standing.done, mark(item))
        for item in items
    ]
    return mark_safe("".join(row))  # noqa: S308


def marks_of(standing: Standing) -> dict[Item, str]:
    """What says that something is late."""
    late = (*standing.missing, *standing.lateness.late)
    return dict.fromkeys(late, f"<small>{escape(_('late'))}</small>") if late else {}


DONE, OPEN = '<td data-state="passed">✓</td>', "<td></td>"


def lesson_cell(is_done: bool, mark: str) -> str:
    if is_done:
        return f'<td data-state="passed">✓ {mark}</td>' if mark else DONE
    return f'<td data-state="late">{mark}</td>' if mark else OPEN


def lab_cell(progress: LabProgress, href: str, mark: str) -> str:
    if progress.state is LabState.NEW:
        return lesson_cell(False, mark)
    state, words = CELLS[progress.state]
    number = "" if progress.percent is None else str(progress.percent)
    again = f" ×{progress.attempts}" if progress.attempts > 1 else ""
    late = f" {mark}" if mark else ""
    return f'<td{state}><a href="{href}">{number or words}{again}</a>{late}</td>'


CELLS = {
    LabState.PASSED: (' data-state="passed"', "✓"),
    LabState.TRIED: (' data-state="failed"', "0"),
    LabState.WAITING: (' data-state="waiting"', "…"),
    LabState.FAULTED: (' data-state="faulted"', "!"),
}
