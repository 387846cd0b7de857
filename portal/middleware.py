"""Sign-in is the default; a view that is open to everybody declares it (@login_not_required)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """An htmx request of an expired session must load the sign-in page, not swap it into a fragment."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=200, headers={"HX-Redirect": reverse("account_login")})
        return super().handle_no_permission(request, view_func)
