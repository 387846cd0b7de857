"""What a first start leaves is made once, whoever asks for it, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests import prepared
from tests.databases import POSTGRES

STAGES = {"first": ["one"], "second": ["two", "three"]}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Another one than that of this test, whose commands only say that they ran."""
    monkeypatch.setenv(prepared.PREPARED, "")
    monkeypatch.setattr(prepared, "STAGES", STAGES)
    monkeypatch.setattr(prepared, "manage", note)
    prepared.begin_run()
    yield prepared.run()
    with suppress(KeyError):
        prepared.end_run()


def note(command: str, data: Path, url: str) -> None:
    with (data.parents[1] / "ran").open("a") as ran:
        ran.write(f"{command}\n")
    (data / command).touch()


def test_a_stage_begins_with_what_the_one_before_left(run: Path, tmp_path: Path) -> None:
    prepared.copy_data("second", tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one", "three", "two"]


def test_what_is_made_is_not_made_again(run: Path, tmp_path: Path) -> None:
    for name in ("here", "there"):
        prepared.copy_data("second", tmp_path / name)
    assert (run / "ran").read_text().split() == ["one", "two", "three"]


def test_four_who_ask_at_once_get_the_same(run: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: prepared.copy_data("first", tmp_path / str(n)), range(4)))
    assert (run / "ran").read_text().split() == ["one"]
    assert len(list(tmp_path.glob("*/one"))) == 4


def test_where_somebody_gave_up_half_way_the_next_one_begins_anew(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "manage", give_up)
    with pytest.raises(TimeoutError):
        prepared.copy_data("first", tmp_path)
    monkeypatch.setattr(prepared, "manage", note)
    prepared.copy_data("first", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["one"]


def give_up(command: str, data: Path, url: str) -> None:
    (data / "half").touch()
    raise TimeoutError


@pytest.mark.postgres
def test_nothing_stays_when_the_run_ends(run: Path) -> None:
    name = prepared.template("second")
    assert {name, prepared.database_of("first")} <= databases()
    prepared.end_run()
    assert not {one for one in databases() if one.startswith(name.removesuffix("_second"))}
    assert not run.exists()


def databases() -> set[str]:
    with psycopg.connect(POSTGRES) as server:
        return {row[0] for row in server.execute("select datname from pg_database")}
