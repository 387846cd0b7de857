"""All attempts and kept texts of a lab, however many there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from labs.looking_back import ATTEMPTS_A_PAGE, TEXTS_A_PAGE
from labs.models import KeptText, Lab, Submission
from labs.views import ATTEMPTS_SHOWN
from portal.accounts.models import User
from tests.rows import make_grade, make_submission

Queries = Callable[[int], object]
ALL = "/labs/say-it/attempts/all/"


@pytest.fixture
def leas(client_of: Callable[[User], Client], lea: User, lab: Lab) -> Client:
    return client_of(lea)


def attempts(lea: User, lab: Lab, number: int) -> list[Submission]:
    """The latest first."""
    return [make_submission(lea, lab, f"answer {nth}") for nth in range(number)][::-1]


def links(page: str, rows: list[Submission]) -> list[bool]:
    return [f'href="{row.get_absolute_url()}"' in page for row in rows]


def test_beside_the_editor_are_the_latest_and_a_way_to_all(
    leas: Client, lea: User, lab: Lab
) -> None:
    rows = attempts(lea, lab, ATTEMPTS_SHOWN)
    assert ALL not in leas.get("/labs/say-it/").content.decode()
    rows = [*attempts(lea, lab, 1), *rows]
    page = leas.get("/labs/say-it/attempts/").content.decode()
    assert links(page, rows) == [True] * ATTEMPTS_SHOWN + [False]
    assert f'<a href="{ALL}">All attempts</a>' in page


def test_all_attempts_are_there_some_a_page(
    leas: Client, lea: User, mia: User, lab: Lab, django_assert_num_queries: Queries
) -> None:
    make_grade(make_submission(mia, lab), 4)
    rows = attempts(lea, lab, ATTEMPTS_A_PAGE + 1)
    make_grade(rows[0], 3)
    leas.get(ALL)
    with django_assert_num_queries(5):
        page = leas.get(ALL).content.decode()
    assert links(page, rows) == [True] * ATTEMPTS_A_PAGE + [False]
    assert "75 %" in page
    assert "100 %" not in page
    older = leas.get(ALL, {"page": "2"}).content.decode()
    assert links(older, rows) == [False] * ATTEMPTS_A_PAGE + [True]


@pytest.mark.parametrize("page", ["0", "-1", "999", "x"])
def test_a_page_that_is_not_there_is_one_that_is(
    leas: Client, lea: User, lab: Lab, page: str
) -> None:
    [only] = attempts(lea, lab, 1)
    assert links(leas.get(ALL, {"page": page}).content.decode(), [only]) == [True]


def test_somebody_who_handed_in_nothing_reads_so(leas: Client) -> None:
    page = leas.get(ALL).content.decode()
    assert "You have handed in nothing here yet." in page
    assert "<table" not in page


def test_kept_texts_are_there_some_a_page(leas: Client, lea: User, lab: Lab) -> None:
    for number in range(TEXTS_A_PAGE + 1):
        KeptText.objects.create(user=lea, lab=lab, text=f"kept text {number}.")
    first, second = (
        leas.get("/labs/say-it/texts/", {"page": page}).content.decode() for page in (1, 2)
    )
    assert "kept text 0." not in first
    assert f"kept text {TEXTS_A_PAGE}." in first
    assert "kept text 0." in second
