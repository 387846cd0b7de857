"""A PostgreSQL of its own: it may be paused, cut off and filled without harm to anybody else's."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.faults.processes import Process, children_of, send
from tests.running import free_port

# Once the row of `harness_full` says so, every write is answered as a full disk answers it.
NO_ROOM = """
create table harness_full (is_full boolean not null);
insert into harness_full values (false);
create function harness_no_room() returns trigger language plpgsql as $$
begin
  if (select is_full from harness_full) then
    raise exception 'could not extend file: No space left on device' using errcode = '53100';
  end if;
  return null;
end $$;
"""
TABLES = ("labs_submission", "labs_grade", "labs_draft", "labs_kepttext", "accounts_session")


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@dataclass
class Postgres:
    """It is started by another user than root, in a folder that this user may reach."""

    log: Path
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="pg-")))
    port: int = 0
    process: Process | None = None

    def start(self) -> None:
        bin_folder = binaries()
        assert bin_folder is not None
        user = pwd.getpwnam("postgres").pw_uid if os.geteuid() == 0 else None
        if user is not None:
            os.chown(self.folder, user, -1)
        data, self.port = self.folder / "data", free_port()
        if not data.exists():
            make = [bin_folder / "initdb", "-D", data, "-U", "postgres", "--auth", "trust", "-E"]
            subprocess.run([*make, "UTF8"], check=True, capture_output=True, user=user, cwd="/")
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "max_connections": 60,
        }
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self.process = Process(
            "database",
            [str(word) for word in (bin_folder / "postgres", "-D", data, *words)],
            dict(os.environ),
            self.log,
            user,
        )
        self.process.start()
        self.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                self.run("select 1")
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def url(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as server:
            for statement in statements:
                server.execute(statement)

    def add_triggers(self, database: str) -> None:
        triggers = [
            f"create trigger harness_no_room before insert or update on {table} "
            "for each statement execute function harness_no_room()"
            for table in TABLES
        ]
        self.run(NO_ROOM, *triggers, database=database)

    def backends(self) -> list[int]:
        assert self.process is not None
        return children_of(self.process.pid)

    def pause(self, seconds: float) -> None:
        assert self.process is not None
        stopped = [self.process.pid, *self.backends()]
        send(stopped, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            send([*stopped, *self.backends()], signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            self.process.stop(patience=20, number=signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)
