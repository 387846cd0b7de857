"""A lab whose kind belongs to the tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from labs.grading.kinds import KINDS
from labs.models import Lab, Submission
from labs.queue import bell
from lessons.models import Course
from portal.accounts.models import User
from tests.labs.folders import LabFolder, write_folder
from tests.labs.kinds import words
from tests.rows import make_lab, make_submission


@pytest.fixture(autouse=True)
def _kind_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "words", words)
    bell.reset()


@pytest.fixture
def lab(course: Course) -> Lab:
    """Wants the words allow and read."""
    lab = make_lab(
        course, "say-it", kind="words", section="policy-structure", summary="Say two words."
    )
    lab.variants.update(table={"wanted": ["allow", "read"]}, starter="say", solution="allow read")
    return lab


@pytest.fixture
def submitted(lea: User, lab: Lab) -> Callable[..., Submission]:
    """lea's answer, queued."""

    def submit(text: str = "allow read", **fields: object) -> Submission:
        return make_submission(lea, lab, text, **fields)

    return submit


@pytest.fixture
def lab_folder(tmp_path: Path) -> LabFolder:
    """Writes a lab's folder into the catalog `tmp_path`."""
    return partial(write_folder, tmp_path)
