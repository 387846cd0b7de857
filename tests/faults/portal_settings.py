"""The portal's settings under the harness: what a deployment has, with everything that waits in a
hurry, the kinds of the tests, and a worker whose clock can be set."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.db.backends.signals import connection_created
from django.utils import timezone

from tests.faults.settings import *  # noqa: F403
from tests.faults.settings import CELERY_BROKER_TRANSPORT_OPTIONS

CHECK_SECONDS, FIRST_CHECK_SECONDS, CHECK_MEMORY_MB = 3, 1, 128
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 6, 8
LEASE_SECONDS = 10
SWEEP_SECONDS, REQUEUE_SECONDS, STALL_SECONDS = 1, 3, 10
SUBMISSIONS_PER_MINUTE = 200
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_BROKER_TRANSPORT_OPTIONS |= {"visibility_timeout": 20, "unacked_restore_interval": 2}

CATALOG_DIR = Path(os.environ["CATALOG"])
CLOCK = Path(os.environ.get("CLOCK_FILE", "/nowhere"))
FULL = Path(os.environ.get("FULL_FILE", "/nowhere"))
true_now = timezone.now


def shifted_now() -> datetime:
    """Read anew each time: the harness sets the clock while the worker runs."""
    try:
        return true_now() + timedelta(seconds=float(CLOCK.read_text()))
    except (OSError, ValueError):
        return true_now()


if "worker" in sys.argv:
    timezone.now = shifted_now


def leave_no_room(connection: object, **_signal: object) -> None:
    """Where no disk of our own can be had: SQLite itself says that there is no room."""
    if connection.vendor == "sqlite" and FULL.exists():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1")  # it takes the present size


connection_created.connect(leave_no_room, weak=False)
