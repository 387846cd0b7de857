"""The portal's settings, in a hurry, with the kinds of the tests."""

from __future__ import annotations

from labs.grading.kinds import KINDS
from portal.settings import *  # noqa: F403
from portal.settings import CELERY_BROKER_TRANSPORT_OPTIONS
from tests.labs.kinds import slow, words

KINDS.update(slow=slow, words=words)

SECRET_KEY = "tests-only-" + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LEASE_SECONDS = 2
SWEEP_SECONDS = 0.5
REQUEUE_SECONDS = 1
CELERY_BROKER_TRANSPORT_OPTIONS |= {"visibility_timeout": 5, "unacked_restore_interval": 1}
