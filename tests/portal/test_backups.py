"""The drill: a backup, a loss, and everything back; on both databases."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.databases import own_database
from tests.prepared import POSTGRESQL, SQLITE, copy_data, template

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

ANN = "from portal.accounts.models import User; "
MAKE = ANN + "User.objects.create_user('ann@example.com', 'x', name='Ann')"
LOSE = ANN + "User.objects.all().delete(); User.objects.create_user('eve@example.com', 'x')"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    with own_database(like=template("migrated")) as url:
        yield url


class Portal:
    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
        self.environment = kept | {
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def done(self, *words: str) -> str:
        answer = self.manage(*words)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def people(self) -> list[str]:
        """What the database itself says, not through the portal."""
        address = self.environment["DATABASE_URL"]
        file = self.folder / "data" / "portal.sqlite3"
        with closing(psycopg.connect(address) if address else sqlite3.connect(file)) as database:
            return [email for (email,) in database.execute("select email from accounts_user")]


@pytest.fixture
def portal(tmp_path: Path, database: str) -> Portal:
    portal = Portal(tmp_path, database)
    copy_data("migrated", tmp_path / "data", POSTGRESQL if database else SQLITE)
    portal.done("shell", "--verbosity=0", "--command", MAKE)
    picture = tmp_path / "data" / "media" / "courses" / "picture.txt"
    picture.parent.mkdir(parents=True)
    picture.write_text("drawn by hand")
    return portal


def test_what_was_lost_is_back_after_a_restore(portal: Portal, tmp_path: Path) -> None:
    backup = tmp_path / "portal.tar.gz"
    assert "Keep it where this machine cannot lose it" in portal.done("backup", str(backup))
    assert backup.stat().st_mode & 0o077 == 0
    portal.done("shell", "--verbosity=0", "--command", LOSE)
    (tmp_path / "data" / "media" / "courses" / "picture.txt").unlink()
    assert portal.people() == ["eve@example.com"]

    refused = portal.manage("restore", str(backup))
    assert refused.returncode != 0
    assert "This database has people in it." in refused.stderr
    assert portal.people() == ["eve@example.com"]

    portal.done("restore", str(backup), "--replace")
    portal.done("migrate", "--no-input", "--verbosity=0")
    assert portal.people() == ["ann@example.com"]
    assert (tmp_path / "data/media/courses/picture.txt").read_text() == "drawn by hand"


def test_a_backup_never_overwrites_another(portal: Portal, tmp_path: Path) -> None:
    there = tmp_path / "there.tar.gz"
    there.write_text("precious")
    answer = portal.manage("backup", str(there))
    assert answer.returncode != 0
    assert "is there already" in answer.stderr
    assert there.read_text() == "precious"


@pytest.mark.parametrize("database", [""], ids=["sqlite"])
def test_a_file_that_is_no_backup_changes_nothing(portal: Portal, tmp_path: Path) -> None:
    for name, content in {"text": b"no archive", "empty": b""}.items():
        (tmp_path / name).write_bytes(content)
        answer = portal.manage("restore", str(tmp_path / name), "--replace")
        assert answer.returncode != 0
        assert "is no backup of this portal" in answer.stderr
    trick = tmp_path / "trick.tar"
    with tarfile.open(trick, "w") as archive:
        archive.add(tmp_path / "text", "../outside")
    answer = portal.manage("restore", str(trick), "--replace")
    assert answer.returncode != 0
    assert portal.people() == ["ann@example.com"]


@pytest.mark.parametrize("database", [""], ids=["sqlite"])
def test_a_backup_may_leave_and_come_back_through_a_pipe(portal: Portal, tmp_path: Path) -> None:
    """A container need not see the file."""
    manage = f"{sys.executable} manage.py"
    script = f"{manage} backup - > $FILE && {manage} restore --replace - < $FILE"
    file = tmp_path / "portal.tar.gz"
    answer = subprocess.run(
        ["bash", "-euc", script], cwd=ROOT, env=portal.environment | {"FILE": str(file)},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (answer.returncode, answer.stdout[:24]) == (0, "Restored what was there "), answer.stderr
    with tarfile.open(file) as archive:
        assert "manifest.json" in archive.getnames()
    assert portal.people() == ["ann@example.com"]
