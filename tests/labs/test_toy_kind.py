"""A kind is one module, one line in the registry, one test module and one lab: nothing in `labs/`
or `templates/` knows this one, and everything works with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from labs import checker
from labs.grading.kinds import KINDS
from labs.models import Lab
from labs.tasks import check
from lessons.models import Course
from portal.accounts.models import User
from tests.labs.toy_kind import rhymes
from tests.rows import make_lab, make_submission

Ask = Callable[[str], str]


@pytest.fixture
def lab(course: Course, monkeypatch: pytest.MonkeyPatch) -> Lab:
    monkeypatch.setitem(KINDS, rhymes.NAME, rhymes)
    checker.leave()  # it knows the kinds of before
    lab = make_lab(course, "find-a-rhyme", kind=rhymes.NAME)
    lab.variants.update(table={"ending": "at"}, files={})
    return lab


@pytest.fixture
def leas(lea: User, lab: Lab, client_of: Callable[[User], Client]) -> Client:
    return client_of(lea)


@pytest.fixture
def verdict(lea: User, lab: Lab, leas: Client) -> Ask:
    """The verdict page, as a reader sees it."""

    def hand_in(text: str) -> str:
        submission = make_submission(lea, lab, text)
        check(submission.pk)
        return leas.get(f"/labs/attempts/{submission.pk}/verdict/").content.decode()

    return hand_in


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_its_counterexample_is_the_headline(verdict: Ask) -> None:
    html = verdict("cat dog")
    assert '<p class="counterexample-words">dog does not end in at.</p>' in html
    assert html.count("dog does not end in at.") == 2  # once more for the screen reader


def test_its_relation_is_drawn(verdict: Ask) -> None:
    html = verdict("cat dog")
    assert 'data-relation="wider"' in html
    assert "As a poet would say." in text_of(html)


def test_its_outcomes_are_a_table(verdict: Ask) -> None:
    page = text_of(verdict("cat hat"))
    assert "Word by word" in page
    assert "cat – rhymes" in page


def test_what_changed_since_the_last_attempt_needs_nothing_of_its_own(verdict: Ask) -> None:
    verdict("cat dog")
    assert "Since your last attempt" not in text_of(verdict("cat dog hat"))


def test_a_refused_answer_says_why(verdict: Ask) -> None:
    html = verdict("rude")
    assert "No." in text_of(html)
    assert "counterexample-words" not in html


def test_its_advice_is_shown_while_one_types(leas: Client) -> None:
    answer = leas.post("/labs/find-a-rhyme/lint/", {"text": "cat cat"}).json()
    assert [(mark["message"], mark["severity"]) for mark in answer["marks"]] == [
        ("A word is said twice.", "info")
    ]


def test_the_editor_is_told_its_language_and_where_its_words_are(leas: Client) -> None:
    page = leas.get("/labs/find-a-rhyme/").content.decode()
    assert 'data-language="text"' in page
    address = re.search(r'data-completions-url="([^"]+)"', page)
    assert address is not None
    words: dict[str, Any] = leas.get(address[1].replace("&amp;", "&")).json()
    assert words["lists"] == {"rhymes": [["cat", "an animal"], ["hat", "a garment"]]}
    assert [slot["lists"] for slot in words["slots"]] == [["rhymes"]]


def test_an_unreadable_answer_costs_no_attempt(leas: Client, lab: Lab) -> None:
    leas.post("/labs/find-a-rhyme/submit/", {"text": "why?", "key": "", "revision": "0"})
    assert not lab.submissions.exists()
