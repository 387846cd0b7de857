"""Passwords that are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from portal.accounts.models import UsedPassword, User
from portal.management.commands.seed_demo import PASSWORD
from tests.rows import PASSWORD as PASSWORD_OF_LEA


@pytest.mark.parametrize(
    "password", [PASSWORD, PASSWORD.upper(), "1234567890123", "short", "eleven-long"]
)
def test_what_everybody_can_read_or_guess_is_refused(password: str):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_sentence_of_one_s_own_is_a_password():
    validate_password("violet tram to the lake")


# --- What the course teaches and what we do -------------------------------------------------------

USED = "You had this password before. Choose a new one."
CHANGE = "/accounts/password/change/"


def change(client: Client, old: str, new: str) -> list[str]:
    """The errors, if any."""
    form = {"oldpassword": old, "password1": new, "password2": new}
    answer = client.post(CHANGE, form)
    return answer.context["form"].errors.get("password1", []) if answer.status_code == 200 else []


def test_the_page_says_the_numbers_that_hold(client_of, lea: User, settings):
    page = " ".join(client_of(lea).get(CHANGE).content.decode().split())
    assert f"{settings.PASSWORD_LENGTH} characters: length is what makes guessing slow." in page
    assert f"None of your last {settings.PASSWORDS_REMEMBERED} again." in page
    shortest = "qx7v-otter-zebra"[: settings.PASSWORD_LENGTH]
    validate_password(shortest)
    with pytest.raises(ValidationError, match=f"at least {settings.PASSWORD_LENGTH} characters"):
        validate_password(shortest[:-1])


@pytest.mark.parametrize("address", ["signup/", "password/change/"])
def test_every_form_for_a_new_password_says_how_long_it_must_be(
    client_of, lea: User, settings, address: str
):
    client = Client() if address == "signup/" else client_of(lea)
    page = client.get(f"/accounts/{address}").content.decode()
    assert f"At least {settings.PASSWORD_LENGTH} characters, and not one" in page


def test_the_words_are_those_of_the_lesson(settings):
    """Whoever changes the notes or our policy looks at the other."""
    notes = (settings.NOTES_DIR / "aws" / "notes.md").read_text()
    lesson = notes.partition("### **Password Policy**")[2].partition("---")[0]
    taught = [
        "minimum password length",
        "specific character types",
        "change their own passwords",
        "password expiration",
        "password re-use",
    ]
    assert [words for words in taught if words not in lesson] == []


def test_none_of_the_last_ones_comes_back(client_of, lea: User, settings):
    settings.ACCOUNT_RATE_LIMITS = {"change_password": "50/m/user"}
    client = client_of(lea)
    passwords = [PASSWORD_OF_LEA, *(f"quiet-otter-number-{number}" for number in range(4))]
    for old, new in pairwise(passwords):
        assert change(client, old, new) == []
    last = passwords[-settings.PASSWORDS_REMEMBERED :]
    for used in last:
        assert change(client, passwords[-1], used) == [USED]
    assert change(client, passwords[-1], passwords[0]) == []
    assert UsedPassword.objects.filter(user=lea).count() == settings.PASSWORDS_REMEMBERED


def test_a_password_from_before_we_remembered_is_remembered_too(client_of, lea: User):
    UsedPassword.objects.all().delete()
    assert change(client_of(lea), PASSWORD_OF_LEA, PASSWORD_OF_LEA) == [USED]


def test_no_password_is_kept_readable(lea: User):
    assert PASSWORD_OF_LEA not in str(list(UsedPassword.objects.values()))
    assert UsedPassword.objects.get(user=lea).encoded == lea.password
