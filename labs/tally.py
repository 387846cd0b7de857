"""Counts that only a process knows: requests, open streams, sweeps, messages that the broker took.

Each process counts in memory and adds to one hash in Redis every few seconds. So the sums are right
with any number of processes on any number of machines, nothing is left behind by one that was
killed, and no file needs a folder that all of them share. Lost are the last seconds of a process
that dies; when Redis is wiped, counting begins anew, which Prometheus expects of counters.

Nothing is counted unless METRICS_ADDRESS is set: nobody would ask. `portal.operations` tells it.
"""

from __future__ import annotations

import json
import os
import threading
import uuid
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

import redis
from django.conf import settings

COUNTS = "portal:tally:counts"
PROCESSES = "portal:tally:processes"
EVERY = 5.0  # seconds between two flushes
KEPT = 30  # seconds that the levels of a process are believed
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
NAMES_OF_BOUNDS = (*map(str, BOUNDS), "+Inf")
Key = tuple[str, ...]


def levels_key(process: str) -> str:
    return f"portal:tally:levels:{process}"


class Tally:
    """What one process counted since it last told Redis, and how much of something it has now."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts: Counter[Key] = Counter()
        self.levels: Counter[str] = Counter()
        self.process, self.sender = "", 0

    def count(self, name: str, *labels: str, amount: float = 1) -> None:
        if settings.METRICS_ADDRESS:
            with self.lock:
                self.counts[name, *labels] += amount  # type: ignore[assignment]

    def observe(self, name: str, *labels: str, seconds: float) -> None:
        """One more in a histogram: its bound and its sum."""
        if settings.METRICS_ADDRESS:
            bound = NAMES_OF_BOUNDS[bisect_left(BOUNDS, seconds)]
            with self.lock:
                self.counts[name, *labels, bound] += 1
                self.counts[name, *labels, "sum"] += seconds  # type: ignore[assignment]

    def level(self, name: str, change: int) -> None:
        if settings.METRICS_ADDRESS:
            with self.lock:
                self.levels[name] += change

    def keep_sending(self) -> None:
        """From now on in the background. Called where a server does its work, which is after it
        forked; a Celery worker's parent calls `send` in its sweep, because it forks later."""
        if self.sender != os.getpid() and settings.METRICS_ADDRESS:
            self.sender = os.getpid()
            threading.Thread(target=self.send_for_ever, name="tally", daemon=True).start()

    def send_for_ever(self) -> None:
        pause = threading.Event()
        while not pause.wait(EVERY):
            self.send()

    def send(self) -> bool:
        """Never raises: what Redis did not take is sent the next time."""
        if not settings.METRICS_ADDRESS:
            return False
        counts, levels = self.take()
        try:
            with connect() as client:
                write(client, self.own_name(), counts, levels)
        except (redis.RedisError, OSError):
            self.put_back(counts)
            return False
        return True

    def take(self) -> tuple[Counter[Key], dict[str, int]]:
        with self.lock:
            counts, self.counts = self.counts, Counter()
            return counts, dict(self.levels)

    def put_back(self, counts: Counter[Key]) -> None:
        with self.lock:
            self.counts.update(counts)

    def own_name(self) -> str:
        """Of this process; another one after a fork."""
        if not self.process.startswith(f"{os.getpid()}-"):
            self.process = f"{os.getpid()}-{uuid.uuid4().hex}"
        return self.process


tally = Tally()


def connect() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5, decode_responses=True
    )


def write(client: redis.Redis, process: str, counts: Counter[Key], levels: dict[str, int]) -> None:
    """All of it or nothing, or a sum would lack its counts."""
    pipeline = client.pipeline(transaction=True)
    for key, amount in counts.items():
        pipeline.hincrbyfloat(COUNTS, json.dumps(key), amount)
    if levels:
        pipeline.sadd(PROCESSES, process)
        pipeline.set(levels_key(process), json.dumps(levels), ex=KEPT)
    pipeline.execute()


def read_counts(client: redis.Redis) -> Iterator[tuple[Key, float]]:
    for field, amount in client.hgetall(COUNTS).items():
        yield tuple(json.loads(field)), float(amount)


def read_levels(client: redis.Redis) -> Counter[str]:
    """Added up over the processes that live; those that were not heard of lately are forgotten."""
    processes = sorted(map(str, client.smembers(PROCESSES)))
    told = client.mget([levels_key(process) for process in processes]) if processes else []
    gone = [process for process, levels in zip(processes, told, strict=True) if levels is None]
    if gone:
        client.srem(PROCESSES, *gone)
    found: Counter[str] = Counter()
    for levels in filter(None, told):
        found.update(json.loads(str(levels)))
    return found
