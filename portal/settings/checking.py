"""Checking answers: limits, and Celery so that no work is lost."""

from __future__ import annotations

from portal.broker import celery_url
from portal.env import env, env_bool, env_int
from portal.settings.base import REDIS_URL

LIVE_EVENTS = env_bool("LIVE_EVENTS", True)  # server-sent events; off where only WSGI runs
CHECK_SECONDS = env_int("CHECK_SECONDS", 10, at_least=1)  # processor time of one check
FIRST_CHECK_SECONDS = env_int("FIRST_CHECK_SECONDS", 2, at_least=1)  # of the first try: others wait
RETRIES_AT_ONCE = env_int("RETRIES_AT_ONCE", 1, at_least=1)  # of what failed before: it may again
CHECK_MEMORY_MB = env_int("CHECK_MEMORY_MB", 512, at_least=64)  # beyond the worker's own size
CHECK_TRIES = env_int("CHECK_TRIES", 3, at_least=1)  # then the submission is faulted
HEARTBEAT_FILE = env("HEARTBEAT_FILE")  # touched by a worker that lives
SWEEP_SECONDS = env_int("SWEEP_SECONDS", 5, at_least=1)
REQUEUE_SECONDS = env_int("REQUEUE_SECONDS", 30, at_least=1)
STALL_SECONDS = env_int("STALL_SECONDS", 60, at_least=1)  # rows wait, a worker idles: it leaves
SUBMISSIONS_PER_MINUTE = env_int("SUBMISSIONS_PER_MINUTE", 12, at_least=1)
FRONT_LAB = env("FRONT_LAB", "read-one-bucket")  # anybody may try it; "none": nobody
OPEN_ANSWERS = env_int("OPEN_ANSWERS", 4, at_least=1)  # of one learner, waiting or being checked

CELERY_BROKER_URL = celery_url(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,  # beyond the hard limit; twice is harmless, a row is claimed
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "max_retries": 0,  # publishing fails at once; the sweeper sends the row later
    "global_keyprefix": "portal:",
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # the lease does this, with a counter
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = CHECK_SECONDS + 10
CELERY_TASK_TIME_LIMIT = CHECK_SECONDS + 20
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000
CELERY_TASK_IGNORE_RESULT = True  # the row is the result
CELERY_RESULT_BACKEND = None
CELERY_WORKER_ENABLE_REMOTE_CONTROL = True  # without it a worker can go deaf after a broker restart
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 25
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "interactive"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_DB_REUSE_MAX = 1_000_000_000  # not by a count: after CONN_MAX_AGE, see portal/celery.py
LEASE_SECONDS = CELERY_TASK_TIME_LIMIT + 15
