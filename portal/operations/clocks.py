"""Whether clocks agree: leases and waiting times are computed from several of them."""

from __future__ import annotations

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from labs.models import Worker


def seconds_ahead_of_the_database() -> float:
    """This process's clock before the database's; SQLite has no clock of its own."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        [there] = cursor.fetchone()
        after = timezone.now()
    middle = before + (after - before) / 2
    return float((middle - there).total_seconds())


def seconds_of_a_worker_ahead() -> float:
    """The most that a worker's sign of life lies in our future."""
    latest = Worker.objects.aggregate(last=Max("seen_at"))["last"]
    return 0.0 if latest is None else float((latest - timezone.now()).total_seconds())
