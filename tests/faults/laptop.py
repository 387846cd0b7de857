"""`manage.py run`: SQLite, an embedded Valkey, and the runner that keeps three processes."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from portal.broker import embedded_socket
from tests import prepared
from tests.faults.processes import (
    Process,
    children_of,
    command_of,
    send,
    wait_for_the_end_of,
)
from tests.faults.stack import Fault, Rows, Stack
from tests.running import free_port

DISK = 96  # MB of the disk that may be filled


class Laptop(Stack):
    name = "laptop"

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.has_disk = False

    def start(self) -> None:
        self.make_catalog()
        self.data.mkdir(parents=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m,mode=700", "tmpfs", str(self.data)]
        with contextlib.suppress(OSError):  # no mount here: SQLite says itself that it is full
            self.has_disk = subprocess.run(mount, capture_output=True).returncode == 0
        if prepared.is_run():
            prepared.copy_data("synced", self.data)
        command = [sys.executable, "manage.py", "run", "--no-demo", "--port", str(self.port)]
        self.processes["runner"] = Process(
            "runner", command, self.settings(), self.folder / "portal.log"
        )
        self.processes["runner"].start()
        self.wait_until_it_answers()

    def settings(self) -> dict[str, str]:
        return super().settings() | {"DATA_DIR": str(self.data)}

    def stop(self) -> None:
        self.watching.clear()
        left = self.services()
        self.processes["runner"].stop(patience=40, number=signal.SIGINT)
        send(left, signal.SIGKILL)
        if self.has_disk:
            time.sleep(0.2)
            subprocess.run(["umount", "-l", str(self.data)], check=False)

    def query(self, sql: str) -> Rows:
        with contextlib.closing(self.connect()) as connection:
            return connection.execute(sql).fetchall()

    def connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.data / "portal.sqlite3", timeout=30, isolation_level=None)

    # --- Faults ---

    def faults(self) -> Mapping[str, Fault]:
        return {
            "kill_web": lambda: self.kill("granian"),
            "kill_web_worker": self.kill_web_worker,
            "kill_worker": lambda: self.kill("celery"),
            "kill_child": self.kill_child,
            "kill_broker": self.kill_broker,
            "empty_broker": self.empty_broker,
            "pause_broker": self.pause_broker,
            "lock_database": self.lock_database,
            "fill_disk": self.fill_disk,
            "set_clock": self.set_clock,
            "kill_runner": self.kill_runner,
            "roll": self.roll,
        }

    def services(self, words: str = "") -> list[int]:
        pids = children_of(self.processes["runner"].pid)
        return [pid for pid in pids if words.encode() in command_of(pid)]

    def kill(self, words: str) -> None:
        send(self.services(words), signal.SIGKILL)

    def kill_web_worker(self) -> None:
        for web in self.services("granian"):
            send(children_of(web)[:1], signal.SIGKILL)

    def kill_child(self) -> None:
        """One of the worker's pool: it may be checking, or idle."""
        for worker in self.services("celery"):
            if children := children_of(worker):
                send([self.dice.choice(children)], signal.SIGKILL)

    def broker_pid(self) -> int:
        return next(iter(self.services("--unixsocket")), 0) or self.left_over()

    def left_over(self) -> int:
        """A broker that outlived its runner is nobody's child."""
        socket = str(embedded_socket(self.data.resolve()))
        found = subprocess.run(["pgrep", "-f", socket], capture_output=True, text=True).stdout
        return int((found.split() or ["0"])[0])

    def broker_folder(self) -> Path:
        return embedded_socket(self.data.resolve()).parent

    def lock_database(self) -> None:
        """Somebody writes for a long time."""
        with contextlib.closing(self.connect()) as connection:
            connection.execute("begin immediate")
            self.wait(2, 6)
            connection.execute("rollback")

    def fill_disk(self) -> None:
        ballast = self.data / "ballast" if self.has_disk else self.full
        try:
            with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while self.has_disk:
                    file.write(b"x" * 65536)
            self.wait(2, 5)
        finally:
            ballast.unlink()

    def kill_runner(self) -> None:
        left = self.services()
        self.processes["runner"].signal_all(signal.SIGKILL)
        if self.dice.random() < 0.5:  # else they end by themselves, as they are told
            send(left, signal.SIGKILL)
        wait_for_the_end_of(left, seconds=20)
        self.wait_until_it_answers()

    def roll(self) -> None:
        runner = self.processes["runner"]
        runner.stop(patience=40, number=signal.SIGINT)
        runner.start()
        self.wait_until_it_answers()
