"""What a first start leaves, made once in a run of the tests and copied by whoever begins with it.

A first start migrates, syncs the content and makes the demo's people, and takes half a minute.
Tests that are about something else begin after it: with a copy of a data folder and its SQLite
file, or of a data folder and a PostgreSQL database. First starts themselves are tested in
tests/test_one_command.py and, on PostgreSQL, in tests/portal/test_operating.py.

Every run makes its own, in whichever of its processes asks first; no run finds what was made of
other code or content. `python -m tests.faults` is a run for all of its seeds. Outside of a run
nothing is prepared: benches start from nothing.

Runs after each other share it where somebody names an empty folder for them, as `.ci/run` does:
`PREPARED_DATA=$(mktemp -d -t prepared-XXXXXX)`, and at the end `python -m tests.prepared`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from tests.databases import EMPTY, POSTGRES, address_of, connected
from tests.running import environment

PREPARED = "PREPARED_DATA"  # the folder of this run, in the environment of all of its processes
DEMO_PASSWORD = "learn-by-doing-on-a-server"  # of a deployment, where the public one is refused
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# Each begins with what the one before left. The commands are those of `manage.py run`, and of
# docker-compose.yml.
STAGES = {
    "migrated": ["migrate --no-input --verbosity 0"],
    "synced": ["collectstatic --no-input --verbosity 0", "sync_content --apply-if-safe"],
    "seeded": ["seed_demo"],
}


# --- A run ----------------------------------------------------------------------------------------


def begin_run() -> None:
    os.environ[PREPARED] = tempfile.mkdtemp(prefix="prepared-")


def end_run() -> None:
    """By the process that began it: whatever became of the others, nothing is left."""
    if any(run().glob(f"{POSTGRESQL}-*")):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(POSTGRES) as server:
            server.autocommit = True
            for stage in STAGES:
                server.execute(f'drop database if exists "{database_of(stage)}" with (force)')
    shutil.rmtree(os.environ.pop(PREPARED), ignore_errors=True)


def is_run() -> bool:
    return PREPARED in os.environ


def run() -> Path:
    return Path(os.environ[PREPARED])


# --- Copies ---------------------------------------------------------------------------------------


def copy_data(stage: str, to: Path, on: str = SQLITE) -> None:
    """Into a folder that is empty, or not there yet: the key and, on SQLite, all rows."""
    shutil.copytree(made(stage, on) / "data", to, dirs_exist_ok=True)


def template(stage: str) -> str:
    """The database that a new one is a copy of; nobody may connect to it."""
    made(stage, POSTGRESQL)
    return database_of(stage)


# --- Making ---------------------------------------------------------------------------------------


def made(stage: str, on: str) -> Path:
    """Where it is, once it is whole. Another process that wants it waits until then; should the
    one that makes it die, the next one begins anew."""
    folder = run() / f"{on}-{stage}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(stage, on, folder)
    return folder


def make(stage: str, on: str, folder: Path) -> None:
    earlier = [*STAGES][: [*STAGES].index(stage)]
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    (part / "data").mkdir(parents=True)
    if earlier:
        copy_data(earlier[-1], part / "data", on)
    url = new_database(stage, like=earlier[-1:]) if on == POSTGRESQL else ""
    for command in STAGES[stage]:
        manage(command, part / "data", url)
    part.rename(folder)


def new_database(stage: str, like: list[str]) -> str:
    name, source = database_of(stage), database_of(like[0]) if like else EMPTY
    with connected() as server:
        server.execute(f'drop database if exists "{name}" with (force)')
        server.execute(f'create database "{name}" template "{source}"')
    return address_of(name)


def manage(command: str, data: Path, url: str) -> None:
    words = command.split()
    if url and words[0] == "seed_demo":
        words += ["--password", DEMO_PASSWORD]
    subprocess.run(
        [sys.executable, "manage.py", *words],
        env=environment(data) | ({"DATABASE_URL": url} if url else {}),
        check=True,
        capture_output=True,
        timeout=300,
    )


def database_of(stage: str) -> str:
    return f"portal_{run().name.removeprefix('prepared-')}_{stage}"


if __name__ == "__main__":
    end_run()
