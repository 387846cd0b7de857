"""What every page's template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    # The name csp_nonce is read by django-htmx and is Django 6's own.
    return {"csp_nonce": getattr(request, "csp_nonce", "")}
