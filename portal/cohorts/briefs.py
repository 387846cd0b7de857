"""Everybody of a cohort, one short line each: enough to choose and to order by. How somebody stands
with each lesson and lab is asked for those alone who are shown (`cells.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from lessons.progress import percent
from portal.cohorts.content import Content, Target
from portal.cohorts.models import Cohort, Role
from portal.moments import Moment, moment_of, number_of

AWAY = timedelta(days=7)
WHO = ("user", "user__name", "user__email", "login", "labels")


@dataclass(slots=True)
class Brief:
    """A learner. `done` lessons and `passed` labs are as far as they count; `begun` labs, `stuck`
    ones among them, and the most that one of those `failed`. All of these are asked for only where
    they are wanted (`sums.py`)."""

    pk: int
    name: str
    email: str
    seen: int | None  # when last, as `portal/moments.py` has it
    labels: str = ""
    total: int = 0
    done: int = 0
    passed: int = 0
    begun: int = 0
    stuck: int = 0
    failed: int = 0
    faulted: int = 0
    missing: int = 0
    target: Target | None = None
    faulted_here: int = 0  # in the target

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def percent(self) -> int:
        return percent(self.done + self.passed, self.total)

    @property
    def seen_at(self) -> datetime | None:
        return None if self.seen is None else moment_of(self.seen)

    def is_away_since(self, since: datetime) -> bool:
        return self.seen is None or self.seen < number_of(since)

    @property
    def is_new(self) -> bool:
        return not (self.done or self.begun)

    def see(self, at: int | None) -> None:
        if at is not None and (self.seen is None or at > self.seen):
            self.seen = at


def people_of(cohort: Cohort, content: Content) -> list[Brief]:
    """By name: who they are, and nothing else yet. One query."""
    members = cohort.memberships.filter(role=Role.LEARNER)
    members = members.annotate(login=Moment("user__last_login"))
    rows = members.order_by("user__name", "user__email").values_list(*WHO)
    return [
        Brief(pk, name, email, login, labels, content.total, missing=content.overdue)
        for pk, name, email, login, labels in rows
    ]
