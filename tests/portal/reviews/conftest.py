from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from labs.models import Lab, Submission
from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Role
from tests.rows import make_grade, make_lab, make_submission, make_user


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


@pytest.fixture
def answer(lea: User, lab: Lab) -> Submission:
    """lea's, which failed two of four checks."""
    submission = make_submission(lea, lab, '{\n  "Statement": []\n}')
    make_grade(submission, 2)
    return submission


@pytest.fixture
def words() -> Callable[[Any], str]:
    """What one reads: the page's text without its tags."""
    return lambda page: " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


@pytest.fixture
def una(cohort: Cohort) -> User:
    """Teaches with tom."""
    una = make_user("Una Teacher")
    cohort.enrol(una, role=Role.INSTRUCTOR)
    return una
