"""How long a verdict takes from the publisher to a waiting stream, with many streams open.

The floor is one subscriber of the broker that hears the same message.
"""

from __future__ import annotations

import asyncio
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import redis
from django.conf import settings

from labs.live import PREFIX, broadcast, token_for
from tests.bench.clock import share
from tests.bench.ground import serving
from tests.bench.processes import open_files
from tests.bench.row import Effort, Row

PER_SECOND = 40
MOST_STREAMS = 1000


def rows(effort: Effort) -> Iterator[Row]:
    number = min(MOST_STREAMS, effort.times(300))
    with serving("events") as deployment:
        streams = Streams(deployment.ports["events"])
        lags = asyncio.run(streams.measure(number, min(number, effort.times(100))))
        files = open_databases(deployment.processes["events"].pid)
    floor = subscribers_lag(len(lags))
    note = f"{number} streams, {len(lags)} verdicts at {PER_SECOND}/s"
    yield Row(
        "p50 to the stream", statistics.median(lags), "ms", statistics.median(floor), note=note
    )
    yield Row("p95 to the stream", share(lags, 0.95), "ms", share(floor, 0.95), note=note)
    lost = len(streams.said) - len(lags)
    note = f"{files} database connections in the events process"
    yield Row("verdicts lost", lost, "", goals=("ours <= 0",), note=note)


@dataclass
class Streams:
    port: int
    said: dict[int, float] = field(default_factory=dict)
    heard: dict[int, float] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)

    async def measure(self, number: int, verdicts: int) -> list[float]:
        """Milliseconds of each verdict."""
        streams = []
        for pk in range(number):
            streams.append(asyncio.create_task(self.listen(pk)))
            if pk % 50 == 49:
                await asyncio.sleep(0.05)
        while len(self.opened) < number:
            await asyncio.sleep(0.05)
        await asyncio.sleep(1)
        for pk in range(0, number, max(1, number // verdicts)):
            self.said[pk] = time.monotonic()
            await asyncio.to_thread(broadcast, pk, "graded")
            await asyncio.sleep(1 / PER_SECOND)
        await asyncio.sleep(1)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
        return [1000 * (at - self.said[pk]) for pk, at in self.heard.items()]

    async def listen(self, pk: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        request = f"GET {PREFIX}{token_for(pk, pk)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        writer.write(request.encode())
        await writer.drain()
        try:
            while line := await reader.readline():
                if b"hello" in line:
                    self.opened.add(pk)
                if b"data: graded" in line:
                    self.heard[pk] = time.monotonic()
                    return
        finally:
            writer.close()


def subscribers_lag(times: int) -> list[float]:
    client = redis.Redis.from_url(settings.REDIS_URL)
    heard: list[float] = []
    said: list[float] = []
    pubsub = client.pubsub(ignore_subscribe_messages=False)
    pubsub.subscribe("bench")
    pubsub.get_message(timeout=5)

    def listen() -> None:
        while len(heard) < times:
            if pubsub.get_message(timeout=5):
                heard.append(time.monotonic())

    listener = threading.Thread(target=listen)
    listener.start()
    for number in range(times):
        said.append(time.monotonic())
        client.publish("bench", number)
        time.sleep(1 / PER_SECOND)
    listener.join()
    return [1000 * (at - since) for since, at in zip(said, heard, strict=True)]


def open_databases(pid: int) -> int:
    return sum("sqlite" in name or ":5432" in name for name in open_files(pid))
