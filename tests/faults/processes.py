"""One process of a portal under test: started, killed, paused, started again when it left."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from portal.supervisor import die_with_parent

ROOT = Path(__file__).resolve().parents[2]
BACK_AFTER = 0.3  # seconds: as `restart: always` does


@dataclass
class Process:
    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    user: int | None = None
    popen: subprocess.Popen[bytes] | None = None
    wanted: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)

    def start(self) -> None:
        with self.lock, self.log.open("ab") as log:
            self.wanted = True
            self.popen = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                user=self.user,
                preexec_fn=partial(die_with_parent, signal.SIGKILL),
            )

    @property
    def is_running(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    @property
    def pid(self) -> int:
        assert self.popen is not None
        return self.popen.pid

    def watch(self) -> None:
        """Start it again when it left by itself, or was killed."""
        with self.lock:
            if self.wanted and not self.is_running:
                self.signal_all(signal.SIGKILL)
                time.sleep(BACK_AFTER)
                self.start()

    def signal_all(self, number: int) -> None:
        """The process and everything that it started and that stayed with it."""
        if self.popen is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.popen.pid, number)

    def stop(self, *, patience: float = 0.0, number: int = signal.SIGTERM) -> None:
        """Not started again. Without patience: SIGKILL."""
        with self.lock:
            self.wanted = False
            if self.popen is None:
                return
            if patience and self.is_running:
                self.popen.send_signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.popen.wait(patience)
            self.signal_all(signal.SIGKILL)
            self.popen.wait()


def children_of(pid: int) -> list[int]:
    """Workers, and not the helpers that Python starts for them."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [int(word) for word in words if b"resource_tracker" not in command_of(int(word))]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def send(pids: Sequence[int], number: int) -> None:
    for pid in filter(None, pids):  # 0 would be our own group
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def wait_for_the_end_of(pids: Sequence[int], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(command_of(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
