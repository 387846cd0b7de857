"""What a worker does as it starts, and around a message."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from celery.app.task import Context
from celery.fixups.django import DjangoWorkerFixup
from celery.signals import task_postrun, task_prerun
from celery.utils.dispatch import Signal
from django.db import connection

from portal.celery import app

START = """
import os
from celery.signals import worker_init
from portal.celery import NICENESS, app
before = os.nice(0)
worker_init.send(sender=app)
assert NICENESS > 0
print(os.nice(0) - before == NICENESS)
"""


def test_a_worker_lets_pages_go_first() -> None:
    """In a process of its own: nobody can take it back."""
    done = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "True"


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(connection, "close", lambda: found.append("by Celery"))
    monkeypatch.setattr("portal.celery.close_old_connections", lambda: found.append("what is old"))
    return found


@pytest.mark.django_db
def test_a_connection_outlives_the_message_that_opened_it(closed: list[str]):
    worker = DjangoWorkerFixup(app)
    for _message in range(1000):
        worker.close_database()

    assert closed == []


@pytest.mark.parametrize("signal", [task_prerun, task_postrun])
def test_a_message_closes_what_is_old_or_broken(signal: Signal, closed: list[str]):
    task = SimpleNamespace(request=Context(is_eager=False), name="labs.check")
    signal.send(sender=None, task=task, task_id="1", args=[], kwargs={}, retval=None, state="")

    assert closed == ["what is old"]
