"""Who else is told of errors and of time, where the environment names somebody.

`SENTRY_DSN` and `OTEL_EXPORTER_OTLP_ENDPOINT`: without them neither library is imported. Started in
each process that does the work: a web worker once it runs, a Celery worker's parent for errors
(before it forks, because its children patch what they trace with), its children for both.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from celery.signals import worker_init, worker_process_init, worker_process_shutdown
from django.conf import settings

SENTRY, TRACING = "portal.operations.sentry", "portal.operations.tracing"


def start() -> None:
    report_errors()
    if settings.OTLP_ENDPOINT:
        import_module(TRACING).start()


def report_errors(**_signal: object) -> None:
    if settings.SENTRY_DSN:
        import_module(SENTRY).start()


def traced(get_response: Any) -> Any:
    """The same function; a span around it where somebody collects them."""
    return (
        import_module(TRACING).middleware(get_response) if settings.OTLP_ENDPOINT else get_response
    )


@worker_process_init.connect  # type: ignore[untyped-decorator]
def start_in_child(**_signal: object) -> None:
    start()


@worker_process_shutdown.connect  # type: ignore[untyped-decorator]
def say_the_last(**_signal: object) -> None:
    """A child that is replaced keeps nothing for itself."""
    if settings.OTLP_ENDPOINT:
        import_module(TRACING).stop()


worker_init.connect(report_errors)
