"""The portal's addresses, and one that always fails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"this address always fails: password={request.GET['password']}")


urlpatterns = [path("fails/", fails), path("", include("portal.urls"))]
