"""Start the whole portal as its users do, `manage.py run`, on a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "learn-by-doing"


@dataclass
class Portal:
    """A running portal: where it answers, and the process that supervises the others."""

    url: str
    data_dir: Path
    process: subprocess.Popen[str]
    log: Path

    def manage(self, *arguments: str) -> str:
        """A management command on the same data."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, env=environment(self.data_dir), capture_output=True, text=True, check=True
        ).stdout

    def pids(self, words: str) -> list[int]:
        """The supervised processes whose command line holds `words`."""
        found = subprocess.run(
            ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(None, 2) for line in found.splitlines()[1:]]
        return [
            int(pid) for pid, ppid, args in rows if int(ppid) == self.process.pid and words in args
        ]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


def environment(data_dir: Path) -> dict[str, str]:
    without = {"DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    clean = {name: value for name, value in os.environ.items() if name not in without}
    written = {"NOTES_DIR": data_dir / "notes", "CATALOG_DIR": data_dir / "catalog"}
    clean |= {name: str(folder) for name, folder in written.items() if folder.exists()}
    return clean | {
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SUBMISSIONS_PER_MINUTE": "100",
        "OPEN_ANSWERS": "100",
        "LEGAL_DIR": "tests/fixtures/legal",
    }


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_portal(data_dir: Path, **changes: str) -> Portal:
    """`changes` are of the environment."""
    port, log = free_port(), data_dir / "run.log"
    with log.open("w") as output:  # the child has its own handle from here on
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run", "--port", str(port)],
            env=environment(data_dir) | changes,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    deadline = time.monotonic() + 120
    while "The portal is ready" not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.wait()
            raise RuntimeError(f"the portal did not start:\n{log.read_text()}")
        time.sleep(0.1)
    return Portal(f"http://localhost:{port}", data_dir, process, log)
