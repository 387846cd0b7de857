"""The portal's settings with an address that fails, for those who look at a running portal."""

from __future__ import annotations

from portal.settings import *  # noqa: F403
from portal.settings import LOGGING

ROOT_URLCONF = "tests.seen_urls"
LOGGING["loggers"]["celery"]["level"] = "INFO"  # as in a deployment
