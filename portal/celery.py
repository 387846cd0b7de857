"""The Celery application; the settings are Django's, in CELERY_…"""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import setup_logging

from portal.operations import telemetry  # noqa: F401 (listens to the signals of a worker)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add("labs.sweeper:Sweeper")  # by name: models are not loaded yet


@setup_logging.connect  # type: ignore[untyped-decorator]
def keep_logging_as_it_is(**_signal: object) -> None:
    """As the settings say it; Celery would add handlers of its own."""
