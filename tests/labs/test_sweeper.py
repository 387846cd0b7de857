from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from labs.models import Submission, Worker
from labs.queue import Swept
from labs.sweeper import Watchdog, show_life

SENT = Swept(faulted=0, freed=0, sent=1, answered=True)
QUIET = Swept(faulted=0, freed=0, sent=0, answered=True)
AWAY = Swept(faulted=0, freed=0, sent=0, answered=False)

Submitted = Callable[..., Submission]


@pytest.fixture
def long_ago() -> Any:
    return timezone.now() - timedelta(minutes=10)


@pytest.fixture
def watchdog(db: None) -> Watchdog:
    """Messages were sent ten minutes ago, and nothing has arrived since."""
    watchdog = Watchdog()
    watchdog.look(SENT)
    watchdog.unheard_since = time.monotonic() - 600
    return watchdog


def test_a_worker_shows_that_it_lives_and_forgets_the_dead(db: None) -> None:
    Worker.objects.create(name="dead", seen_at=timezone.now() - timedelta(days=2))
    show_life("worker@here")
    show_life("worker@here")
    assert [worker.name for worker in Worker.objects.all()] == ["worker@here"]


def test_rows_wait_and_nothing_arrives_the_worker_is_deaf(
    watchdog: Watchdog, submitted: Submitted, long_ago: Any
) -> None:
    submitted(created_at=long_ago)
    assert watchdog.is_deaf()


def test_a_worker_that_heard_something_is_not_deaf(
    watchdog: Watchdog, submitted: Submitted, long_ago: Any
) -> None:
    submitted(created_at=long_ago)
    watchdog.on_received(request=None)
    assert not watchdog.is_deaf()


def test_nothing_waits_because_another_worker_was_quicker(watchdog: Watchdog) -> None:
    assert not watchdog.is_deaf()
    assert watchdog.unheard_since is None


def test_a_broker_that_is_away_is_no_deafness(
    db: None, submitted: Submitted, long_ago: Any
) -> None:
    submitted(created_at=long_ago)
    watchdog = Watchdog()
    watchdog.look(AWAY)
    watchdog.look(QUIET)
    assert watchdog.unheard_since is None


def test_the_first_unheard_message_counts(db: None) -> None:
    watchdog = Watchdog()
    watchdog.look(SENT)
    first = watchdog.unheard_since
    watchdog.look(SENT)
    assert watchdog.unheard_since == first


def test_a_worker_for_other_work_hears_nothing_and_is_not_deaf(
    submitted: Submitted, long_ago: Any
) -> None:
    watchdog = Watchdog()
    watchdog.listens = False
    watchdog.look(SENT)
    submitted(created_at=long_ago)
    assert watchdog.unheard_since is None


def test_a_file_shows_that_the_worker_lives(db: None, settings: Any, tmp_path: Path) -> None:
    settings.HEARTBEAT_FILE = str(tmp_path / "lives")
    show_life("worker@here")
    assert (tmp_path / "lives").exists()
