"""The floor that our pages are measured against: one signed-in page of Django itself, in the same
process and on the same database, with the middleware that `startproject` writes. Sent by POST, it
stores an answer as the portal does, and asks and says nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path

MIDDLEWARE = [
    "tests.bench.bare.here",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = """<!doctype html><html lang="en"><head><title>Signed in</title></head><body>
{% for message in messages %}<p>{{ message }}</p>{% endfor %}
<h1>Signed in as {{ user.email }}</h1>
<form method="post">{% csrf_token %}<button>Sign out</button></form></body></html>"""
BACKEND = "django.contrib.auth.backends.ModelBackend"
template = None


def here(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    def answer(request: HttpRequest) -> Any:
        request.urlconf = __name__
        return get_response(request)

    return answer


def page(request: HttpRequest) -> HttpResponse:
    global template
    template = template or engines["django"].from_string(PAGE)
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    if request.method == "POST":
        store(request)
    return HttpResponse(template.render({}, request))


def store(request: HttpRequest) -> None:
    from labs.models import Submission

    fields = {name: request.POST[name] for name in ("lab_id", "variant_id", "text")}
    # Nobody's turn: a worker that runs beside it lets it be.
    Submission.objects.create(user_id=request.user.pk, state="faulted", **fields)


def alive(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("bare/", page), path("alive/", alive)]


def handler() -> WSGIHandler:
    """Its users are loaded as Django loads them."""
    if BACKEND not in settings.AUTHENTICATION_BACKENDS:
        settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, BACKEND]
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        return WSGIHandler()
