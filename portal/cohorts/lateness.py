"""What a learner did after it was due, and what they have not done although it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from labs.models import Lab
from labs.shelves import due_keys as lab_keys
from lessons.editions import due_keys as lesson_keys
from lessons.models import Lesson
from portal.cohorts.dates import Dates, Key

Item = Lesson | Lab


@dataclass(frozen=True, slots=True)
class Lateness:
    missing: tuple[Item, ...] = ()  # due, and not done
    late: frozenset[Item] = frozenset()  # done, and not in time
    counts: bool = True  # what was done late

    def lost(self, kind: type[Item]) -> int:
        """How much that was done does not count."""
        return 0 if self.counts else sum(isinstance(item, kind) for item in self.late)


ON_TIME = Lateness()


def keys_of(item: Item) -> tuple[Key, ...]:
    return lab_keys(item) if isinstance(item, Lab) else lesson_keys(item)


def dated(items: Iterable[Item], dates: Dates) -> list[tuple[Item, Key]]:
    """Those that are due at some time, each with what gives it its date."""
    found = (
        (item, next((key for key in keys_of(item) if key in dates.at), None)) for item in items
    )
    return [(item, key) for item, key in found if key]


def lateness_of(
    user: int,
    items: Iterable[tuple[Item, Key]],
    *,
    done: Mapping[Item, datetime],
    dates: Dates,
    now: datetime,
) -> Lateness:
    longer = dates.longer.get(user, {})
    missing, late = [], set()
    for item, key in items:
        due_at = longer.get(key) or dates.at[key]
        if item in done:
            if done[item] > due_at:
                late.add(item)
        elif due_at < now:
            missing.append(item)
    return Lateness(tuple(missing), frozenset(late), dates.counts)
