"""Liveness and readiness for the operator's tools: no session, no host check, no template."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from portal.broker import is_answering

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def middleware(get_response: GetResponse) -> GetResponse:
    answers = {"/healthz": alive, "/readyz": ready}

    def answer(request: HttpRequest) -> HttpResponseBase:
        return answers.get(request.path, get_response)(request)

    return answer


def alive(request: HttpRequest) -> HttpResponseBase:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponseBase:
    """503 without a migrated database. A missing broker is told,
    but work is still accepted without it."""
    database = database_state()
    status = 200 if database == "ok" else 503
    return JsonResponse({"database": database, "broker": broker_state()}, status=status)


def database_state() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "away"
    return "migrations are missing" if waiting else "ok"


def broker_state() -> str:
    return "ok" if is_answering(settings.REDIS_URL) else "away"
