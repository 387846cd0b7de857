"""No secret comes into the log, whatever is logged while it is typed, sent or looked up."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as now
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from labs.live import token_for
from labs.models import Lab
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation
from portal.operations import redaction
from portal.operations.log_lines import JsonLines, PlainLines
from portal.operations.redaction import HIDDEN, scrub, scrub_all
from tests.effort import effort
from tests.rows import PASSWORD, make_lab

NEW_PASSWORD, DATABASE, MAIL = "horse-battery-staple", "d4tabase-pa/ss", "m4il-password"
logger = logging.getLogger("portal.leaky")


def leaky(request: HttpRequest) -> HttpResponse:
    """Says all that it knows, and fails."""
    logger.warning("asked with %s", request.POST)
    logger.warning("as %s in %s", request.COOKIES, request.session.session_key)
    logger.warning("mail by %s", now.EMAIL_HOST_PASSWORD)
    logger.warning("coming from %s", request.headers["Referer"])
    logger.warning("GET /events/%s answered", request.POST["live"])
    raise RuntimeError(
        f"{request.POST['password']} {request.POST['code']} {request.META['CSRF_COOKIE']} "
        f"postgres://portal:{now.DATABASES['default']['PASSWORD']}@database/portal"
    )


urlpatterns = [path("leaky/", leaky), path("", include("portal.urls"))]


@pytest.fixture
def written() -> Iterator[dict[str, io.StringIO]]:
    """All that the log was told: as it was said, and as it was written, in both ways."""
    formats = {"said": logging.Formatter(), "json": JsonLines(), "line": PlainLines()}
    output: dict[str, io.StringIO] = {}
    root, handlers = logging.getLogger(), []
    for name, formatter in formats.items():
        output[name] = io.StringIO()
        handlers.append(logging.StreamHandler(output[name]))
        handlers[-1].setFormatter(formatter)
        root.addHandler(handlers[-1])
    level = root.level
    root.setLevel(logging.DEBUG)
    yield output
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)


@pytest.fixture
def lab(course) -> Lab:
    return make_lab(course, "say-it", section="policy-structure")


@pytest.fixture(autouse=True)
def _passwords_in_the_settings(settings) -> Iterator[None]:
    settings.ROOT_URLCONF, settings.EMAIL_HOST_PASSWORD = __name__, MAIL
    before = settings.DATABASES["default"].get("PASSWORD")
    settings.DATABASES["default"]["PASSWORD"] = DATABASE
    redaction.secrets_of_the_settings.cache_clear()
    yield
    settings.DATABASES["default"]["PASSWORD"] = before
    redaction.secrets_of_the_settings.cache_clear()


class Browser(Client):
    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True, raise_request_exception=False)

    @property
    def csrf(self) -> str:
        return self.cookies["csrftoken"].value

    def send(self, address: str, headers: Any = None, **fields: str) -> Any:
        return self.post(address, fields | {"csrfmiddlewaretoken": self.csrf}, headers=headers)


def live_through_it(lea: User, cohort: Cohort, lab: Lab) -> dict[str, str]:
    """Sign-up with a code, sign-in, a new password by mail, an answer, a page that fails.
    The secrets of all that."""
    Invitation.objects.create(cohort=cohort, code="QRST-UVWX-2345", uses=3)
    stranger = Browser()
    stranger.get("/accounts/signup/?code=QRST-UVWX-2345")
    fields = {"code": "QRST-UVWX-2345", "name": "Neo", "email": "neo@example.com"}
    assert stranger.send("/accounts/signup/", **fields, password1=NEW_PASSWORD).status_code == 302
    confirmation = link_in(mail.outbox[-1].body, "confirm-email")
    stranger.get(f"/accounts/confirm-email/{confirmation}/nothing/")
    browser = Browser()
    browser.get("/accounts/login/")
    browser.send("/accounts/login/", login=lea.email, password="wrong-but-close")
    assert browser.send("/accounts/login/", login=lea.email, password=PASSWORD).status_code == 302
    forgetful = Browser()
    forgetful.get("/accounts/password/reset/")
    assert forgetful.send("/accounts/password/reset/", email=lea.email).status_code == 302
    reset = link_in(mail.outbox[-1].body, "reset/key")
    assert forgetful.get(f"/accounts/password/reset/key/{reset}/").status_code == 302
    page = browser.get(lab.get_absolute_url()).content.decode()
    key = re.search(r'name="key"[^>]*value="([^"]+)"', page)
    assert key
    browser.send(f"{lab.get_absolute_url()}submit/", text="{}", key=key[1])
    live = token_for(1, lea.pk)
    failing = {"password": PASSWORD, "code": "QRST-UVWX-2345", "live": live}
    came_from = {"referer": f"http://testserver/accounts/password/reset/key/{reset}/"}
    assert browser.send("/leaky/", headers=came_from, **failing).status_code == 500
    return {
        "password": PASSWORD,
        "session key": browser.cookies["sessionid"].value,
        "CSRF token": browser.csrf,
        "reset link": reset,
        "confirmation": confirmation,
        "invitation code": "QRST-UVWX-2345",
        "live token": live,
        "e-mail password": MAIL,
        "database password": DATABASE,
    }


def link_in(text: str, words: str) -> str:
    found = re.search(rf"/{words}/([^/\s]+)/", text)
    assert found, text
    return found[1]


def test_nothing_that_opens_a_door_is_written(lea: User, cohort: Cohort, lab: Lab, written) -> None:
    secrets = live_through_it(lea, cohort, lab)
    said, json_lines, lines = (written[name].getvalue() for name in ("said", "json", "line"))
    assert {name for name, secret in secrets.items() if secret not in said} == set()
    assert {name for name, secret in secrets.items() if secret in json_lines} == set()
    assert {name for name, secret in secrets.items() if secret in lines} == set()
    assert "Internal Server Error: /leaky/" in lines
    assert re.search(r"WARNING django.request \[\w{32}\] Not Found", lines)
    assert NEW_PASSWORD not in json_lines + lines


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /accounts/password/reset/key/3-d0ab12-0123456789abcdef/",
        "Not Found: /accounts/confirm-email/MQ:1abc:secretsecret/",
        "GET /events/eyJhbGciOi:1abc:secret 200",
        "redis://:secretsecret@redis:6379/0 is away",
        "postgres://portal:secretsecret@database/portal",
        "POST password=secretsecret&login=lea",
        "<QueryDict: {'password1': ['secretsecret']}>",
        "{'csrfmiddlewaretoken': 'secretsecret'}",
        'sessionid="secretsecret"',
    ],
)
def test_a_secret_is_known_by_its_place(text: str) -> None:
    assert "secret" not in scrub(text)
    assert "0123456789abcdef" not in scrub(text)
    assert HIDDEN in scrub(text)


@pytest.mark.parametrize(
    "text",
    [
        "s3: lab.toml: key sections: the course has no section 'x'",
        "submission 7 was not checked (try 2): not finished after 10 s",
        "the check left without a word (exit status 1)",
        "Not Found: /labs/read-one-bucket/",
        "redis://redis:6379/0 is away",
        "exit code: SIGKILL",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert scrub(text) == text


def test_secret_names_hide_whatever_they_hold() -> None:
    event = {"request": {"cookies": {"sessionid": "abc"}, "n": 1}, "list": ["token=abcdefgh"]}
    assert scrub_all(event) == {
        "request": {"cookies": {"sessionid": HIDDEN}, "n": 1},
        "list": [f"token={HIDDEN}"],
    }


@pytest.mark.parametrize(
    "part",
    ["a-", "a+", "a", "password", "csrf", "token ", "key=", "a:", "http://", "/events/", "'\"="],
)
def test_a_long_line_takes_no_longer_than_its_length(part: str):
    """Anybody may ask for an address of 64 kB, and each of its words was once looked at from each
    of its letters. What grows with the square would take minutes."""
    assert effort(lambda: scrub(part * (300_000 // len(part))), enough=100) <= 100
