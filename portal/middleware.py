"""Sign-in is the default; a view that is open to everybody declares it (@login_not_required)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """An htmx request of an expired session must load the sign-in page, not swap it into a fragment."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=200, headers={"HX-Redirect": sign_in_and_back(request)})
        return super().handle_no_permission(request, view_func)


def sign_in_and_back(request: HttpRequest) -> str:
    """The sign-in page that leads back to the page whose fragment was asked for, if that page is ours."""
    page = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    return f"{reverse('account_login')}?{urlencode({'next': page})}" if page else reverse("account_login")
