"""Lea sees where she is signed in, and ends what is not hers."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.models import Session as DjangosSession
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from portal.accounts.browsers import browser_of
from portal.accounts.models import Session, User
from tests.rows import PASSWORD, make_user

DEVICES = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def sign_in(user: User, browser: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": browser})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert client.get(reverse("day")).status_code == 200
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("day")).status_code == 200


def handle_of(client: Client) -> str:
    return Session.objects.get(pk=client.session.session_key).handle


def shown(client: Client) -> list[str]:
    return re.findall(r"<strong>(.*?)</strong>", client.get(DEVICES).content.decode())


def test_each_device_is_there_by_browser_and_day_and_this_one_is_marked(lea: User):
    here = sign_in(lea)
    sign_in(lea, PHONE)
    page = here.get(DEVICES).content.decode()
    assert sorted(re.findall(r"<strong>(.*?·.*?)</strong>", page)) == [
        "Chrome · Android",
        "Firefox · Linux",
    ]
    assert page.count("this one") == 1
    keys = Session.objects.values_list("pk", flat=True)
    assert [page[page.index(key) - 80 :][:160] for key in keys if key in page] == []


def test_one_device_is_signed_out_and_no_other(lea: User):
    here, phone, laptop = sign_in(lea), sign_in(lea, PHONE), sign_in(lea)
    here.post("/accounts/sessions/end/", {"session": handle_of(phone)})
    assert [is_in(client) for client in (here, phone, laptop)] == [True, False, True]


def test_everything_else_is_signed_out(lea: User, mia: User):
    here, phone, other = sign_in(lea), sign_in(lea, PHONE), sign_in(mia)
    here.post("/accounts/sessions/end-others/")
    assert [is_in(client) for client in (here, phone, other)] == [True, False, True]


def test_nobody_ends_sessions_of_somebody_else(lea: User, mia: User):
    here, other = sign_in(lea), sign_in(mia)
    asked = here.post("/accounts/sessions/end/", {"session": handle_of(other)})
    assert asked.status_code == 404
    assert is_in(other)


def test_a_new_password_leaves_this_device_alone(lea: User):
    here, phone = sign_in(lea), sign_in(lea, PHONE)
    new = "another-good-secret"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post("/accounts/password/change/", form)
    assert [is_in(client) for client in (here, phone)] == [True, False]
    assert Session.objects.filter(user=lea).count() == 1


@pytest.mark.parametrize("devices", [1, 6])
def test_many_devices_take_as_many_queries_as_one(
    lea: User, client_of, devices: int, django_assert_num_queries
):
    for _number in range(devices):
        sign_in(lea, PHONE)
    client = client_of(lea)
    with django_assert_num_queries(3):
        assert len(client.get(DEVICES).context["sessions"]) == devices + 1


def test_a_session_that_is_over_is_not_shown(lea: User):
    here, phone = sign_in(lea), sign_in(lea, PHONE)
    old = Session.objects.filter(pk=phone.session.session_key)
    old.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert len(here.get(DEVICES).context["sessions"]) == 1


@pytest.mark.django_db
def test_an_update_signs_nobody_out():
    lea = make_user("Lea")
    client = sign_in(lea)
    kept = Session.objects.get()
    gone = {"_auth_user_id": "999999"}
    for key, data in ((kept.pk, kept.get_decoded()), ("of-nobody", gone), ("anonymous", {})):
        in_an_hour = timezone.now() + timedelta(hours=1)
        DjangosSession.objects.create(
            session_key=key, session_data=DjangosStore().encode(data), expire_date=in_an_hour
        )
    Session.objects.all().delete()
    import_module("portal.accounts.migrations.0003_sessions").bring_over(apps, None)
    assert is_in(client)
    assert set(Session.objects.values_list("pk", "user", "browser")) == {
        (kept.pk, lea.pk, "Firefox · Linux"),
        ("anonymous", None, ""),
    }
    assert not DjangosSession.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox · Linux"),
        (PHONE, "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) CriOS/140 Safari/604", "Chrome · iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Version/18 Safari/605", "Safari · macOS"),
        ("curl/8.5", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_browser_is_called_by_two_words(said: str, words: str):
    assert browser_of(RequestFactory().get("/", headers={"user-agent": said})) == words
