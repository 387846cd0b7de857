"""What is logged and how, and who else is told what happens."""

from __future__ import annotations

from portal.env import env_address, env_choice, env_needs
from portal.settings.base import BEHIND_PROXY, DEPLOYED

TRUST_REQUEST_ID = BEHIND_PROXY  # anybody else could put another's id into our lines
# `host:port` where `manage.py metrics` serves numbers for Prometheus; nothing is counted without.
METRICS_ADDRESS = env_address("METRICS_ADDRESS")
SENTRY_DSN = env_needs("SENTRY_DSN", "sentry_sdk")
# The library reads its other OTEL_… by itself.
OTLP_ENDPOINT = env_needs("OTEL_EXPORTER_OTLP_ENDPOINT", "opentelemetry.exporter.otlp.proto.http")

LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "debug", "info", "warning", "error"]
LOG_LEVEL = env_choice("LOG_LEVEL", "INFO", LOG_LEVELS).upper()
LOG_FORMAT = env_choice("LOG_FORMAT", "json" if DEPLOYED else "line", ["json", "line"])
lines = "portal.operations.log_lines"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": f"{lines}.JsonLines"}, "line": {"()": f"{lines}.PlainLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # On a laptop nobody wants to read of each task, nor twice of each request.
        "celery": {"level": LOG_LEVEL if DEPLOYED else "WARNING"},
        "_granian": {"handlers": ["console"], "propagate": False},
    },
}
