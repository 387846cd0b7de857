"""A portal that runs as its users run it, and the faults that can be done to it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.faults.processes import ROOT, Process, send
from tests.labs.folders import with_line, write_folder

SECTION = "permissions"  # a heading of the notes

Fault = Callable[[], None]
Rows = list[tuple[Any, ...]]


class Stack:
    """`processes` are started again when they leave, as an operator's supervisor does."""

    name = ""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.dice = folder, random.Random(f"{seed} of {self.name}")
        self.processes: dict[str, Process] = {}
        self.watching = threading.Event()
        self.clock, self.full = folder / "clock", folder / "full"

    # What a stack says of itself.

    url = ""

    def faults(self) -> Mapping[str, Fault]:
        raise NotImplementedError

    def query(self, sql: str) -> Rows:
        """What the database itself says, not through the portal."""
        raise NotImplementedError

    def broker_pid(self) -> int:
        raise NotImplementedError

    def broker_folder(self) -> Path:
        raise NotImplementedError

    # What all of them can do.

    def settings(self) -> dict[str, str]:
        without = {"DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "SECRET_KEY", "CI"}
        clean = {name: value for name, value in os.environ.items() if name not in without}
        return clean | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.portal_settings",
            "CATALOG": str(self.folder / "catalog"),
            "CLOCK_FILE": str(self.clock),
            "FULL_FILE": str(self.full),
        }

    def make_catalog(self) -> None:
        """The real labs, and one of the tests' own kind."""
        catalog = self.folder / "catalog"
        shutil.copytree(ROOT / "labs" / "catalog", catalog)
        table = with_line('verb = "read"\n[[variants]]\nverb = "write"', 'verb = "read"')
        write_folder(catalog, lab_toml=table.replace("policy-structure", SECTION))

    def watch(self) -> None:
        self.watching.set()
        threading.Thread(target=self.keep, daemon=True).start()

    def keep(self) -> None:
        while self.watching.is_set():
            for process in list(self.processes.values()):
                process.watch()
            time.sleep(0.1)

    def wait_until_it_answers(self, *, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/readyz", timeout=2).close()
                return
            time.sleep(0.2)
        raise AssertionError(f"{self.url} does not answer")

    def wait(self, shortest: float, longest: float) -> None:
        time.sleep(self.dice.uniform(shortest, longest))

    def set_clock(self) -> None:
        """The worker's, for some seconds: wrong by seconds, minutes or hours, either way."""
        self.clock.write_text(str(self.dice.choice([-7200, -300, -20, 20, 300, 7200])))
        self.wait(2, 5)
        self.clock.unlink()

    def pause_broker(self) -> None:
        pid = [self.broker_pid()]
        send(pid, signal.SIGSTOP)
        self.wait(1, 5)
        send(pid, signal.SIGCONT)

    def kill_broker(self) -> None:
        send([self.broker_pid()], signal.SIGKILL)

    def empty_broker(self) -> None:
        """It comes back and knows of nothing."""
        pid = [self.broker_pid()]
        send(pid, signal.SIGSTOP)
        for kept in self.broker_folder().glob("appendonlydir*"):
            shutil.rmtree(kept, ignore_errors=True)
        send(pid, signal.SIGKILL)
