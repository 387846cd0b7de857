"""Whom the grid shows, and in which order: pure, of briefs alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from portal.cohorts.briefs import Brief
from portal.cohorts.lateness import Item
from portal.cohorts.models.labels import labels_in
from portal.cohorts.sums import ALL, EFFORTS, PROGRESS, WAITING, Wanted


class Like(NamedTuple):
    """Who is meant, and which sums that is seen by."""

    wanted: Wanted
    is_like: Callable[[Brief], bool]


class Sort(NamedTuple):
    wanted: Wanted
    key: Callable[[Brief], Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks of the grid. `due_at` is of the target, learner → when it was due for
    them; None: never. Somebody is stuck who failed `stuck_after` times."""

    stuck_after: int
    q: str = ""
    show: str = ""
    label: str = ""
    days: int | None = None
    sort: str = ""
    target: Item | None = None
    due_at: Callable[[int], datetime | None] = lambda _user: None

    @property
    def wanted(self) -> Wanted:
        """The sums of everybody without which nobody can be chosen or ordered; of the target they
        are asked besides."""
        found: Wanted = ALL if self.days is not None else Wanted()
        if self.show and self.target is None:
            found |= IN_ALL[self.show].wanted
        return found | (SORTS[self.sort].wanted if self.sort else Wanted())


def chosen(briefs: Iterable[Brief], wish: Wish, *, now: datetime) -> list[Brief]:
    found = [one for one in briefs if is_wanted(one, wish, now)]
    # By name they are already, and what is equal stays in its order
    return sorted(found, key=SORTS[wish.sort].key) if wish.sort else found


def is_wanted(one: Brief, wish: Wish, now: datetime) -> bool:
    return (
        wish.q.lower() in f"{one.name} {one.email}".lower()
        and (not wish.label or wish.label in labels_in(one.labels))
        and (wish.days is None or one.is_away_since(now - timedelta(days=wish.days)))
        and (not wish.show or is_like(one, wish, now))
    )


def is_like(one: Brief, wish: Wish, now: datetime) -> bool:
    if wish.target is None:
        return IN_ALL[wish.show].is_like(one)
    if wish.show == "late":
        return is_late(one, wish.due_at(one.pk), now)
    if wish.show == "faulted":
        return one.faulted_here > 0
    return state_of_target(one, wish.stuck_after) == wish.show


IN_ALL: dict[str, Like] = {
    "stuck": Like(Wanted({EFFORTS}), lambda one: one.stuck > 0),
    "trying": Like(PROGRESS, lambda one: one.begun > one.passed + one.stuck),
    "new": Like(PROGRESS, lambda one: one.is_new),
    "passed": Like(PROGRESS, lambda one: one.done + one.passed == one.total),
    "late": Like(PROGRESS, lambda one: one.missing > 0),
    "faulted": Like(Wanted({WAITING}), lambda one: one.faulted > 0),
}


def state_of_target(one: Brief, stuck_after: int) -> str:
    if one.target is None:
        return "faulted" if one.faulted_here else "new"
    if one.target.done_at:
        return "passed"
    return "stuck" if one.target.failed >= stuck_after else "trying"


def is_late(one: Brief, due_at: datetime | None, now: datetime) -> bool:
    """Done late, or still to be done."""
    if due_at is None:
        return False
    return (one.target.done_at if one.target and one.target.done_at else now) > due_at


def longest_away(one: Brief) -> int:
    return one.seen or 0


SORTS: dict[str, Sort] = {
    "least": Sort(PROGRESS, lambda one: one.percent),
    "most": Sort(PROGRESS, lambda one: -one.percent),
    "seen": Sort(ALL, longest_away),
    "stuck": Sort(Wanted({EFFORTS}), lambda one: (-one.stuck, -one.failed)),
}
