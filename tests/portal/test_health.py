"""What the operator's tools ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from labs.models import Worker
from portal.draining import MARK
from portal.health import readiness
from tests.rows import make_lab, make_submission


@pytest.fixture(autouse=True)
def _nothing_remembered():
    readiness.forget()
    yield
    readiness.forget()


def test_liveness_needs_neither_database_nor_host_name(client):
    answer = client.get("/healthz", headers={"host": "anything.example"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_server_that_is_about_to_end_says_so(client, monkeypatch, tmp_path):
    monkeypatch.setenv(MARK, str(tmp_path / "draining"))
    assert client.get("/healthz").status_code == 200
    (tmp_path / "draining").touch()
    assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
def test_ready_without_a_broker_because_work_is_still_accepted(client, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "database": "ok",
        "broker": "away",
        "content": "not synced",
        "worker_seen_seconds_ago": None,
        "oldest_answer_waits_seconds": None,
    }


def test_a_dead_worker_and_an_answer_that_waits_are_seen(client, lea, course):
    ago = timezone.now() - timedelta(seconds=90)
    Worker.objects.create(name="portal@here", seen_at=ago)
    make_submission(lea, make_lab(course, "say-it"), created_at=ago)
    state = client.get("/readyz").json()
    assert state["content"] == "ok"
    assert 90 <= state["worker_seen_seconds_ago"] < 100
    assert 90 <= state["oldest_answer_waits_seconds"] < 100


@pytest.mark.django_db
def test_not_ready_while_migrations_are_missing(client):
    MigrationRecorder.Migration.objects.filter(app="labs").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "migrations are missing")


@pytest.mark.django_db
def test_asking_often_costs_no_more_than_asking_once(client, django_assert_num_queries):
    client.get("/readyz")
    with django_assert_num_queries(0):
        assert client.get("/readyz").status_code == 200
