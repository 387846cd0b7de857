"""When our solution may be seen, what looking costs, and how it is laid beside one's own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from labs.differences import sides
from labs.models import Lab
from labs.tasks import check
from labs.workspace import LATEST
from portal.accounts.models import User
from tests.rows import make_grade, make_submission

ClientOf = Callable[[User], Client]
Queries = Callable[[int], object]


@pytest.fixture
def leas(client_of: ClientOf, lea: User, lab: Lab) -> Client:
    return client_of(lea)


def fail(lea: User, lab: Lab, *texts: str) -> None:
    for text in texts:
        check(make_submission(lea, lab, text).pk)


def read(client: Client, path: str = "solution/", status: int = 200) -> str:
    response = client.get(f"/labs/say-it/{path}")
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_too_early_says_how_many_tries_are_missing(leas: Client, lea: User, lab: Lab) -> None:
    assert "3 more tries, then you may look at our solution." in read(leas, status=403)
    fail(lea, lab, "allow", "read")
    page = read(leas, status=403)
    assert "One more try, then you may look at our solution." in page
    assert "After 3 different ones you may look without having passed." in page
    assert "allow read" not in page


@pytest.mark.parametrize("texts", [["allow", "allow", "allow"], ["say", "allow", "read"]])
def test_the_same_text_again_and_the_starter_are_no_tries(
    leas: Client, lea: User, lab: Lab, texts: list[str]
) -> None:
    fail(lea, lab, *texts)
    read(leas, status=403)


def test_what_looking_costs_is_said_before(leas: Client, lea: User, lab: Lab) -> None:
    fail(lea, lab, "allow", "read", "that")
    assert "You may look at our solution" in read(leas, "")
    page = read(leas)
    assert "we note that you looked, and your instructor can see it" in page
    assert "allow read" not in page
    assert not lea.submissions.filter(solution_shown_at__isnull=False).exists()


def test_whoever_looks_sees_it_from_then_on_and_it_is_noted(
    leas: Client, lea: User, lab: Lab
) -> None:
    fail(lea, lab, "allow", "read", "that")
    response = leas.post("/labs/say-it/solution/show/")
    assert response["Location"] == "/labs/say-it/solution/"
    assert "allow read" in read(leas)
    noted = lea.submissions.get(solution_shown_at__isnull=False)
    assert noted.text == "that"
    assert "then saw our solution" in read(leas, "attempts/")
    check(make_submission(lea, lab, "allow read").pk)
    assert "Passed" in read(leas, "")


def test_too_early_nothing_can_be_asked_for(leas: Client, lea: User, lab: Lab) -> None:
    fail(lea, lab, "allow")
    leas.post("/labs/say-it/solution/show/")
    read(leas, status=403)
    assert not lea.submissions.filter(solution_shown_at__isnull=False).exists()


def test_a_lab_may_want_a_pass(leas: Client, lea: User, lab: Lab) -> None:
    Lab.objects.update(solution_after=0)
    fail(lea, lab, "allow", "read", "that", "all")
    assert "You will see our solution once you have passed." in read(leas, status=403)


def test_a_lab_may_want_more_or_fewer_tries(leas: Client, lea: User, lab: Lab) -> None:
    Lab.objects.update(solution_after=1)
    fail(lea, lab, "allow")
    assert "Before you look" in read(leas)


def test_whoever_passed_sees_it_at_no_cost_beside_the_own_answer(
    leas: Client, lea: User, lab: Lab, django_assert_num_queries: Queries
) -> None:
    fail(lea, lab, "allow")
    check(make_submission(lea, lab, "read\nallow").pk)
    fail(lea, lab, "that")
    leas.get("/labs/say-it/solution/")
    with django_assert_num_queries(5):
        html = leas.get("/labs/say-it/solution/").content.decode()
    assert '<span class="line del">allow' in html  # of the answer that passed
    assert '<span class="line add">allow read' in html
    assert 'id="mine-title"' in html


def test_a_pass_of_long_ago_still_opens_it(leas: Client, lea: User, lab: Lab) -> None:
    """More attempts ago than a page goes by."""
    make_grade(make_submission(lea, lab), 4)
    for _number in range(LATEST):
        make_grade(make_submission(lea, lab, "allow"), 1)
    assert "allow read" in read(leas)


def test_an_instructor_sees_it_at_once(client_of: ClientOf, tom: User, lab: Lab) -> None:
    assert "allow read" in read(client_of(tom))


def test_sides_mark_what_the_other_has_not_got_white_space_aside() -> None:
    mine, model = sides('{\n  "a": 1,\n  "b": 2\n}', '{\n    "a":  1,\n\n    "c": 3\n}')
    assert [line.look for line in mine] == ["", "", "del", ""]
    assert [line.look for line in model] == ["", "", "", "add", ""]
    assert model[1].text == '    "a":  1,'
