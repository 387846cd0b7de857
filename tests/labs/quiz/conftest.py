from __future__ import annotations

from pathlib import Path

import pytest

from lessons.sync import plan_courses
from tests.labs.quiz.folders import write_storage


@pytest.fixture
def notes(db: None, tmp_path: Path) -> Path:
    notes = write_storage(tmp_path / "notes")
    for plan in plan_courses(notes):
        plan.apply()
    return notes
