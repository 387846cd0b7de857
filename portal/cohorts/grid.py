"""The cohort on one page: a hundred learners × lessons and labs, grouped by module."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.safestring import SafeString

from labs.lab_state import LabProgress
from labs.models import Lab
from portal.cohorts.briefs import Brief, briefs_of
from portal.cohorts.cells import Cells, cells_of, html_of
from portal.cohorts.choosing import longest_away
from portal.cohorts.content import Content, Group, column_of, content_of
from portal.cohorts.lateness import Item
from portal.cohorts.models import Cohort
from portal.cohorts.models.labels import labels_in
from portal.cohorts.standing import STUCK_ATTEMPTS

LISTED = 6  # of those who need somebody, before a link to all of them


class Row(NamedTuple):
    who: Brief
    cells: SafeString


class Needy(NamedTuple):
    """Somebody with the lab for which they are listed."""

    who: Brief
    lab: Lab
    progress: LabProgress


@dataclass(frozen=True)  # no slots: cached_property writes into __dict__
class Grid:
    """`briefs` is everybody, by name."""

    content: Content
    briefs: list[Brief]

    @cached_property
    def stuck(self) -> list[Brief]:
        return sorted((one for one in self.briefs if one.stuck), key=lambda one: -one.failed)

    @cached_property
    def away(self) -> list[Brief]:
        return sorted((one for one in self.briefs if one.is_away), key=longest_away)

    @cached_property
    def behind(self) -> list[Brief]:
        """Whoever has not done what is due, most of it first."""
        return sorted((one for one in self.briefs if one.missing), key=lambda one: -one.missing)

    @cached_property
    def faulted(self) -> list[Brief]:
        return [one for one in self.briefs if one.faulted]

    @cached_property
    def labels(self) -> list[str]:
        found = {label for one in self.briefs for label in labels_in(one.labels)}
        return sorted(found, key=str.lower)

    def page(self, shown: Collection[Brief], groups: list[Group]) -> Page:
        """One query, for those who are shown and those who are listed."""
        listed = [*self.stuck[:LISTED], *self.faulted[:LISTED]]
        keys = sorted({one.pk for one in (*shown, *listed)})
        return Page(self, shown, groups, cells_of(keys))


@dataclass(frozen=True)
class Page:
    grid: Grid
    shown: Collection[Brief]
    groups: list[Group]
    cells: dict[int, Cells]

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]

    @cached_property
    def rows(self) -> list[Row]:
        items, content = [column_of(item) for item in self.items], self.grid.content
        return [
            Row(one, html_of(one.pk, self.cells.get(one.pk, Cells()), items, content))
            for one in self.shown
        ]

    @cached_property
    def stuck(self) -> list[Needy]:
        """Each with the lab that they tried most often."""
        return list(
            self.listed(
                self.grid.stuck, lambda one: not one.passed and one.attempts >= STUCK_ATTEMPTS
            )
        )

    @cached_property
    def faulted(self) -> list[Needy]:
        return list(self.listed(self.grid.faulted, lambda one: one.faults > 0))

    def listed(
        self, people: Iterable[Brief], is_why: Callable[[LabProgress], bool]
    ) -> Iterator[Needy]:
        labs = {lab.pk: lab for lab in self.grid.content.labs}
        for who in list(people)[:LISTED]:
            own = self.cells.get(who.pk, Cells()).labs
            found = [(one, labs[pk]) for pk, one in own.items() if pk in labs and is_why(one)]
            if found:
                progress, lab = max(found, key=lambda pair: pair[0].attempts)
                yield Needy(who, lab, progress)


def grid_of(cohort: Cohort, target: Item | None = None, *, content: Content | None = None) -> Grid:
    """Everybody; with `target`, how each stands with that, too. Three queries."""
    content = content or content_of(cohort)
    return Grid(content, briefs_of(cohort, content, target))
