"""A browser that is signed in, without a server: the application is called as a server does it."""

from __future__ import annotations

from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from tests.bench import bare
from tests.bench.load.browser import TOKEN

OURS = "portal.accounts.backend.Backend"


def session_of(user: User, backend: str) -> str:
    """Of somebody who was here already today."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), backend
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["seen"] = timezone.now().date().isoformat()
    session.save()
    return str(session.session_key)


class Reader:
    def __init__(self, application: WSGIHandler, session: str) -> None:
        self.application = application
        self.factory = RequestFactory(headers={"host": "localhost"})
        self.factory.cookies = SimpleCookie({"sessionid": session})

    def get(self, url: str) -> Any:
        return self.answer(self.factory.get(url))

    def post(self, url: str, page: str, fields: dict[str, str]) -> Any:
        """As htmx sends a form: with the token of the page that it stands on."""
        token = TOKEN.search(page)
        headers = {"X-CSRFToken": token[1] if token else "", "HX-Request": "true"}
        return self.answer(self.factory.post(url, fields, headers=headers))

    def answer(self, request: HttpRequest) -> Any:
        response = self.application.get_response(request)
        assert response.status_code == 200, (request.path, response.status_code)
        response.close()
        self.factory.cookies.update(response.cookies)
        return response

    def queries(self, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.get(url)
        return len(captured)


def readers(user: User) -> tuple[Reader, Reader]:
    """Of the portal, and of the bare page."""
    ours = Reader(WSGIHandler(), session_of(user, OURS))
    return ours, Reader(bare.handler(), session_of(user, bare.BACKEND))
