"""Every request has an id, one line in the log, and its place in the numbers."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from labs import request_id
from labs.tally import tally
from portal.operations.redaction import serving
from portal.operations.telemetry import traced

logger = logging.getLogger("portal.requests")
STATIC, NOWHERE, FRONT = "(static)", "(none)", "(front)"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def middleware(get_response: GetResponse) -> GetResponse:
    """Above all that may answer, or say something in the log."""
    get_response = traced(get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        serving.set(request)
        request_id.current.set(id_of(request))
        response = get_response(request)
        response.headers[request_id.HEADER] = request_id.current.get()
        note(request, response.status_code, time.perf_counter() - began)
        return response

    return answer


@receiver(request_finished)
def forget(**_signal: object) -> None:
    """Not before: Django says only after the middleware what went wrong."""
    serving.set(None)
    request_id.current.set("")


def id_of(request: HttpRequest) -> str:
    given = request.headers.get(request_id.HEADER, "") if settings.TRUST_REQUEST_ID else ""
    return request_id.sane(given) or request_id.new_id()


def note(request: HttpRequest, status: int, seconds: float) -> None:
    """No address in the line: it may be a link that opens an account. And no name of a person."""
    view = view_of(request)
    count(view, status, seconds)
    logger.log(
        logging.DEBUG if view == STATIC else logging.INFO,
        "%s %s %s",
        request.method,
        view,
        status,
        extra={
            "method": request.method,
            "view": view,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "user": reader_of(request),
        },
    )


def note_refused(status: int) -> None:
    """Of what never came to Django."""
    count(FRONT, status, 0.0)
    logger.info("refused %s", status, extra={"view": FRONT, "status": status})


def count(view: str, status: int, seconds: float) -> None:
    tally.keep_sending()
    tally.count("requests", view, str(status))
    tally.observe("request_seconds", view, seconds=seconds)


def view_of(request: HttpRequest) -> str:
    """By name, of which there are few: anybody can make addresses."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return STATIC if request.path.startswith(settings.STATIC_URL) else NOWHERE


def reader_of(request: HttpRequest) -> int | None:
    """Their number, where somebody asked for it already: static files need no session."""
    user = getattr(request, "user", None)
    if isinstance(user, SimpleLazyObject):
        user = getattr(request, "_cached_user", None)
    number: int | None = getattr(user, "pk", None)
    return number
