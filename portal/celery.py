"""The Celery application; the settings are Django's, in CELERY_…"""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add("labs.sweeper:Sweeper")  # by name: models are not loaded yet
