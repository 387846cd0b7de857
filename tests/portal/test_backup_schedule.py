"""Backups by the clock, on SQLite."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal import backup_schedule
from portal.backup_schedule import hours_until_the_next, kept, make_one
from portal.backups import BackupError
from portal.doctor import look_at_backups


@pytest.fixture
def folder(settings, tmp_path: Path, monkeypatch) -> Path:
    settings.BACKUP_DIR, settings.BACKUPS_KEPT = str(tmp_path), 2
    monkeypatch.setattr(backup_schedule, "write_backup", lambda file: file.write_text("whole"))
    return tmp_path


def old(folder: Path, day: str, *, hours: float) -> Path:
    file = folder / f"portal-{day}-030000.tar.gz"
    file.write_text("whole")
    then = time.time() - hours * 3600
    os.utime(file, (then, then))
    return file


def test_the_newest_few_are_kept_and_nothing_else_is_touched(folder: Path) -> None:
    ours = [old(folder, f"2026-01-0{day}", hours=24 * (9 - day)) for day in range(1, 5)]
    (folder / "portal-by-hand.txt").write_text("mine")
    made = make_one()
    assert kept() == [made, ours[-1]]
    assert (folder / "portal-by-hand.txt").exists()


def test_a_backup_that_fails_takes_no_old_one_with_it(folder: Path, monkeypatch) -> None:
    before = [old(folder, f"2026-01-0{day}", hours=30) for day in range(1, 5)]

    def fail(file: Path) -> None:
        raise BackupError("the disk is full")

    monkeypatch.setattr(backup_schedule, "write_backup", fail)
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backups")
    assert kept() == sorted(before, reverse=True)


def test_a_restart_makes_none_before_its_time(folder: Path) -> None:
    assert hours_until_the_next() == 0
    old(folder, "2026-01-01", hours=20)
    assert hours_until_the_next() == pytest.approx(4, abs=0.01)
    old(folder, "2026-01-02", hours=30)  # by its name the newest: a clock was wrong
    assert hours_until_the_next() == 0


def test_the_doctor_misses_backups(folder: Path) -> None:
    assert "manage.py backups" in look_at_backups().cure
    old(folder, "2026-01-01", hours=50)
    late = look_at_backups()
    assert (late.words, bool(late.cure)) == ("The last backup is 50 hours old.", True)
    old(folder, "2026-01-02", hours=3)
    assert look_at_backups().cure == ""


def test_without_a_folder_none_are_expected(settings) -> None:
    settings.BACKUP_DIR = ""
    assert look_at_backups().cure == ""
    with pytest.raises(CommandError):
        call_command("backups")
