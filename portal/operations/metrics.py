"""Everything that Prometheus may ask, at an address of its own: `manage.py metrics`.

One small process tells the numbers of all: nothing is lost when a web worker or a pool child is
replaced, and no visitor's request is held up by a scrape.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from portal.operations import from_processes, from_tables

KEPT_SECONDS = 2.0


class Numbers(Collector):
    """What was found a moment ago, however many ask."""

    def __init__(self) -> None:
        self.checks = from_tables.Checks()
        self.lock = threading.Lock()
        self.found: list[Metric] = []
        self.until = 0.0

    def collect(self) -> Iterable[Metric]:
        with self.lock:
            if time.monotonic() >= self.until:
                self.found = list(self.look())
                self.until = time.monotonic() + KEPT_SECONDS
            return self.found

    def look(self) -> Iterator[Metric]:
        yield from from_processes.families()
        yield from from_tables.families(self.checks)

    def describe(self) -> Iterable[Metric]:
        return ()  # registering asks nobody


def registry() -> CollectorRegistry:
    found = CollectorRegistry()
    found.register(Numbers())
    return found


def serve(host: str, port: int) -> None:
    """Until the process ends."""
    _server, thread = start_http_server(port, host, registry())
    thread.join()
