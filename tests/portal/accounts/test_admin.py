"""Finding people, and what is theirs, in the admin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from labs.models import Lab
from lessons import long_lists
from lessons.models import Completion, Course
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.audit.record import record
from portal.cohorts.models import Cohort
from tests.rows import make_lab, make_submission


@pytest.fixture
def staff(ada: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(ada)


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket")


def found(client: Client, table: str, words: str) -> set[str]:
    """Whose rows."""
    rows = client.get(f"/admin/{table}/", {"q": words}).context["cl"].result_list
    return {str(getattr(row, "user", row)) for row in rows}


@pytest.mark.parametrize("words", ["lea", "LEARNER lea", "lea@exam", "Learn exampl"])
def test_people_are_found_by_how_words_begin(
    staff: Client, lea: User, tom: User, words: str
) -> None:
    assert found(staff, "accounts/user", words) == {"Lea Learner"}


@pytest.mark.parametrize("words", ["earner", "lea tom", "%", "''", "lea|tom", ".*"])
def test_nobody_is_found_by_anything_else(staff: Client, lea: User, tom: User, words: str) -> None:
    assert found(staff, "accounts/user", words) == set()


def test_everybody_is_listed_where_nothing_is_asked(staff: Client, lea: User) -> None:
    assert found(staff, "accounts/user", " ") == {"Ada Administrator", "Lea Learner"}


def test_rows_are_found_by_whose_they_are(
    staff: Client, cohort: Cohort, lab: Lab, lea: User, mia: User
) -> None:
    for user in (lea, mia):
        make_submission(user, lab)
        Completion.objects.create(user=user, lesson=lab.course.lessons.first())
    for table in ("labs/submission", "lessons/completion", "cohorts/membership"):
        assert found(staff, table, "Mia") == {"Mia Learner"}
        assert found(staff, table, "nobody") == set()


def test_an_address_is_found_before_it_is_confirmed(staff: Client, lea: User, mia: User) -> None:
    EmailAddress.objects.create(user=lea, email="new@elsewhere.example")
    EmailAddress.objects.create(user=mia, email="mia@example.com", primary=True, verified=True)
    assert found(staff, "account/emailaddress", "new@else") == {"Lea Learner"}
    assert found(staff, "account/emailaddress", "mia") == {"Mia Learner"}


def test_the_audit_log_is_searched_by_person_and_by_network(
    staff: Client, tom: User, mia: User
) -> None:
    mine, theirs = (record(What.EXPORTED, actor=user, person=user) for user in (tom, mia))
    elsewhere = Entry.objects.create(what=What.EXPORTED, person=tom, network="192.0.2.0/24")

    def listed(words: str) -> list[int]:
        page = staff.get("/admin/audit/entry/", {"q": words, "what__exact": "exported"})
        return [row.pk for row in page.context["cl"].result_list]

    assert listed("mia") == [theirs.pk]
    assert listed("tom") == [elsewhere.pk, mine.pk]
    assert listed("192.0.2.0/24") == [elsewhere.pk]


def test_it_is_said_when_more_people_are_called_so_than_are_looked_at(
    staff: Client, lab: Lab, lea: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "MOST_PEOPLE", 1)
    for user in (lea, mia):
        make_submission(user, lab)
    page = staff.get("/admin/labs/submission/", {"q": "learner"})
    assert len(page.context["cl"].result_list) == 1
    assert "More people have such a name." in page.content.decode()
