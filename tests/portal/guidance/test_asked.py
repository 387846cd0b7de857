"""What an address says about a mistake is believed only where the cohort knows it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.http import urlencode

from labs.models import Lab
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort
from portal.guidance.models import Note
from tests.portal.guidance.test_radar import (
    DELETES,
    GROUP,
    QUERY,
    RADAR,
    SENTENCE,
    WORDS,
    say,
    words_of_page,
    wrong,
)
from tests.rows import make_lab

CLASS = f"{RADAR}class/?{QUERY}"
PAGES = [RADAR, f"{RADAR}group/", f"{RADAR}class/"]
MADE_UP = {"code": "mia@is.lazy", "is": "mia cheats"}


def log(cohort: Cohort) -> list[str]:
    """Since everybody joined."""
    rows = Entry.objects.filter(cohort=cohort, what__in=(What.LOOKED, What.ANNOUNCED))
    return [one.about for one in rows]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("made_up", [MADE_UP, {"code": "iam.too-wide", "is": "mia cheats"}])
def test_no_page_shows_what_somebody_wrote_into_its_address(
    toms: Client, cohort: Cohort, lea: User, lab: Lab, address: str, made_up: dict[str, str]
):
    wrong(lea, lab)
    page = words_of_page(toms, f"{address}?{urlencode(made_up)}")
    shown = [part for part in page.split("<") if not part.startswith('input type="hidden"')]
    assert [part for part in shown if "lazy" in part or "cheats" in part] == []
    assert log(cohort) == []


@pytest.mark.parametrize("address", PAGES[1:])
def test_a_mistake_of_others_is_not_said_either(
    toms: Client, cohort: Cohort, eve: User, lea: User, lab: Lab, address: str
):
    wrong(eve, lab)
    assert WORDS not in words_of_page(toms, f"{address}?{QUERY}")
    wrong(lea, lab)
    assert WORDS in words_of_page(toms, f"{address}?{QUERY}")


@pytest.mark.parametrize("name", ["code", "is", "lab", "page"])
@pytest.mark.parametrize("address", PAGES)
def test_what_no_database_holds_is_no_mistake(
    toms: Client, cohort: Cohort, lea: User, lab: Lab, address: str, name: str
):
    wrong(lea, lab)
    asked = {"code": "iam.too-wide", "is": DELETES} | {name: "\0x"}
    assert toms.get(f"{address}?{urlencode(asked)}").status_code == 200


def test_nothing_is_said_about_a_mistake_that_nobody_made(
    toms: Client, cohort: Cohort, lea: User, lab: Lab
):
    wrong(lea, lab)
    assert "Say it to the group" not in words_of_page(toms, f"{PAGES[1]}?{urlencode(MADE_UP)}")
    for asked in (MADE_UP, {}, {"code": "\0"}):
        answer = toms.post(f"{RADAR}notes/?{urlencode(asked)}", {"text": "Hm"})
        assert answer.status_code == 404
    assert not Note.objects.exists()
    assert log(cohort) == []


def test_what_was_said_is_in_the_log_by_the_mistakes_own_name(
    toms: Client, cohort: Cohort, lea: User, lab: Lab
):
    wrong(lea, lab)
    say(toms)
    note = Note.objects.get()
    assert f"autumn: note {note.pk} about iam.too-wide said" in log(cohort)


def test_a_note_can_be_withdrawn_when_all_who_made_it_have_left(
    toms: Client, cohort: Cohort, lea: User, lab: Lab
):
    wrong(lea, lab)
    say(toms)
    cohort.memberships.get(user=lea).end()
    assert "Withdraw" in words_of_page(toms, GROUP)


def test_a_look_is_one_only_where_answers_are_shown(
    toms: Client, cohort: Cohort, lea: User, lab: Lab
):
    wrong(lea, lab, days_ago=20)
    make_lab(cohort.course, "other-lab")
    for address in (RADAR, f"{GROUP}&lab=other-lab", f"{CLASS}&lab=other-lab"):
        toms.get(address)
    assert log(cohort) == []
    toms.get(CLASS)
    assert log(cohort) == ["autumn: answers with iam.too-wide"]


# --- For a class to look at -----------------------------------------------------------------------


def test_a_class_reads_what_open_checks_show(toms: Client, cohort: Cohort, lea: User, lab: Lab):
    wrong(lea, lab, text="{ 1 }")
    page = words_of_page(toms, CLASS)
    assert WORDS in page
    assert SENTENCE in page


def test_a_class_reads_nothing_of_what_a_hidden_check_asks(
    toms: Client, cohort: Cohort, lea: User, mia: User, lab: Lab
):
    wrong(lea, lab, text="{ 1 }", hidden=True)
    for _shown in range(2):
        page = words_of_page(toms, CLASS)
        assert "{ 1 }" in page
        assert WORDS not in page
        wrong(mia, lab, text="{ 2 }")
    assert WORDS in words_of_page(toms, GROUP)
