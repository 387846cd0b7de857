"""Is anybody checking? For whoever operates the portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min
from django.utils import timezone

from labs.models import State, Submission, Worker


def seconds_since_a_worker() -> int | None:
    """Since any worker's sweeper gave a sign of life; None where there never was one."""
    return age(Worker.objects.aggregate(last=Max("seen_at"))["last"])


def seconds_of_the_oldest_answer() -> int | None:
    """How long the longest waiting answer has waited; None where none waits."""
    return age(Submission.objects.open().aggregate(first=Min("created_at"))["first"])


def age(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, int((timezone.now() - moment).total_seconds()))


def workers_alive(seconds: int) -> int:
    return Worker.objects.filter(seen_at__gt=timezone.now() - timedelta(seconds=seconds)).count()


def open_answers() -> dict[str, tuple[int, int]]:
    """By state: how many, and for how many seconds the oldest of them has been here."""
    rows = Submission.objects.open().order_by().values_list("state")
    found = rows.annotate(count=Count("pk"), first=Min("created_at"))
    return {state: (count, age(first) or 0) for state, count, first in found}


def faulted_answers() -> int:
    """Those that nobody could read are not among them: that is no fault of ours."""
    return Submission.objects.filter(state=State.FAULTED, unreadable__isnull=True).count()


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer that was checked: how long it waited and how long that took, in seconds."""

    kind: str
    outcome: str
    waited: float
    took: float


def checked_between(since: datetime, until: datetime) -> Iterator[Checked]:
    """Finished after `since`, up to `until`. The pauses between tries count as waiting."""
    rows = Submission.objects.filter(
        finished_at__gt=since, finished_at__lte=until, claimed_at__isnull=False
    ).order_by("finished_at")
    columns = ("lab__kind", "state", "unreadable", "created_at", "claimed_at", "finished_at")
    for kind, state, unreadable, created, claimed, finished in rows.values_list(
        *columns
    ).iterator():
        yield Checked(
            kind=kind,
            outcome="unreadable" if unreadable else state,
            waited=max(0.0, (claimed - created).total_seconds()),
            took=max(0.0, (finished - claimed).total_seconds()),
        )
