"""Whom the grid shows, and in which order: pure, of briefs alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.cohorts.briefs import Brief
from portal.cohorts.models.labels import labels_in
from portal.cohorts.standing import STUCK_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks of the grid. `due_at` is of the target, learner → when it was due for
    them; None: never."""

    q: str = ""
    show: str = ""
    label: str = ""
    days: int | None = None
    sort: str = ""
    due_at: Callable[[int], datetime | None] | None = None  # with a target


def chosen(briefs: Iterable[Brief], wish: Wish, *, now: datetime) -> list[Brief]:
    found = [one for one in briefs if is_wanted(one, wish, now)]
    # By name they are already, and what is equal stays in its order
    return sorted(found, key=SORTS[wish.sort]) if wish.sort in SORTS else found


def is_wanted(one: Brief, wish: Wish, now: datetime) -> bool:
    return (
        wish.q.lower() in f"{one.name} {one.email}".lower()
        and (not wish.label or wish.label in labels_in(one.labels))
        and (wish.days is None or is_away(one, now - timedelta(days=wish.days)))
        and (not wish.show or is_like(one, wish, now))
    )


def is_away(one: Brief, since: datetime) -> bool:
    return one.seen_at is None or one.seen_at < since


def is_like(one: Brief, wish: Wish, now: datetime) -> bool:
    if wish.due_at is None:
        return IN_ALL[wish.show](one)
    if wish.show == "late":
        return is_late(one, wish.due_at(one.pk), now)
    return state_of_target(one) == wish.show


IN_ALL: dict[str, Callable[[Brief], bool]] = {
    "stuck": lambda one: one.stuck > 0,
    "trying": lambda one: one.begun > one.passed + one.stuck,
    "new": lambda one: one.is_new,
    "passed": lambda one: one.done + one.passed == one.total,
    "late": lambda one: one.missing > 0,
    "faulted": lambda one: one.faulted > 0,
}


def state_of_target(one: Brief) -> str:
    if one.target is None:
        return "new"
    if one.target.done_at:
        return "passed"
    return "stuck" if one.target.failed >= STUCK_ATTEMPTS else "trying"


def is_late(one: Brief, due_at: datetime | None, now: datetime) -> bool:
    """Done late, or still to be done."""
    if due_at is None:
        return False
    return (one.target.done_at if one.target and one.target.done_at else now) > due_at


def longest_away(one: Brief) -> float:
    return one.seen_at.timestamp() if one.seen_at else 0.0


SORTS: dict[str, Callable[[Brief], Any]] = {
    "least": lambda one: one.percent,
    "most": lambda one: -one.percent,
    "seen": longest_away,
    "stuck": lambda one: (-one.stuck, -one.failed),
}
