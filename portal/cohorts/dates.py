"""The due dates of a cohort, kept in memory until they change, as courses are
(`lessons/editions.py`): whoever reads a page is told what is due without a query. The name of what
is kept comes along with the user; a cohort without dates has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.apps import apps

from lessons.people import Due

# Beyond them somebody mistyped a year; the very last days overflow in another time zone.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
Key = tuple[str, int]  # "module", "lesson" or "lab", and its primary key


@dataclass(frozen=True, slots=True)
class Dates:
    at: Mapping[Key, datetime] = field(default_factory=dict)
    longer: Mapping[int, Mapping[Key, datetime]] = field(default_factory=dict)  # by user
    counts: bool = True  # what is done late

    def __bool__(self) -> bool:
        return bool(self.at)

    def due(self, user: int, *keys: Key) -> Due | None:
        """The date of the first of `keys` that has one: the thing's own before its module's."""
        for key in keys:
            if key in self.at:
                longer = self.longer.get(user, {}).get(key)
                return Due(longer or self.at[key], longer is not None, self.counts)
        return None


NONE = Dates()
NOT_COUNTED = "not-counted"  # portal.cohorts.models.Late


def dates_of(cohort: int, edition: str) -> Dates:
    return load(cohort, edition) if edition else NONE


@lru_cache(maxsize=256)
def load(cohort: int, edition: str) -> Dates:
    """`edition` is the name of what was read: another name, and it is read again. Three queries."""
    rows = list(apps.get_model("cohorts", "DueDate").objects.filter(cohort=cohort))
    keys = {one.pk: one.key for one in rows}
    longer: dict[int, dict[Key, datetime]] = {}
    extensions = apps.get_model("cohorts", "Extension").objects.filter(due__cohort=cohort)
    for due, user, until in extensions.values_list("due", "user", "until"):
        longer.setdefault(user, {})[keys[due]] = until
    late = apps.get_model("cohorts", "Cohort").objects.values_list("late", flat=True)
    counts = late.get(pk=cohort) != NOT_COUNTED
    return Dates({one.key: one.due_at for one in rows}, longer, counts)
