from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from labs.models import Lab
from lessons.models import Course
from portal.accounts.models import User
from tests.rows import make_lab


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "deny-wins", section="policy-structure")


@pytest.fixture
def toms(client_of: Callable[[User], Client], tom: User) -> Client:
    return client_of(tom)
