"""The cohort on one page: a hundred learners × lessons and labs, grouped by module.

Of everybody it knows the name, and what is needed to choose and to order them; all other sums are
asked for those who are shown.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.safestring import SafeString

from portal.cohorts.briefs import Brief, people_of
from portal.cohorts.cells import Cells, Drawing, cells_of
from portal.cohorts.choosing import Wish, chosen
from portal.cohorts.content import Content, Group, column_of, content_of
from portal.cohorts.lateness import Item
from portal.cohorts.models import Cohort
from portal.cohorts.models.labels import labels_in
from portal.cohorts.sums import ALL, Wanted, add_sums


class Row(NamedTuple):
    who: Brief
    cells: SafeString


@dataclass  # no slots: cached_property writes into __dict__
class Grid:
    """`briefs` is everybody, by name; `known`, which of their sums are."""

    cohort: Cohort
    content: Content
    briefs: list[Brief]
    known: Wanted = frozenset()

    @cached_property
    def labels(self) -> list[str]:
        found = {label for one in self.briefs for label in labels_in(one.labels)}
        return sorted(found, key=str.lower)

    def learn(self, wanted: Wanted = ALL, target: Item | None = None) -> None:
        """At most one query."""
        add_sums(self.cohort, self.content, self.briefs, wanted - self.known, target)
        self.known |= wanted

    def chosen(self, wish: Wish) -> list[Brief]:
        self.learn(wish.wanted, wish.target if wish.show else None)
        return chosen(self.briefs, wish, now=self.content.now)

    def page(self, shown: Collection[Brief], groups: list[Group]) -> Page:
        """At most two queries, for those who are shown."""
        add_sums(self.cohort, self.content, shown, ALL - self.known)
        return Page(self.content, shown, groups, cells_of([one.pk for one in shown]))


@dataclass(frozen=True)
class Page:
    content: Content
    shown: Collection[Brief]
    groups: list[Group]
    cells: dict[int, Cells]

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]

    @cached_property
    def rows(self) -> list[Row]:
        drawing = Drawing(map(column_of, self.items), self.content)
        return [
            Row(one, drawing.html_of(one.pk, self.cells.get(one.pk, Cells()))) for one in self.shown
        ]


def grid_of(cohort: Cohort, *, content: Content | None = None) -> Grid:
    """Everybody, of whom nothing is known yet. Two queries, or one where the content is given."""
    content = content or content_of(cohort)
    return Grid(cohort, content, people_of(cohort, content))
