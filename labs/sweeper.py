"""The worker's timer: sends again what was lost, shows that the worker lives,
and ends a worker that went deaf.

A bootstep of the Celery worker (see portal/celery.py) instead of beat: one process less that can
die, and every worker may run it, because every step of a sweep is a conditional UPDATE.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.signals import task_received
from celery.worker import state as worker_state
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from labs.cleaning import is_cleaning_due
from labs.models import State, Submission, Worker
from labs.queue import Swept, bell, sweep
from labs.tally import tally
from labs.tasks import clean

logger = logging.getLogger(__name__)

FORGOTTEN = timedelta(days=1)


class Sweeper(bootsteps.StartStopStep):
    requires = {"celery.worker.components:Timer"}

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self.timer_entry: Any = None
        self.watchdog = Watchdog()

    def start(self, worker: Any) -> None:
        self.watchdog.listens = hears_answers(worker)
        task_received.connect(self.watchdog.on_received, weak=False)
        self.timer_entry = worker.timer.call_repeatedly(
            settings.SWEEP_SECONDS, self.tick, (worker.hostname,)
        )

    def stop(self, worker: Any) -> None:
        if self.timer_entry is not None:
            self.timer_entry.cancel()

    def tick(self, hostname: str) -> None:
        """Must not raise into the worker's loop, and must leave no connection for a pool child to
        inherit."""
        try:
            show_life(hostname)
            swept = sweep()
            note(swept)
            self.watchdog.look(swept)
            ring_for_cleaning()
        except DatabaseError as error:
            tally.count("sweeps", "skipped")
            logger.warning("the sweep was skipped: %s", error)
        finally:
            connection.close()
            tally.send()


def hears_answers(worker: Any) -> bool:
    """Whether it takes from the queue that the sweep sends to; a worker for bulk work does not."""
    return settings.CELERY_TASK_DEFAULT_QUEUE in worker.app.amqp.queues.consume_from


def show_life(hostname: str) -> None:
    now = timezone.now()
    Worker.objects.update_or_create(name=hostname, defaults={"seen_at": now})
    Worker.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
    if settings.HEARTBEAT_FILE:  # whoever runs the worker looks at its age
        Path(settings.HEARTBEAT_FILE).touch()


def note(swept: Swept) -> None:
    tally.count("sweeps", "done")
    for what in ("faulted", "freed", "sent"):
        tally.count("swept", what, amount=getattr(swept, what))


def ring_for_cleaning() -> None:
    """A message that nobody hears in time is worth nothing: the next tick sends another."""
    if is_cleaning_due():
        bell.attempt(
            partial(clean.apply_async, queue="bulk", expires=settings.SWEEP_SECONDS, retry=False)
        )


class Watchdog:
    """A worker can stay alive and hear nothing after its broker was away. It leaves,
    and its supervisor starts it again.

    Deaf means: messages were sent and the broker took them, rows still wait,
    and this idle worker received nothing.
    """

    def __init__(self) -> None:
        self.listens = True
        self.unheard_since: float | None = None

    def on_received(self, **_signal: Any) -> None:
        self.unheard_since = None

    def look(self, swept: Swept) -> None:
        if swept.sent and swept.answered and self.listens and self.unheard_since is None:
            self.unheard_since = time.monotonic()
        if self.is_deaf():
            logger.critical("rows wait and no message arrives: leaving, to be started again")
            os.kill(os.getpid(), signal.SIGKILL)

    def is_deaf(self) -> bool:
        if self.unheard_since is None or worker_state.reserved_requests:
            return False
        if time.monotonic() - self.unheard_since < settings.STALL_SECONDS:
            return False
        waiting_since = timezone.now() - timedelta(seconds=settings.STALL_SECONDS)
        if Submission.objects.filter(
            state=State.QUEUED, tries=0, created_at__lt=waiting_since
        ).exists():
            return True
        self.unheard_since = None  # another worker took them
        return False
