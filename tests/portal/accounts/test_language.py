"""Everybody chooses the language of the pages: in the footer,
and whoever has an account also in the profile."""

from __future__ import annotations

import datetime

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone, translation

from lessons.models import Lesson
from portal.accounts.models import User
from portal.cohorts.models import Cohort


def choose(client: Client, language: str, **fields: str):
    return client.post("/accounts/language/", {"language": language} | fields)


def heading(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page.partition("<h1>")[2].partition("</h1>")[0]


def language_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().partition('<html lang="')[2][:2]


def test_a_stranger_reads_in_the_language_of_the_browser_until_choosing_another(db: None) -> None:
    client = Client(headers={"accept-language": "de-AT,de;q=0.9"})
    assert heading(client, "/accounts/login/") == "Anmelden"
    choose(client, "en")
    assert heading(client, "/accounts/login/") == "Sign in"


def test_the_footer_names_each_language_in_itself_and_marks_the_one_in_use(
    client: Client, db: None
) -> None:
    choose(client, "de")
    page = client.get("/accounts/login/").content.decode()
    assert (
        '<button name="language" value="en" lang="en" aria-pressed="false">English</button>' in page
    )
    assert (
        '<button name="language" value="de" lang="de" aria-pressed="true">Deutsch</button>' in page
    )
    assert '<input type="hidden" name="next" value="/accounts/login/">' in page


def test_after_choosing_one_is_on_the_same_page(client: Client, db: None) -> None:
    assert (
        choose(client, "de", next="/accounts/login/?next=/day/")["Location"]
        == "/accounts/login/?next=/day/"
    )


def test_choosing_never_leads_to_a_foreign_site(client: Client, db: None) -> None:
    assert choose(client, "de", next="https://evil.example/")["Location"] == "/"


def test_a_language_that_the_portal_does_not_speak_changes_nothing(client_of, lea: User) -> None:
    client = client_of(lea)
    choose(client, "fr")
    lea.refresh_from_db()
    assert (lea.language, heading(client, "/day/")) == ("", "Your day, Lea")


def test_somebody_with_an_account_takes_the_choice_along(client_of, lea: User) -> None:
    choose(client_of(lea), "de")
    elsewhere = client_of(lea)
    assert heading(elsewhere, "/day/") == "Dein Tag, Lea"


def test_the_profile_leads_back_to_the_language_of_the_browser(client_of, lea: User) -> None:
    client = client_of(lea)
    choose(client, "de")
    client.post("/accounts/profile/", {"name": "Lea", "language": "", "shortcuts": "on"})
    assert language_of(client, "/accounts/profile/") == "en"


def test_a_page_that_is_the_answer_to_a_form_leads_on_to_one_that_can_be_asked_for(
    client: Client, db: None
) -> None:
    page = client.post("/accounts/login/", {"login": "x"}).content.decode()
    assert '<input type="hidden" name="next" value="/">' in page


def test_content_says_that_it_is_english(client_of, lea: User, cohort: Cohort) -> None:
    client = client_of(lea)
    choose(client, "de")
    page = client.get(Lesson.objects.get(slug="buckets").get_absolute_url()).content.decode()
    assert '<html lang="de">' in page
    assert '<h1 lang="en">Buckets</h1>' in page
    assert '<div class="prose" lang="en">' in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Nov. 23, 2026 · 65,531"), ("de", "23. November 2026 · 65.531")],
)
def test_dates_and_numbers_are_written_as_the_language_does(language: str, said: str) -> None:
    template = Template('{% load humanize %}{{ day|date:"DATE_FORMAT" }} · {{ number|intcomma }}')
    day = datetime.datetime(2026, 11, 23, 12, tzinfo=timezone.get_current_timezone())
    with translation.override(language):
        assert template.render(Context({"day": day, "number": 65531})) == said
