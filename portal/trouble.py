"""What the visitor reads when the database could not do its part: what happened, whose fault it is,
and that nothing typed is lost."""

from __future__ import annotations

import sys

from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

OUR_FAULT = (OperationalError, InternalError)
TRY_AGAIN = 60  # seconds
DISK_FULL = "53100"  # PostgreSQL's code


def server_error(request: HttpRequest) -> HttpResponse:
    """In the place of Django's own: called while the exception is being handled."""
    error = sys.exc_info()[1]
    if not isinstance(error, OUR_FAULT):
        return HttpResponse(render_to_string("500.html"), status=500)
    page = render_to_string("503.html", {"title": title_of(error), "typed": typed_in(request)})
    return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN)})


def title_of(error: Exception) -> str:
    if is_full(error):
        return _("There is no room left on our disk")
    return _("Our database does not answer")


def is_full(error: Exception) -> bool:
    """SQLite has only words for it."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state == DISK_FULL or "is full" in str(error)


def typed_in(request: HttpRequest) -> str:
    """The text of an answer's form, to be copied where no script keeps it."""
    try:
        return request.POST.get("text", "")
    except Exception:  # whatever is wrong with the body: this page must not fail
        return ""
