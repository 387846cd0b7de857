"""Moving to another address, and that nobody else gets in by one."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tests.rows import PASSWORD

ADDRESSES = "/accounts/email/"
NEW_PASSWORD = "another-good-secret"


def sign_in(email: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def trusted(email: str) -> Client:
    """Signed in, and the password was given again a moment ago."""
    client = sign_in(email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def add(client: Client, email: str):
    return client.post(ADDRESSES, {"action_add": "", "email": email})


def links_mailed_to(email: str) -> list[str]:
    bodies = [message.body for message in mail.outbox if message.to == [email]]
    return [link for body in bodies for link in re.findall(r"http://testserver(/\S+)", body)]


def addresses_of(user: User) -> set[str]:
    return {address.email for address in EmailAddress.objects.filter(user=user)}


def reset_password(email: str) -> Client:
    client = Client()
    client.post("/accounts/password/reset/", {"email": email})
    answer = client.get(links_mailed_to(email)[-1], follow=True)
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(answer.request["PATH_INFO"], form)
    return client


@pytest.fixture
def confirmed(lea: User) -> User:
    EmailAddress.objects.create(user=lea, email=lea.email, primary=True, verified=True)
    return lea


def test_a_new_address_counts_when_it_is_confirmed_and_chosen(confirmed: User) -> None:
    client = trusted(confirmed.email)
    add(client, "lea@new.example")
    client.post(links_mailed_to("lea@new.example")[-1])
    confirmed.refresh_from_db()
    assert confirmed.email == "lea@example.com"
    client.post(ADDRESSES, {"action_primary": "", "email": "lea@new.example"})
    confirmed.refresh_from_db()
    assert confirmed.email == "lea@new.example"
    client.post(ADDRESSES, {"action_remove": "", "email": "lea@example.com"})
    assert addresses_of(confirmed) == {"lea@new.example"}
    assert sign_in("lea@new.example").get(reverse("day")).status_code == 200


def test_the_present_address_hears_of_a_new_one(confirmed: User) -> None:
    add(trusted(confirmed.email), "lea@new.example")
    [told] = [message for message in mail.outbox if message.to == ["lea@example.com"]]
    assert told.subject == "An address was added to your account"
    assert "lea@new.example was added to your account." in told.body


@pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove"])
def test_changing_addresses_asks_for_the_password_again(
    client_of, confirmed: User, action: str
) -> None:
    """A session that is some hours old, such as that of an unlocked computer."""
    if action != "action_add":
        EmailAddress.objects.create(user=confirmed, email="x@example.com", verified=True)
    before = addresses_of(confirmed)
    answer = client_of(confirmed).post(ADDRESSES, {action: "", "email": "x@example.com"})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert addresses_of(confirmed) == before
    confirmed.refresh_from_db()
    assert confirmed.email == "lea@example.com"


def test_after_the_password_the_change_is_made_without_typing_it_again(
    client_of, confirmed: User
) -> None:
    client = client_of(confirmed)
    asked = add(client, "lea@new.example")
    client.post(asked["Location"], {"password": PASSWORD})
    assert addresses_of(confirmed) == {"lea@example.com", "lea@new.example"}


def test_an_account_with_a_strangers_address_gets_no_second_way_in(lea: User) -> None:
    """Somebody signed up with an address that is not theirs, before its owner came."""
    client = trusted(lea.email)
    answer = add(client, "thief@example.com")
    assert answer.context["form"].errors["email"] == [
        "Confirm your present address first, with the link that we mail there."
    ]
    assert "thief@example.com" not in addresses_of(lea)


def test_who_takes_an_account_back_by_mail_is_alone_in_it(lea: User) -> None:
    EmailAddress.objects.create(user=lea, email=lea.email, primary=True)
    EmailAddress.objects.create(user=lea, email="thief@example.com", verified=True)
    thief = sign_in(lea.email)
    assert thief.get(reverse("day")).status_code == 200
    owner = reset_password(lea.email)
    assert owner.get(reverse("day")).status_code == 200
    assert thief.get(reverse("day")).status_code == 302
    assert addresses_of(lea) == {"lea@example.com"}


def test_a_reset_keeps_a_second_address_that_the_owner_confirmed(confirmed: User) -> None:
    EmailAddress.objects.create(user=confirmed, email="lea@work.example", verified=True)
    EmailAddress.objects.create(user=confirmed, email="lea@typo.example")
    reset_password(confirmed.email)
    assert addresses_of(confirmed) == {"lea@example.com", "lea@work.example"}


def test_the_only_address_cannot_be_removed(confirmed: User) -> None:
    client = trusted(confirmed.email)
    client.post(ADDRESSES, {"action_remove": "", "email": confirmed.email})
    assert addresses_of(confirmed) == {"lea@example.com"}


def test_somebody_elses_address_cannot_be_added(confirmed: User, mia: User) -> None:
    answer = add(trusted(confirmed.email), "mia@example.com")
    assert list(answer.context["form"].errors) == ["email"]


def test_where_addresses_must_be_confirmed_nobody_learns_who_has_an_account(
    confirmed: User, mia: User, settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    EmailAddress.objects.create(user=mia, email=mia.email, primary=True, verified=True)
    answers = []
    for email in ("mia@example.com", "free@example.com"):
        client = trusted(confirmed.email)
        answer = add(client, email)
        page = client.get(ADDRESSES).content.decode()
        answers.append((answer.status_code, answer["Location"], page.count("not confirmed")))
        client.post(ADDRESSES, {"action_remove": "", "email": email})
    assert answers[0] == answers[1]
    Client().post(links_mailed_to("mia@example.com")[-1])
    assert EmailAddress.objects.get(email="mia@example.com", verified=True).user == mia
