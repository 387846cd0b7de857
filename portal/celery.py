"""The Celery application; the settings are Django's, in CELERY_…"""

from __future__ import annotations

import contextlib
import gc
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, task_postrun, task_prerun, worker_init
from django.db import close_old_connections

from labs.grading.kinds import KINDS
from portal.operations import telemetry  # noqa: F401 (listens to the signals of a worker)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add("labs.sweeper:Sweeper")  # by name: models are not loaded yet


# Of a worker and all that it starts, beside the web's 0. Who reads or hands in waits for a page; a
# verdict may come some milliseconds later. In containers docker-compose.yml says it.
NICENESS = 10


@worker_init.connect  # type: ignore[untyped-decorator]
def let_pages_go_first(**_signal: object) -> None:
    with contextlib.suppress(AttributeError, OSError):  # where there is no such thing
        os.nice(NICENESS)


@worker_init.connect  # type: ignore[untyped-decorator]
def load_engines(**_signal: object) -> None:
    """Once, before the worker forks: its children share them."""
    KINDS.load()
    gc.freeze()  # see portal/apps.py


@task_prerun.connect  # type: ignore[untyped-decorator]
@task_postrun.connect  # type: ignore[untyped-decorator]
def close_what_is_old_or_broken(task: Any, **_signal: object) -> None:
    """As Django does around a request. Celery would connect anew for each message, and a new
    connection costs the database more than the answer that comes next."""
    if not task.request.is_eager:
        close_old_connections()


@setup_logging.connect  # type: ignore[untyped-decorator]
def keep_logging_as_it_is(**_signal: object) -> None:
    """As the settings say it; Celery would add handlers of its own."""
