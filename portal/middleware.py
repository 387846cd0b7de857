"""What holds for every page: sign-in is the default (a view open to everybody declares
@login_not_required), nothing is kept on its way to the reader,
and nobody sends more than a form holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.sessions import note_visit

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """An htmx request of an expired session must load the sign-in page,
        not swap it into a fragment."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=200, headers={"HX-Redirect": sign_in_and_back(request)})
        return super().handle_no_permission(request, view_func)


def sign_in_and_back(request: HttpRequest) -> str:
    """The sign-in page that leads back to the page whose fragment was asked for,
    if that page is ours."""
    page = page_of(request)
    return (
        f"{reverse('account_login')}?{urlencode({'next': page})}"
        if page
        else reverse("account_login")
    )


def page_of(request: HttpRequest) -> str:
    try:
        return request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
    except ValueError:  # an address that is none, such as http://[::1
        return ""


def unkept(get_response: GetResponse) -> GetResponse:
    """What says nothing about being kept is not kept: no proxy, and no Back after sign-out,
    shows it to somebody else."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """By the length that is announced, before a byte is read:
    Django itself would spool a file of any size to disk."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if announced_length(request) <= settings.LARGEST_BODY:
            return get_response(request)
        return HttpResponse(render_to_string("400.html"), status=413)

    return answer


def refuse_other_alphabets(get_response: GetResponse) -> GetResponse:
    """Our forms and addresses are UTF-8. In UTF-7 a form could spell half a character, which no
    database takes."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if (request.encoding or "utf-8").lower() in ("utf-8", "utf8"):
            return get_response(request)
        return HttpResponse(render_to_string("400.html"), status=400)

    return answer


def drop_unreadable_cookies(get_response: GetResponse) -> GetResponse:
    """A cookie may spell a NUL as `\\000`, and PostgreSQL takes none: the session of such a key
    could not even be looked for."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return get_response(request)

    return answer


def announced_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:  # Django reads no body then
        return 0


def keep_used_session(get_response: GetResponse) -> GetResponse:
    """A session ends so long after the last visit, and not after the sign-in; one write a day."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            note_visit(request)
        return get_response(request)

    return answer
