"""`manage.py metrics`: the numbers of all processes for Prometheus, at METRICS_ADDRESS."""

from __future__ import annotations

import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.operations.metrics import serve


class Command(BaseCommand):
    help = "Serve numbers for Prometheus at METRICS_ADDRESS, until it is stopped."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.METRICS_ADDRESS:
            raise CommandError("Set METRICS_ADDRESS, for example to 127.0.0.1:9100.")
        host, port = settings.METRICS_ADDRESS
        # The first process of a container is not ended by a signal that it does not handle.
        signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))
        try:
            serve(host, port)
        except OSError as error:
            raise CommandError(f"{host}:{port} cannot be used ({error.strerror}).") from error
        except KeyboardInterrupt:
            self.stdout.write("stopped")
