"""Everything that cannot be made again, in one file: the database, and the files of `media`.

SQLite is copied by its own online backup, PostgreSQL by pg_dump and pg_restore, which have to be on
the machine (and are in the image). The broker holds nothing: the sweeper fills it from the rows.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

FORMAT = 1
MANIFEST, DATABASE, MEDIA = "manifest.json", "database", "media"


class BackupError(Exception):
    """A sentence for the operator."""


def write_backup(target: Path) -> None:
    """All or nothing: the file has its name only once it is whole, and nobody else may read it."""
    if target.exists():
        raise BackupError(f"{target} is there already: choose another name.")
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as work:
        folder = Path(work)
        dump_database(folder / DATABASE)
        (folder / MANIFEST).write_text(json.dumps(manifest(), indent=1))
        packed = folder / "whole.tar.gz"
        with tarfile.open(packed, "w:gz") as archive:
            for name in (MANIFEST, DATABASE):
                archive.add(folder / name, name)
            if settings.MEDIA_ROOT.is_dir():
                archive.add(settings.MEDIA_ROOT, MEDIA)
        packed.chmod(0o600)
        os.link(packed, target)  # fails where somebody made the name meanwhile


def read_backup(source: Path, *, replace: bool) -> Mapping[str, Any]:
    """Put back what `source` holds; its manifest. Refused where it would replace something."""
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    if not replace and has_people():
        raise BackupError(
            "This database has people in it. Stop web and worker, make a backup of it, and add "
            "--replace."
        )
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA_DIR) as work:
        folder = Path(work)
        found = unpack(source, folder)
        restore_database(folder / DATABASE)
        if (folder / MEDIA).is_dir():
            shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
            shutil.move(folder / MEDIA, settings.MEDIA_ROOT)
    return found


def unpack(source: Path, folder: Path) -> Mapping[str, Any]:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        found: Mapping[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, OSError, ValueError) as error:
        raise BackupError(f"{source} is no backup of this portal: {error}") from error
    if found.get("format") != FORMAT or found.get("engine") != connection.vendor:
        raise BackupError(
            f"{source} holds a {found.get('engine')} database; this portal runs on "
            f"{connection.vendor}."
        )
    return found


def manifest() -> dict[str, Any]:
    return {
        "format": FORMAT,
        "engine": connection.vendor,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "migrations": sorted(
            ".".join(key) for key in MigrationRecorder(connection).applied_migrations()
        ),
    }


def has_people() -> bool:
    table = "accounts_user"
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 (a name of ours)  # nosec B608
        return cursor.fetchone() is not None


def dump_database(target: Path) -> None:
    tools: dict[str, Callable[[Path], None]] = {"sqlite": dump_sqlite, "postgresql": pg_dump}
    tools[connection.vendor](target)


def restore_database(source: Path) -> None:
    tools: dict[str, Callable[[Path], None]] = {"sqlite": restore_sqlite, "postgresql": pg_restore}
    connections.close_all()
    tools[connection.vendor](source)


def sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def dump_sqlite(target: Path) -> None:
    """While others write."""
    with closing(sqlite3.connect(sqlite_file())) as now, closing(sqlite3.connect(target)) as copy:
        now.backup(copy)


def restore_sqlite(source: Path) -> None:
    """Through the database's own locks: a process that still runs sees the one or the other."""
    with closing(sqlite3.connect(source)) as kept, closing(sqlite3.connect(sqlite_file())) as now:
        kept.backup(now)


def pg_dump(target: Path) -> None:
    run_tool("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def pg_restore(source: Path) -> None:
    """In one transaction, tables that the backup does not know of included: after an upgrade that
    is taken back there are some."""
    script = source.with_suffix(".sql")
    run_tool("pg_restore", "--no-owner", f"--file={script}", str(source))
    run_tool(
        "psql",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--command=DROP SCHEMA public CASCADE; CREATE SCHEMA public",
        f"--file={script}",
    )


def run_tool(name: str, *words: str) -> None:
    """The password goes by the environment: a command line is everybody's to read."""
    known = connection.settings_dict
    access = {
        "PGHOST": known["HOST"],
        "PGPORT": str(known["PORT"] or 5432),
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGDATABASE": known["NAME"],
    }
    given = {key: str(value) for key, value in access.items() if value}
    try:
        subprocess.run(  # noqa: S603 (our own words and settings)
            [name, *words], env=os.environ | given, check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise BackupError(f"{name} is not on this machine: install postgresql-client.") from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{name} failed: {error.stderr.strip()[-500:]}") from error
