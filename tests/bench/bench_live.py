"""How long a verdict takes from the publisher to a waiting stream, with many streams open.

    python -m tests.bench.bench_live [STREAMS] [VERDICTS]

Starts a Valkey of its own and the events application as production runs it; prints figures, asserts
nothing but that no verdict is lost and that the events process holds no database connection.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STREAMS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
VERDICTS = int(sys.argv[2]) if len(sys.argv) > 2 else 400
PER_SECOND = 40

folder = Path(tempfile.mkdtemp(prefix="bench-live-"))
os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATA_DIR": str(folder)}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402

from labs.live import PREFIX, broadcast, token_for  # noqa: E402
from portal.broker import embedded_socket, is_answering, server_binary, server_command  # noqa: E402
from tests.running import free_port  # noqa: E402


async def listen(port: int, pk: int, heard: dict[int, float], opened: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {PREFIX}{token_for(pk, pk)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await writer.drain()
    try:
        while line := await reader.readline():
            if b"hello" in line:
                opened.append(pk)
            if b"data: graded" in line:
                heard[pk] = time.monotonic()
                return
    finally:
        writer.close()


async def measure(port: int) -> list[float]:
    heard: dict[int, float] = {}
    said: dict[int, float] = {}
    opened: list[int] = []
    streams = []
    for pk in range(STREAMS):
        streams.append(asyncio.create_task(listen(port, pk, heard, opened)))
        if pk % 50 == 49:
            await asyncio.sleep(0.05)
    while len(opened) < STREAMS:
        await asyncio.sleep(0.05)
    await asyncio.sleep(1)
    for pk in range(0, STREAMS, max(1, STREAMS // VERDICTS))[:VERDICTS]:
        said[pk] = time.monotonic()
        await asyncio.to_thread(broadcast, pk, "graded")
        await asyncio.sleep(1 / PER_SECOND)
    await asyncio.sleep(1)
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    assert set(heard) == set(said), f"{len(set(said) - set(heard))} verdicts were lost"
    return [1000 * (heard[pk] - said[pk]) for pk in said]


def main() -> None:
    socket = embedded_socket(settings.DATA_DIR)
    socket.parent.mkdir(parents=True, exist_ok=True)
    port = free_port()
    words = (
        "granian --interface asgi --workers 1 --backlog 2048 --log-level warning --port "
        f"{port} labs.live:events"
    )
    broker = subprocess.Popen(server_command(server_binary(), socket), stdout=subprocess.DEVNULL)
    web = subprocess.Popen([sys.executable, "-m", *words.split()])
    try:
        while not is_answering(settings.REDIS_URL):
            time.sleep(0.05)
        time.sleep(2)
        lags = sorted(asyncio.run(measure(port)))
        p95 = lags[int(len(lags) * 0.95)]
        print(
            f"{STREAMS} streams, {len(lags)} verdicts at {PER_SECOND}/s: p50 "
            f"{statistics.median(lags):.1f} ms,",
            end=" ",
        )
        print(
            f"p95 {p95:.1f} ms, max {lags[-1]:.1f} ms; database files open: "
            f"{open_databases(web.pid)}"
        )
    finally:
        for process in (web, broker):
            process.terminate()
            process.wait(10)


def open_databases(pid: int) -> int:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True
    ).stdout
    pids = [pid, *map(int, found.split())]
    files = [
        str(link.readlink())
        for each in pids
        for link in Path(f"/proc/{each}/fd").iterdir()
        if link.is_symlink()
    ]
    return sum("sqlite" in name or ":5432" in name for name in files)


if __name__ == "__main__":
    main()
