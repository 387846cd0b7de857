"""Servers that tests start for themselves, on private sockets."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from portal.broker import is_answering, server_binary, server_command


@dataclass
class Broker:
    """A Valkey (or Redis) of its own. It may be stopped and started again;
    what it held on disk stays."""

    socket: Path
    port: int = 0  # the socket alone
    process: subprocess.Popen[bytes] | None = None
    binary: str = field(default_factory=server_binary)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0" if self.port else f"unix://{self.socket}"

    def start(self) -> None:
        if not self.binary:
            pytest.skip("no Valkey or Redis server runs here")
        self.process = subprocess.Popen(
            [
                *server_command(self.binary, self.socket),
                "--port",
                str(self.port),
                "--bind",
                "127.0.0.1",
            ],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        while not is_answering(self.url) and time.monotonic() < deadline:
            time.sleep(0.02)

    def stop(self) -> None:
        """At once, as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.socket.unlink(missing_ok=True)


@contextlib.contextmanager
def running_broker() -> Iterator[Broker]:
    # pytest's tmp_path may be too long for a socket
    with tempfile.TemporaryDirectory(prefix="broker-") as folder:
        broker = Broker(Path(folder) / "b.sock")
        broker.start()
        yield broker
        broker.stop()
