"""Liveness and readiness for the operator's tools: no session, no host check, no template."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from labs.heartbeat import seconds_of_the_oldest_answer, seconds_since_a_worker
from lessons.models import Course
from portal.broker import is_answering
from portal.draining import is_draining

GetResponse = Callable[[HttpRequest], HttpResponseBase]
State = Mapping[str, str | int | None]
KEPT_SECONDS = 2.0


def middleware(get_response: GetResponse) -> GetResponse:
    answers = {"/healthz": alive, "/readyz": ready}

    def answer(request: HttpRequest) -> HttpResponseBase:
        return answers.get(request.path, get_response)(request)

    return answer


def alive(request: HttpRequest) -> HttpResponseBase:
    """503 before it ends: the proxy sends nobody any more."""
    if is_draining():
        return JsonResponse({"status": "about to end"}, status=503)
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponseBase:
    """503 without a migrated database. Everything else is told, but pages are still answered and
    work is still accepted without it."""
    state = readiness.state()
    return JsonResponse(state, status=200 if state["database"] == "ok" else 503)


class Readiness:
    """What was found a moment ago: anybody may ask, as often as they like."""

    def __init__(self) -> None:
        self.found: State = {}
        self.until = 0.0
        self.is_migrated = False
        self.lock = threading.Lock()

    def state(self) -> State:
        with self.lock:
            if time.monotonic() >= self.until:
                self.found = self.look()
                self.until = time.monotonic() + KEPT_SECONDS
            return self.found

    def look(self) -> State:
        broker = "ok" if is_answering(settings.REDIS_URL) else "away"
        try:
            if not self.migrated():
                return {"database": "migrations are missing", "broker": broker}
            return {"database": "ok", "broker": broker, **work_state()}
        except DatabaseError:
            return {"database": "away", "broker": broker}

    def migrated(self) -> bool:
        """Planned until nothing is left to do: it stays so as long as this code runs."""
        if not self.is_migrated:
            executor = MigrationExecutor(connection)
            self.is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self.is_migrated

    def forget(self) -> None:
        self.until, self.is_migrated = 0.0, False


readiness = Readiness()


def work_state() -> State:
    """Seconds; None where there is none."""
    return {
        "content": "ok" if Course.objects.exists() else "not synced",
        "worker_seen_seconds_ago": seconds_since_a_worker(),
        "oldest_answer_waits_seconds": seconds_of_the_oldest_answer(),
    }
