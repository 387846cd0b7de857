"""Numbers that the database knows, whoever did the work: asked when somebody looks, by indexes."""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from prometheus_client.core import Metric

from labs.grading.kinds import KINDS
from labs.heartbeat import (
    checked_between,
    faulted_answers,
    open_answers,
    seconds_since_a_worker,
    workers_alive,
)
from labs.models.turns import OPEN
from lessons.models import Course
from portal.health import readiness
from portal.operations.clocks import seconds_ahead_of_the_database
from portal.operations.families import Histogram, Labels, counters, gauge, gauges, histograms

ALIVE = 60  # seconds since a worker's last sign
LAG = timedelta(seconds=10)  # a row may be committed a moment after the time that it holds
AT_ONCE = timedelta(hours=1)  # of checks, that one look adds
TOOK = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)
WAITED = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0)
OUTCOMES = ("graded", "faulted", "unreadable")


class Checks:
    """How long checks took since this process began: each look adds what was finished since the
    last one, so that it stays as cheap with a million rows as with none."""

    def __init__(self) -> None:
        self.since = timezone.now() - LAG
        self.took = {kind: Histogram(TOOK) for kind in KINDS}
        self.waited = {kind: Histogram(WAITED) for kind in KINDS}
        self.outcomes: Counter[Labels] = Counter(
            {(kind, how): 0 for kind in KINDS for how in OUTCOMES}
        )

    def look(self) -> None:
        until = min(timezone.now() - LAG, self.since + AT_ONCE)
        for checked in list(checked_between(self.since, until)):
            self.outcomes[checked.kind, checked.outcome] += 1
            add(self.took.setdefault(checked.kind, Histogram(TOOK)), checked.took)
            add(self.waited.setdefault(checked.kind, Histogram(WAITED)), checked.waited)
        self.since = max(self.since, until)

    def families(self) -> Iterator[Metric]:
        self.look()
        yield histograms("checking_seconds", "How long checks took.", "kind", self.took)
        yield histograms("waiting_seconds", "How long answers waited.", "kind", self.waited)
        yield counters("checks", "Answers checked.", ("kind", "outcome"), self.outcomes)


def add(histogram: Histogram, seconds: float) -> None:
    bounds = [float(name) for name in histogram.names[:-1]]
    histogram.counts[histogram.names[bisect_left(bounds, seconds)]] += 1
    histogram.sum += seconds


def families(checks: Checks) -> Iterator[Metric]:
    """Of a database that is away only this is known."""
    yield gauge("disk_free_bytes", "Room in DATA_DIR.", shutil.disk_usage(settings.DATA_DIR).free)
    try:
        found = list(rows_of(checks)) if readiness.migrated() else []
    except DatabaseError:
        found = []
    finally:
        connection.close()
    yield gauge("database_up", "Whether a migrated database answers.", bool(found))
    yield from found


def rows_of(checks: Checks) -> Iterator[Metric]:
    answers = open_answers()
    count = {str(state): answers.get(state, (0, 0))[0] for state in OPEN}
    oldest = {str(state): answers.get(state, (0, 0))[1] for state in OPEN}
    yield gauges("answers", "Answers that wait or are being checked.", "state", count)
    yield gauges("oldest_answer_seconds", "Since the oldest of them came in.", "state", oldest)
    yield gauge("answers_faulted", "Answers that could not be checked.", faulted_answers())
    yield gauge("workers", "Workers seen within a minute.", workers_alive(ALIVE))
    seen = seconds_since_a_worker()
    if seen is not None:
        yield gauge("worker_seen_seconds", "Since the last sign of any worker.", seen)
    yield gauge("content_synced", "Whether there is a course.", Course.objects.live().exists())
    ahead = seconds_ahead_of_the_database()
    yield gauge("clock_ahead_seconds", "This clock, before the database's.", ahead)
    yield from checks.families()
