"""How often somebody may try to get in, counted where it cannot be lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import portal.settings
from portal.accounts.attempts import SIGN_IN_ANYWHERE, Attempt, Limit
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from tests.rows import PASSWORD

TOO_MANY = "Too many attempts. Wait five minutes, or reset your password."
A_FEW = Limit(3, timedelta(minutes=1))


def sign_in(password: str = PASSWORD, place: str = "192.0.2.1"):
    form = {"login": "lea@example.com", "password": password}
    return Client(REMOTE_ADDR=place).post("/accounts/login/", form)


def errors(answer) -> list[str]:
    return answer.context["form"].non_field_errors() if answer.context else []


@pytest.fixture
def _cache_away(settings) -> None:
    settings.CACHES = {
        "default": portal.settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }


@pytest.mark.usefixtures("_cache_away")
def test_the_sixth_wrong_password_waits_though_the_cache_is_away(lea: User):
    for _attempt in range(5):
        assert errors(sign_in("wrong")) != [TOO_MANY]
    assert errors(sign_in()) == [TOO_MANY]


def test_five_wrong_passwords_elsewhere_do_not_lock_the_owner_out(lea: User):
    for _attempt in range(8):
        sign_in("wrong", place="203.0.113.66")
    assert sign_in()["Location"] == reverse("day")


def test_a_thousand_places_have_few_attempts_together(lea: User):
    digest_of_lea = Attempt.objects.take("sign-in", ("lea@example.com", A_FEW))[0].subject
    Attempt.objects.bulk_create(
        Attempt(what="sign-in", subject=digest_of_lea) for _number in range(SIGN_IN_ANYWHERE.most)
    )
    assert errors(sign_in(place="198.51.100.1")) == [TOO_MANY]


def test_right_passwords_do_not_count(lea: User):
    for _attempt in range(8):
        assert sign_in()["Location"] == reverse("day")
    assert Attempt.objects.count() == 0


def test_what_is_kept_names_nobody_and_not_for_long(lea: User):
    sign_in("wrong")
    kept = str(list(Attempt.objects.values()))
    assert "lea" not in kept
    assert "192.0.2.1" not in kept
    Attempt.objects.update(made_at=timezone.now() - timedelta(hours=2))
    sign_in()
    assert Attempt.objects.count() == 0


@pytest.mark.django_db
def test_a_limit_is_over_after_its_time():
    taken = [bool(Attempt.objects.take("x", ("me", A_FEW))) for _number in range(4)]
    assert taken == [True, True, True, False]
    Attempt.objects.update(made_at=timezone.now() - timedelta(minutes=2))
    assert Attempt.objects.take("x", ("me", A_FEW))


@pytest.mark.usefixtures("_cache_away")
def test_strangers_cannot_try_out_codes_though_the_cache_is_away(client: Client, cohort: Cohort):
    form = {"name": "Ann", "email": "ann@example.com", "password1": PASSWORD}
    for number in range(60):
        client.post("/accounts/signup/", form | {"code": f"AAAA-BBBB-{number:04}"})
    answer = client.post("/accounts/signup/", form | {"code": "AAAA-BBBB-9999"})
    assert errors(answer) == ["Too many attempts from your network. Wait five minutes, please."]
