"""Backups by the clock: one file each so many hours, and the newest few of them kept."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from portal.backups import BackupError, write_backup

NAMES = "portal-*.tar.gz"


def folder() -> Path:
    if not settings.BACKUP_DIR:
        raise BackupError("BACKUP_DIR names no folder.")
    return Path(settings.BACKUP_DIR)


def kept() -> list[Path]:
    """The newest first: the time stands in the name, as another machine's clock may differ."""
    return sorted(folder().glob(NAMES), reverse=True)


def hours_since_the_last() -> float | None:
    """None where there is none."""
    files = kept()
    return (time.time() - files[0].stat().st_mtime) / 3600 if files else None


def hours_until_the_next() -> float:
    since = hours_since_the_last()
    return 0.0 if since is None else max(0.0, settings.BACKUP_HOURS - since)


def make_one() -> Path:
    """Old ones go only once the new one is whole."""
    made = folder() / f"portal-{timezone.now():%Y-%m-%d-%H%M%S}.tar.gz"
    write_backup(made)
    for old in kept()[settings.BACKUPS_KEPT :]:
        old.unlink()
    return made
