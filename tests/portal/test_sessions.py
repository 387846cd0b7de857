"""A session lasts from visit to visit, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Session, User
from tests.rows import PASSWORD


@pytest.fixture
def client(lea: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": lea.email, "password": PASSWORD})
    client.get(reverse("day"))
    return client


def days_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()) / timedelta(days=1)


def test_a_session_without_a_visit_ends_after_two_weeks(client: Client):
    assert 13.9 < days_left() <= 14


def test_a_visit_on_another_day_begins_the_two_weeks_anew(client: Client):
    session = client.session
    session["seen"] = "2020-01-01"
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(days=1))
    client.get(reverse("day"))
    assert days_left() > 13.9


def test_other_visits_of_the_day_write_nothing(client: Client, django_assert_num_queries):
    expires = Session.objects.get().expire_date
    client.get(reverse("day"))
    assert Session.objects.get().expire_date == expires
