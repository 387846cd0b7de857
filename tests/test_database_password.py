"""Any password opens the database, on a server of its own that asks for one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import free_port

PASSWORD = "p@ss:/w%rd #'\"$\\ {x}?&"
ASK = ["shell", "--command", "from django.db import connection as c; c.ensure_connection()"]
ROOT = Path(__file__).resolve().parents[1]

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def tool(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(found[0]) if found else shutil.which(name) or ""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a PostgreSQL whose one role, portal, has the password; it refuses to run as root."""
    if not tool("initdb"):
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL's server programs are not installed")
        pytest.skip("PostgreSQL's server programs are not installed")
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="guarded-", dir="/tmp") as folder:
        Path(folder).chmod(0o777)
        (Path(folder) / "password").write_text(PASSWORD)
        data, port = f"{folder}/data", free_port()
        words = f"--username=portal --auth=scram-sha-256 --pwfile={folder}/password --no-sync"
        run([*as_owner, tool("initdb"), f"--pgdata={data}", *words.split()])
        server = f"-c port={port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
        control = [*as_owner, tool("pg_ctl"), f"--pgdata={data}", "--wait"]
        run([*control, f"--options={server}", f"--log={folder}/log", "start"])
        try:
            yield port
        finally:
            run([*control, "--mode=immediate", "stop"])


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60)


def manage(port: int, folder: Path, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"postgres://portal@127.0.0.1:{port}/postgres",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env=environment | given, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_a_wrong_password_is_refused(port: int, tmp_path: Path) -> None:
    answer = manage(port, tmp_path, *ASK, DATABASE_PASSWORD="wrong")
    assert "password authentication failed" in answer.stderr


def test_every_character_may_stand_in_the_password(port: int, tmp_path: Path) -> None:
    answer = manage(port, tmp_path, "migrate", "--verbosity=0", DATABASE_PASSWORD=PASSWORD)
    assert (answer.returncode, answer.stderr) == (0, "")
    kept = tmp_path / "portal.tar.gz"  # pg_dump and pg_restore get it too
    for words in (("backup", str(kept)), ("restore", str(kept), "--replace")):
        answer = manage(port, tmp_path, *words, DATABASE_PASSWORD=PASSWORD)
        assert (answer.returncode, answer.stderr) == (0, "")


def test_the_password_may_stand_in_a_file(port: int, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD + "\n")
    name = str(tmp_path / "password")
    answer = manage(port, tmp_path, *ASK, DATABASE_PASSWORD_FILE=name)
    assert (answer.returncode, answer.stderr) == (0, "")
