from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.accounts.models import User
from portal.audit.models import Entry, What

pytestmark = pytest.mark.django_db
PASSWORD = "four-loud-herons"


def made(capsys, *words: str) -> str:
    call_command("new_administrator", *words)
    return capsys.readouterr().out


def test_the_first_administrator_chooses_a_password_by_the_link(capsys, settings) -> None:
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    settings.DEPLOYED = settings.HTTPS = True
    out = made(capsys, "Ada@example.org", "--name", "Ada Admin")
    [path] = re.findall(r"^https://portal.example.org(/accounts/\S+)$", out, re.M)
    settings.ALLOWED_HOSTS, settings.DEPLOYED = ["testserver"], False
    client = Client()
    form_at = client.get(path)["Location"]
    client.post(form_at, {"password1": PASSWORD, "password2": PASSWORD})
    ada = User.objects.get(email="ada@example.org")
    assert (ada.name, ada.is_staff, ada.is_superuser) == ("Ada Admin", True, True)
    assert ada.check_password(PASSWORD)
    assert "unknown" not in client.get(path).content.decode().lower()
    entry = Entry.objects.get(what=What.ADMINISTERED)
    assert (entry.person_id, entry.about) == (ada.pk, "manage.py new_administrator")


def test_the_link_works_once(capsys) -> None:
    out = made(capsys, "ada@example.org", "--name", "Ada", "--site", "http://testserver/")
    [path] = re.findall(r"^http://testserver(/accounts/\S+)$", out, re.M)
    first = Client()
    first.post(first.get(path)["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    again = Client().get(path, follow=True).content.decode()
    assert 'name="password1"' not in again


def test_somebody_who_is_here_keeps_their_password_and_gets_no_link(capsys, lea: User) -> None:
    before = lea.password
    assert made(capsys, "lea@example.com") == "lea@example.com is an administrator.\n"
    lea.refresh_from_db()
    assert (lea.is_superuser, lea.password) == (True, before)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody@example.com"], "--name"),
        (["nobody", "--name", "No"], "no e-mail address"),
        (["mia@example.com"], "closed"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(mia: User, words: list[str], said: str) -> None:
    User.objects.filter(pk=mia.pk).update(is_active=False)
    with pytest.raises(CommandError, match=said):
        call_command("new_administrator", *words)
    assert not User.objects.filter(is_superuser=True).exists()
