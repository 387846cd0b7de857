"""Ann was given a code; she has never been here."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.accounts.forms import CODE_IS_CLOSED, InvitedSignupForm
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation, Role
from tests.rows import PASSWORD, make_user

SIGNUP = "/accounts/signup/"


@pytest.fixture
def invitation(cohort: Cohort) -> Invitation:
    return Invitation.objects.create(cohort=cohort, code="ABCD-EFGH-JKLM", uses=2)


def ann(**changes: str) -> dict[str, str]:
    return {
        "code": "ABCD-EFGH-JKLM",
        "name": "Ann",
        "email": "ann@example.com",
        "password1": PASSWORD,
    } | changes


def test_a_code_makes_an_account_in_its_cohort_and_leads_to_the_day(
    client: Client, invitation: Invitation
) -> None:
    answer = client.post(SIGNUP, ann())
    assert (answer.status_code, answer["Location"]) == (302, reverse("day"))
    user = User.objects.get(email="ann@example.com")
    assert (user.name, user.memberships.get().cohort, user.memberships.get().role) == (
        "Ann",
        invitation.cohort,
        Role.LEARNER,
    )
    invitation.refresh_from_db()
    assert invitation.used == 1
    assert client.get(reverse("day")).status_code == 200


@pytest.mark.parametrize("typed", ["abcd-efgh-jklm", " ABCD EFGH JKLM ", "abcdefghjklm"])
def test_a_code_may_be_typed_carelessly(client: Client, invitation: Invitation, typed: str) -> None:
    client.post(SIGNUP, ann(code=typed))
    assert User.objects.filter(email="ann@example.com").exists()


def test_an_instructors_code_makes_an_instructor(client: Client, cohort: Cohort) -> None:
    Invitation.objects.create(cohort=cohort, code="TEACHERS", role=Role.INSTRUCTOR)
    client.post(SIGNUP, ann(code="teachers"))
    assert User.objects.get(email="ann@example.com").memberships.get().role == Role.INSTRUCTOR


@pytest.mark.parametrize("code", ["", "NOPE-NOPE-NOPE", "\0", "' or 1=1 --"])
def test_without_an_open_code_nobody_gets_in(
    client: Client, invitation: Invitation, code: str
) -> None:
    answer = client.post(SIGNUP, ann(code=code))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["code"]
    assert not User.objects.exists()


def test_the_invitations_link_carries_the_code(client: Client, invitation: Invitation) -> None:
    answer = client.get(reverse("join"), {"code": invitation.code}, follow=True)
    assert answer.redirect_chain == [(f"{SIGNUP}?code=ABCD-EFGH-JKLM", 302)]
    assert 'value="ABCD-EFGH-JKLM"' in answer.content.decode()


def test_an_address_that_is_taken_is_sent_to_the_sign_in(
    client: Client, invitation: Invitation
) -> None:
    make_user("Ann")
    answer = client.post(SIGNUP, ann(name="Somebody"))
    assert list(answer.context["form"].errors) == ["email"]
    invitation.refresh_from_db()
    assert (invitation.used, User.objects.get().name) == (0, "Ann")


def test_without_a_code_nobody_learns_whose_address_is_taken(
    client: Client, invitation: Invitation
) -> None:
    make_user("Ann")
    taken, free = (
        client.post(SIGNUP, ann(code="WRONG", email=f"{name}@example.com"))
        for name in ("ann", "bob")
    )
    assert taken.context["form"].errors == free.context["form"].errors == {"code": [CODE_IS_CLOSED]}


def test_where_addresses_must_be_confirmed_a_taken_one_is_told_by_mail_alone(
    client: Client, invitation: Invitation, settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    make_user("Ann")
    known, unknown = client.post(SIGNUP, ann()), Client().post(SIGNUP, ann(email="bob@example.com"))
    assert known["Location"] == unknown["Location"] == reverse("account_email_verification_sent")
    assert [message.subject for message in mail.outbox] == [
        "You have an account already",
        "Confirm your address",
    ]
    assert User.objects.count() == 2


def test_the_last_place_goes_to_one_of_two(rf, cohort: Cohort) -> None:
    """Both forms were valid; then one was saved."""
    Invitation.objects.create(cohort=cohort, code="ABCD-EFGH-JKLM", uses=1)
    first, second = (InvitedSignupForm(ann(email=f"{name}@example.com")) for name in ("ann", "bob"))
    assert first.is_valid()
    assert second.is_valid()
    request = rf.post(SIGNUP)
    request.session = {}
    assert first.try_save(request)[0] == User.objects.get()
    user, answer = second.try_save(request)
    assert (user, answer.status_code, second.errors) == (None, 200, {"code": [CODE_IS_CLOSED]})
    assert [user.email for user in User.objects.all()] == ["ann@example.com"]


def test_a_form_sent_twice_at_once_makes_one_account(rf, invitation: Invitation) -> None:
    first, second = InvitedSignupForm(ann()), InvitedSignupForm(ann())
    assert first.is_valid()
    assert second.is_valid()
    request = rf.post(SIGNUP)
    request.session = {}
    first.try_save(request)
    assert second.try_save(request)[0] is None
    assert list(second.errors) == ["email"]
    invitation.refresh_from_db()
    assert (User.objects.count(), invitation.used) == (1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
def test_eight_people_race_for_three_places(cohort: Cohort) -> None:
    invitation = Invitation.objects.create(cohort=cohort, uses=3)
    people = [make_user(f"P{number}") for number in range(8)]
    start, taken = Barrier(len(people)), []

    def redeem(user: User) -> None:
        start.wait()
        taken.append(invitation.redeem(user))
        connection.close()

    threads = [Thread(target=redeem, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    invitation.refresh_from_db()
    assert (sum(taken), invitation.used, cohort.memberships.count()) == (3, 3, 3)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
def test_one_person_with_many_tabs_takes_one_place(cohort: Cohort) -> None:
    invitation, ann = Invitation.objects.create(cohort=cohort, uses=5), make_user("Ann")
    start = Barrier(6)

    def redeem() -> None:
        start.wait()
        invitation.redeem(ann)
        connection.close()

    threads = [Thread(target=redeem) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    invitation.refresh_from_db()
    assert (invitation.used, cohort.memberships.count()) == (1, 1)
