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

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from labs.lab_state import LabProgress, LabState
from labs.models import Lab
from lessons.models import Course, Lesson
from portal.cohorts.models import Cohort
from portal.cohorts.standing import Standing, columns_of, seen_order, standings_of

Item = Lesson | Lab


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
    def faulted(self) -> list[Standing]:
        return [s for s in self.standings if s.faulted]

    def columns(self, module: str) -> list[Group]:
        return [group for group in self.groups if module in ("", group.slug)]

    def chosen(self, *, q: str, show: str, sort: str) -> list[Standing]:
        """Whom the table shows, and in which order."""
        lists = {"stuck": self.stuck, "away": self.away, "faulted": self.faulted}
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
    standings = standings_of(cohort.learners, lessons=lessons, labs=labs)
    courses = list(dict.fromkeys(lesson.course for lesson in lessons))
    return Grid(courses, group_by_module(lessons, labs), standings)


def group_by_module(lessons: list[Lesson], labs: list[Any]) -> list[Group]:
    """In the order of the course; labs that belong to no lesson come last."""
    groups = []
    for module, members in groupby(lessons, key=lambda lesson: lesson.module):
        of_module: list[Item] = [*members, *(lab for lab in labs if lab.module_id == module.pk)]
        groups.append(Group(module.title, module.slug, of_module))
    placed = {item for group in groups for item in group.items}
    others = [lab for lab in labs if lab not in placed]
    return [*groups, Group(_("Other labs"), "other", others)] if others else groups


def cells(standing: Standing, items: list[Item]) -> SafeString:
    """Only numbers, slugs and our own words go in, so nothing needs to be escaped."""
    row = [
        lab_cell(standing.labs[item], f"learners/{standing.user.pk}/labs/{item.slug}/")
        if isinstance(item, Lab)
        else (DONE if item.pk in standing.done else OPEN)
        for item in items
    ]
    return mark_safe("".join(row))  # noqa: S308


DONE, OPEN = '<td data-state="passed">✓</td>', "<td></td>"


def lab_cell(progress: LabProgress, href: str) -> str:
    if progress.state is LabState.NEW:
        return OPEN
    state, words = CELLS[progress.state]
    number = "" if progress.percent is None else str(progress.percent)
    again = f" ×{progress.attempts}" if progress.attempts > 1 else ""
    return f'<td{state}><a href="{href}">{number or words}{again}</a></td>'


CELLS = {
    LabState.PASSED: (' data-state="passed"', "✓"),
    LabState.TRIED: (' data-state="failed"', "0"),
    LabState.WAITING: (' data-state="waiting"', "…"),
    LabState.FAULTED: (' data-state="faulted"', "!"),
}
