"""What a person's export holds of regrades, and what goes with them."""

from __future__ import annotations

from collections.abc import Callable

from labs.models import Grade, Lab, Submission
from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.regrades.models import NewVerdict, Regrade, RegradedAnswer
from tests.portal.regrades.conftest import applied, change, dry_run

Checked = Callable[..., Submission]


def test_it_is_in_the_export_of_both(checked: Checked, lab: Lab, lea: User, tom: User) -> None:
    answer = checked(lea, "allow")
    change(lab, "allow")
    applied(lab, tom, reason="It was too strict.")
    (again,) = data_of(lea)["checked_again"]
    assert (again["lab"], again["effect"], again["outcome"]) == ("Say it", "gains", "done")
    assert again["handed_in_at"] == answer.created_at
    assert data_of(lea)["regrades"] == []
    (begun,) = data_of(tom)["regrades"]
    assert (begun["lab"], begun["reason"]) == ("Say it", "It was too strict.")


def test_with_somebody_goes_what_was_found_for_their_texts_alone(
    checked: Checked, lab: Lab, lea: User, mia: User, tom: User
) -> None:
    for user, text in [(lea, "allow"), (mia, "allow"), (lea, "only mine")]:
        checked(user, text)
    change(lab, "allow")
    dry_run(lab, tom)
    erase(lea)
    assert {one.user for one in RegradedAnswer.objects.all()} == {mia}
    assert [verdict.answers.count() for verdict in NewVerdict.objects.all()] == [1]


def test_what_somebody_applied_stays_when_they_go(
    checked: Checked, lab: Lab, lea: User, tom: User
) -> None:
    answer = checked(lea, "allow")
    change(lab, "allow")
    applied(lab, tom)
    erase(tom)
    answer.refresh_from_db()
    assert answer.passed
    assert Regrade.objects.get().author is None
    assert not Grade.objects.exclude(author=None).exists()
