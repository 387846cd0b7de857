"""Where Celery looks for tasks."""

from portal.letters.delivery import deliver as deliver
