"""What the operator's tools ask."""

from __future__ import annotations

import pytest
from django.db.migrations.recorder import MigrationRecorder


def test_liveness_needs_neither_database_nor_host_name(client):
    answer = client.get("/healthz", headers={"host": "anything.example"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_without_a_broker_because_work_is_still_accepted(client, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "broker": "away"})


@pytest.mark.django_db
def test_not_ready_while_migrations_are_missing(client):
    MigrationRecorder.Migration.objects.filter(app="labs").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "migrations are missing")
