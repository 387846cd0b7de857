"""A small course of files, synced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lessons.folders import apply, write_course


@pytest.fixture
def notes_dir(tmp_path: Path, settings: Any, db: None) -> Path:
    settings.NOTES_DIR = tmp_path / "notes"
    settings.CATALOG_DIR = tmp_path / "catalog"
    settings.CATALOG_DIR.mkdir()
    write_course(settings.NOTES_DIR)
    apply(settings.NOTES_DIR)
    return Path(settings.NOTES_DIR)
