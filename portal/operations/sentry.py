"""Reports of errors for Sentry, without what readers typed and without secrets."""

from __future__ import annotations

from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration

from labs import request_id
from portal.operations.redaction import scrub_all


def start() -> None:
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        max_request_body_size="never",  # answers and passwords
        include_local_variables=False,  # the same, as a function holds them
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(), CeleryIntegration()],
        before_send=clean,
        before_breadcrumb=clean_breadcrumb,
    )


def clean(event: Any, _hint: Any) -> Any:
    found = request_id.current.get()
    if found:
        event["tags"] = {**event.get("tags", {}), "request_id": found}
    return scrub_all(event)


def clean_breadcrumb(crumb: Any, _hint: Any) -> Any:
    return scrub_all(crumb)
