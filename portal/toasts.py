"""Messages of a request by htmx: the fragment has no place for them,
so they travel in its header and become toasts."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

# After these the browser loads a page, and that page shows the messages.
LOADS_A_PAGE = ("HX-Redirect", "HX-Refresh", "HX-Location", "Location")


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def toast(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("HX-Request") and not any(name in response for name in LOADS_A_PAGE):
            add_toasts(request, response)
        return response

    return toast


def add_toasts(request: HttpRequest, response: HttpResponse) -> None:
    said = [
        {"text": str(message), "tone": message.level_tag or "info"}
        for message in get_messages(request)
    ]
    if said:
        trigger_client_event(response, "toast", {"value": said})
