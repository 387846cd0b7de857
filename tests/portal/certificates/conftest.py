from __future__ import annotations

import pytest

from lessons.models import Course
from portal.certificates import keys
from tests.portal.certificates.earning import prepare


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of the real size takes a second to find."""
    monkeypatch.setattr(keys, "BITS", 2048)


@pytest.fixture
def course(course: Course) -> Course:
    prepare(course)
    return course
