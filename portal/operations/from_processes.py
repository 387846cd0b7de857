"""Numbers that only processes know: they add them up in Redis (`labs.tally`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import redis
from prometheus_client.core import Metric

from labs.tally import BOUNDS, Key, connect, read_counts, read_levels
from portal.operations.families import Histogram, counters, gauge, gauges, histograms

QUEUES = ("interactive", "bulk")
# Name → what it is, its labels, and the values that are shown before anything was counted.
COUNTED: dict[str, tuple[str, Key, tuple[str, ...]]] = {
    "requests": ("Requests answered.", ("view", "status"), ()),
    "sweeps": ("Sweeps of the workers.", ("outcome",), ("done", "skipped")),
    "swept": ("Rows that sweeps looked after.", ("what",), ("faulted", "freed", "sent")),
    "publishes": ("Messages for the broker.", ("outcome",), ("taken", "refused")),
}


def families() -> Iterator[Metric]:
    """Of a broker that is away only this is known."""
    try:
        with connect() as client:
            counts, levels = dict(read_counts(client)), read_levels(client)
            waiting = {queue: client.llen(f"portal:{queue}") for queue in QUEUES}
    except (redis.RedisError, OSError):
        yield gauge("broker_up", "Whether the broker answers.", 0)
        return
    yield gauge("broker_up", "Whether the broker answers.", 1)
    yield gauges("broker_messages", "Messages that no worker took yet.", "queue", waiting)
    yield gauge("event_streams", "Streams of live events that are open.", levels["event_streams"])
    yield from counted(counts)


def counted(counts: dict[Key, float]) -> Iterator[Metric]:
    for name, (words, labels, expected) in COUNTED.items():
        values: Counter[Key] = Counter({(value,): 0 for value in expected})
        values.update({key[1:]: number for key, number in counts.items() if key[0] == name})
        yield counters(name, words, labels, values)
    yield histograms("request_seconds", "How long requests took.", "view", durations(counts))


def durations(counts: dict[Key, float]) -> dict[str, Histogram]:
    found: defaultdict[str, Histogram] = defaultdict(lambda: Histogram(BOUNDS))
    for (name, *labels), number in counts.items():
        if name == "request_seconds":
            view, bucket = labels
            if bucket == "sum":
                found[view].sum += number
            else:
                found[view].counts[bucket] += number
    return found
