"""Keep a few processes running together: prefixed output, restart of what left, one Ctrl-C for all.

A process manager from PyPI would do most of this, but none both restarts a worker that left and
ends in a fixed order (pages first, then the worker finishes what it holds, the broker last).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from typing import IO

PR_SET_PDEATHSIG = 1  # Linux: the child is told when we die, even by SIGKILL
COLOURS = {"web": "36", "worker": "33", "broker": "35", "metrics": "34", "portal": "32"}
QUICK_EXIT = 10.0  # seconds; a process that leaves sooner is started again more slowly
LONGEST_PAUSE = 15.0


def say(name: str, line: str) -> None:
    """One line, whole, with its process's name before it."""
    label = f"{name:>7} |"
    if sys.stdout.isatty():
        label = f"\x1b[{COLOURS.get(name, '0')}m{label}\x1b[0m"
    sys.stdout.write(f"{label} {line}\n")
    sys.stdout.flush()


def die_with_parent(number: int = signal.SIGTERM) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def end_with_parent() -> None:
    """A web worker whose master was killed goes on serving the port: no answer is checked any more,
    and nobody can start the portal again. So it is killed as well, also when that was long ago."""
    die_with_parent(signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(1)


@dataclass
class Service:
    """One process that should always run. `patience` is how long it may take to end, in seconds.
    `last_signal` is what it gets when we are killed ourselves, maybe several times: the kernel
    sends it as each of our threads ends."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 10.0
    last_signal: int = signal.SIGTERM
    process: subprocess.Popen[str] | None = None
    reader: threading.Thread | None = None
    started_at: float = 0.0
    pause: float = 0.0
    start_after: float = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 (our own command lines)
            self.command,
            env=os.environ | dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which ends them in order
            preexec_fn=partial(die_with_parent, self.last_signal),
        )
        assert self.process.stdout is not None
        self.reader = threading.Thread(target=self.relay, args=(self.process.stdout,), daemon=True)
        self.reader.start()

    def relay(self, output: IO[str]) -> None:
        with output:
            for line in output:
                say(self.name, line.rstrip())

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def watch(self) -> None:
        """Start it again when it left; the pause grows while it leaves at once."""
        if self.is_running or time.monotonic() < self.start_after:
            return
        if self.process is not None:
            self.kill_session()
            self.note_exit(self.process.returncode)
            self.forget()
            return
        self.start()

    def forget(self) -> None:
        """Its last lines are printed before anything else happens (a grandchild may hold the pipe:
        one second)."""
        if self.reader is not None:
            self.reader.join(1)
        self.process = self.reader = None

    def note_exit(self, code: int) -> None:
        quick = time.monotonic() - self.started_at < QUICK_EXIT
        self.pause = min(self.pause * 2 + 1, LONGEST_PAUSE) if quick else 0.5
        self.start_after = time.monotonic() + self.pause
        say(
            "portal",
            f"{self.name} left ({describe_exit(code)}); starting it again in {self.pause:.0f} s",
        )

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        self.kill_session()
        self.process.wait()
        self.forget()

    def kill_session(self) -> None:
        """The process and whatever it left behind: a web worker whose master was killed goes on
        serving the port.

        Waits for nothing, so that a signal's handler may call it.
        """
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: nobody is left
                os.killpg(self.process.pid, signal.SIGKILL)


def describe_exit(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"


class Stopped(Exception):
    """Ctrl-C or SIGTERM while starting or running."""


@dataclass
class Supervisor:
    """Services in starting order; they end in the reverse order."""

    services: list[Service] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        signal.signal(signal.SIGINT, self.on_signal)
        signal.signal(signal.SIGTERM, self.on_signal)

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.stopping.is_set():
            say("portal", "stopping at once")
            for service in self.services:
                service.kill_session()
            return
        self.stopping.set()
        raise Stopped

    def add(self, service: Service) -> Service:
        self.services.append(service)
        service.start()
        return service

    def wait_for(self, service: Service, ready: Callable[[], bool], *, seconds: float) -> bool:
        """True when `ready` holds; False when the service left or time is up."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and service.is_running:
            if ready():
                return True
            time.sleep(0.05)
        return ready()

    def run(self) -> None:
        while True:
            for service in self.services:
                service.watch()
            time.sleep(0.25)

    def stop(self) -> None:
        self.stopping.set()
        for service in reversed(self.services):
            service.stop()
