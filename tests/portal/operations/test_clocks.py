"""Clocks are compared where there are two."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from labs.models import Worker
from portal.operations.clocks import seconds_ahead_of_the_database, seconds_of_a_worker_ahead

pytestmark = pytest.mark.django_db


def test_this_clock_and_the_databases_agree_on_one_machine() -> None:
    assert abs(seconds_ahead_of_the_database()) < 1


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
def test_a_clock_that_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    late = timezone.now() - timedelta(hours=1)
    monkeypatch.setattr("portal.operations.clocks.timezone.now", lambda: late)
    assert -3700 < seconds_ahead_of_the_database() < -3590


def test_the_clock_of_a_worker_is_known_by_what_it_wrote() -> None:
    assert seconds_of_a_worker_ahead() == 0
    Worker.objects.create(name="portal@here", seen_at=timezone.now() - timedelta(hours=1))
    assert seconds_of_a_worker_ahead() < -3590
    Worker.objects.create(name="portal@there", seen_at=timezone.now() + timedelta(minutes=1))
    assert 55 < seconds_of_a_worker_ahead() <= 60
