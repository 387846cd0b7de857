"""Whose verdicts somebody may take back: those of learners who are theirs still."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from labs.models import Lab, Submission
from portal.accounts.models import User
from portal.audit.models import Entry
from portal.cohorts.models import Cohort, Membership
from portal.regrades.models import Regrade, Stage
from tests.portal.regrades.conftest import applied, change, current, done

REFUSED = "some whose verdicts it changed are not in your cohorts any more"
ClientOf = Callable[[User], Client]


@pytest.fixture
def answers(
    checked: Callable[..., Submission], lab: Lab, lea: User, mia: User
) -> dict[str, Submission]:
    """lea's passes after the change, mia's does no more."""
    found = {"lea": checked(lea, "allow write"), "mia": checked(mia, "allow read")}
    change(lab, "allow", "write")
    return found


def undo(client: Client, regrade: Regrade) -> str:
    sent = {"reason": "A mistake."}
    page = client.post(f"{regrade.get_absolute_url()}undo/", sent, follow=True)
    done(regrade)
    return page.content.decode()


def test_whoever_left_keeps_their_verdict_and_nothing_is_undone(
    client_of: ClientOf, answers: dict[str, Submission], lab: Lab, lea: User, tom: User
) -> None:
    regrade = applied(lab, tom, lowers=True, reason="So.")
    Membership.objects.get(user=lea).end()
    assert REFUSED in undo(client_of(tom), regrade)
    assert regrade.stage == Stage.APPLIED
    assert [current(one)[1] for one in answers.values()] == [100, 50]
    assert not Entry.objects.filter(about__contains="undone").exists()


def test_in_a_cohort_that_is_over_nothing_is_undone(
    client_of: ClientOf,
    answers: dict[str, Submission],
    lab: Lab,
    lea: User,
    tom: User,
    cohort: Cohort,
) -> None:
    regrade = applied(lab, tom)
    goes_on = cohort.copy("Winter", by=tom, with_team=True)
    goes_on.enrol(answers["mia"].user)
    cohort.archive()
    assert REFUSED in undo(client_of(tom), regrade)
    goes_on.enrol(lea)
    assert REFUSED not in undo(client_of(tom), regrade)
    assert current(answers["lea"]) == ("undone", 50)


def test_an_administrator_undoes_it_all_the_same(
    client_of: ClientOf, answers: dict[str, Submission], lab: Lab, lea: User, tom: User, ada: User
) -> None:
    regrade = applied(lab, tom)
    Membership.objects.get(user=lea).end()
    assert REFUSED not in undo(client_of(ada), regrade)
    assert current(answers["lea"]) == ("undone", 50)


def test_whoever_left_and_kept_what_they_had_is_no_obstacle(
    client_of: ClientOf, answers: dict[str, Submission], lab: Lab, mia: User, tom: User
) -> None:
    regrade = applied(lab, tom)
    assert current(answers["mia"]) == ("task", 100)
    Membership.objects.get(user=mia).end()
    undo(client_of(tom), regrade)
    assert current(answers["lea"]) == ("undone", 50)
