"""Once a day everything goes that its time is over for: some hundred rows a transaction, so that
nobody waits for it.

Each app says what it lets go (`CLEANERS` in the settings). A worker's sweeper looks whether
anything is due and sends a task that works for two seconds; what is left then stays due. So a
broker that loses the message, or a worker that dies, costs nothing but time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from labs.models import Chore

AT_ONCE = 200  # rows a transaction


@dataclass(frozen=True, slots=True)
class Cleaner:
    """`batch` lets some rows go and says how many; 0: none is left. `what` ends the sentence
    "so many ...". Two may run at the same time."""

    name: str
    what: str
    batch: Callable[[Chore], int]
    every: timedelta | None = None  # None: once a day

    def next_time(self) -> datetime:
        return timezone.now() + self.every if self.every else tomorrow()


def cleaners() -> list[Cleaner]:
    return [one for path in settings.CLEANERS for one in import_string(path)]


def older_than(days: int) -> datetime | None:
    """What is from before may go; None: it stays for ever."""
    return timezone.now() - timedelta(days=days) if days else None


def is_cleaning_due() -> bool:
    return Chore.objects.are_due({one.name for one in cleaners()})


def clean_for(seconds: float) -> None:
    """What is due, as far as one comes."""
    until = time.monotonic() + seconds
    for cleaner in cleaners():
        if time.monotonic() < until and (chore := Chore.objects.claim(cleaner.name)):
            done = clean_until(until, cleaner, chore)
            Chore.objects.filter(name=chore.name).update(
                due_at=cleaner.next_time() if done else timezone.now()
            )


def clean_until(until: float, cleaner: Cleaner, chore: Chore) -> bool:
    """Whether nothing is left."""
    while cleaner.batch(chore):
        if time.monotonic() >= until:
            return False
    return True


def clean_all() -> Iterator[tuple[Cleaner, int]]:
    """Everything, due or not, to the end; how much each let go."""
    for cleaner in cleaners():
        chore, _made = Chore.objects.get_or_create(name=cleaner.name)
        yield cleaner, sum(iter(partial(cleaner.batch, chore), 0))
        Chore.objects.filter(name=chore.name).update(due_at=cleaner.next_time())


def tomorrow() -> datetime:
    """When most people sleep."""
    day = timezone.localtime() + timedelta(days=1)
    return day.replace(hour=settings.CLEANING_HOUR, minute=0, second=0, microsecond=0)


def delete_some(rows: QuerySet[Any]) -> int:
    """Some of them, with what hangs on them; how many rows there were."""
    some = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    rows.filter(pk__in=some).delete()
    return len(some)
