"""What a day is to somebody: they choose their time zone in the profile."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from labs.quiz.days import today_of, zone_of
from portal.accounts.models import User

PROFILE = "/accounts/profile/"


def save(client: Client, zone: str):
    return client.post(PROFILE, {"name": "Lea Learner", "language": "", "time_zone": zone})


def chosen(client: Client) -> list[str]:
    html = client.get(PROFILE).content.decode()
    field = re.search(r'<select[^>]* name="time_zone".*?</select>', html, re.S)[0]
    return re.findall(r'value="([^"]*)" selected', field)


def test_a_zone_is_chosen_and_given_back(client_of, lea: User) -> None:
    client = client_of(lea)
    assert chosen(client) == [""]
    save(client, "Pacific/Auckland")
    assert chosen(client) == ["Pacific/Auckland"]
    lea.refresh_from_db()
    assert str(zone_of(lea)) == "Pacific/Auckland"
    save(client, "")
    assert chosen(client) == [""]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "UTC\0", '"><b>'])
def test_what_is_no_zone_is_not_taken(client_of, lea: User, zone: str) -> None:
    answer = save(client_of(lea), zone)
    assert answer.status_code == 200
    assert "time_zone" in answer.context["form"].errors
    assert "<b>" not in answer.content.decode().partition("<main")[2]
    lea.refresh_from_db()
    assert lea.time_zone == ""


def test_a_form_without_the_field_leaves_the_portals(client_of, lea: User, settings) -> None:
    client_of(lea).post(PROFILE, {"name": "Lea", "language": ""})
    lea.refresh_from_db()
    assert (lea.time_zone, str(zone_of(lea))) == ("", settings.TIME_ZONE)


def test_a_zone_that_this_machine_does_not_know_does_no_harm(lea: User) -> None:
    for name in ("Nowhere/Here", "/etc/passwd", "x\0"):
        lea.time_zone = name
        assert today_of(lea) == today_of(User())
