"""Letting people in by mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.audit.models import Entry, What
from portal.cohorts import inviting
from portal.cohorts.models import Cohort, Invitation, Role
from portal.letters.models import Letter
from portal.retention import invited
from tests.rows import make_user

MAIL = "/cohorts/autumn/invitations/mail/"


def post(client, people: str = "", **form):
    return client.post(MAIL, {"people": people, "role": "learner", **form})


def test_first_it_is_shown_what_would_happen_and_nothing_happens(
    client_of, tom: User, lea: User, cohort: Cohort
) -> None:
    Invitation.objects.create(cohort=cohort, email="old@example.com", sent_at=timezone.now())
    text = "new@example.com,Nina\nLEA@example.com\nold@example.com\nnobody"
    found = post(client_of(tom), text).context["preview"]
    told = [
        [line.email for line in lines]
        for lines in (found.new, found.members, found.invited, found.wrong)
    ]
    assert told == [["new@example.com"], ["lea@example.com"], ["old@example.com"], ["nobody"]]
    assert (Invitation.objects.count(), Letter.objects.count()) == (1, 0)


def test_then_everybody_new_gets_a_letter_with_a_link_of_their_own(
    client_of, tom: User, cohort: Cohort
) -> None:
    post(client_of(tom), "nina@example.com,Nina\nolaf@example.com", send="1")
    letters = {letter.address: letter for letter in Letter.objects.all()}
    assert set(letters) == {"nina@example.com", "olaf@example.com"}
    text = letters["nina@example.com"].text
    [code] = re.findall(r"http://testserver/accounts/join/\?code=([-A-Z0-9]+)", text)
    assert "Tom Teacher invites you to learn together in “Autumn”: Aws." in text
    assert Invitation.objects.get(email="nina@example.com").code == code
    assert letters["nina@example.com"].subject == "Invitation to Autumn"
    entry = Entry.objects.get(what=What.INVITED)
    assert (entry.actor_id, entry.about) == (tom.pk, "autumn: learner, 2 by mail")


def test_the_link_makes_its_reader_a_member_once(
    client_of, tom: User, eve: User, ida: User, cohort: Cohort
) -> None:
    post(client_of(tom), "eve@example.com", send="1")
    code = Invitation.objects.get(cohort=cohort).code
    for user in (eve, ida):
        client_of(user).post("/accounts/join/", {"code": code})
    assert list(cohort.learners) == [eve]


def test_a_letter_speaks_the_language_of_the_cohort(client_of, tom: User, cohort: Cohort) -> None:
    Cohort.objects.update(language="de")
    post(client_of(tom), "nina@example.com", send="1")
    assert Letter.objects.get().subject == "Einladung zu Autumn"


def test_a_file_is_taken_as_well(client_of, tom: User) -> None:
    file = SimpleUploadedFile("list.csv", "email;name\nnina@example.com;Nina".encode("utf-8-sig"))
    answer = post(client_of(tom), file=file)
    assert [line.name for line in answer.context["preview"].new] == ["Nina"]
    post(client_of(tom), answer.context["people"], send="1")
    assert Letter.objects.get().address == "nina@example.com"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "__all__"),
        ({"file": SimpleUploadedFile("x.csv", b"J\xfcrgen")}, "file"),
        ({"file": SimpleUploadedFile("x.csv", b"x" * 200_001)}, "file"),
        ({"people": "a@example.com\x00"}, "people"),
        ({"people": "a@example.com", "role": "god"}, "role"),
        ({"people": "a@example.com", "last_day": "2020-01-01"}, "last_day"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(client_of, tom: User, form, field) -> None:
    answer = post(client_of(tom), **form)
    assert list(answer.context["form"].errors) == [field]
    assert not Letter.objects.exists()


def test_an_address_that_is_too_long_gets_no_letter(client_of, tom: User) -> None:
    people = f"a@{'.'.join(['b' * 60] * 5)}.org\nnina@example.com"
    assert "longer than 254 letters" in post(client_of(tom), people).content.decode()
    post(client_of(tom), people, send="1")
    assert [letter.address for letter in Letter.objects.all()] == ["nina@example.com"]


def test_nobody_gets_two_letters_for_one_form_sent_twice(client_of, tom: User) -> None:
    client = client_of(tom)
    for _twice in range(2):
        post(client, "nina@example.com", send="1")
    assert (Invitation.objects.count(), Letter.objects.count()) == (1, 1)


def test_whether_an_address_has_an_account_is_not_told(client_of, tom: User, eve: User) -> None:
    answers = [post(client_of(tom), address) for address in ("eve@example.com", "no@example.com")]
    assert [len(answer.context["preview"].new) for answer in answers] == [1, 1]


def test_who_teaches_is_invited_by_whoever_shows_who_they_are(
    client_of, proven_client_of, tom: User
) -> None:
    asked = post(client_of(tom), "nina@example.com", role="assistant", send="1")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not Invitation.objects.exists()
    post(proven_client_of(tom), "nina@example.com", role="assistant", send="1")
    assert Invitation.objects.get().role == Role.ASSISTANT


def test_a_letter_is_sent_again_and_not_at_once(client_of, tom: User, cohort: Cohort) -> None:
    long_ago = timezone.now() - timedelta(hours=2)
    row = Invitation.objects.create(cohort=cohort, uses=1, email="n@example.com", sent_at=long_ago)
    for _twice in range(2):
        client_of(tom).post(f"/cohorts/autumn/invitations/{row.pk}/resend/")
    assert row.code in Letter.objects.get().text


def test_who_was_invited_and_is_not_here_yet_stands_in_a_list(
    client_of, tom: User, cohort: Cohort
) -> None:
    post(client_of(tom), "nina@example.com,Nina\nolaf@example.com", send="1")
    Invitation.objects.get(email="olaf@example.com").redeem(make_user("Olaf"))
    page = client_of(tom).get("/cohorts/autumn/invitations/")
    assert [one.email for one in page.context["personal"]] == ["nina@example.com"]


def test_an_archived_cohort_invites_nobody(client_of, tom: User, cohort: Cohort) -> None:
    cohort.archive()
    post(client_of(tom), "nina@example.com", send="1")
    assert not Letter.objects.exists()


def test_there_is_an_end_to_the_letters_of_a_cohort(
    client_of, tom: User, cohort: Cohort, monkeypatch
) -> None:
    monkeypatch.setattr(inviting, "OPEN_AT_MOST", 2)
    post(client_of(tom), "a@example.com\nb@example.com\nc@example.com", send="1")
    assert Letter.objects.count() == 2


def test_a_portal_without_mail_says_so(client_of, tom: User, settings) -> None:
    settings.DEPLOYED, settings.SENDS_MAIL = True, False
    assert "sends no mail" in post(client_of(tom), "a@example.com", send="1").content.decode()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("number", [3, 30])
def test_many_letters_take_as_many_queries_as_few(
    client_of, tom: User, number: int, django_assert_num_queries
) -> None:
    people = "\n".join(f"l{one}@example.com" for one in range(number))
    client = client_of(tom)
    with django_assert_num_queries(14):
        post(client, people, send="1")


# --- What becomes of the addresses ----------------------------------------------------------------


def test_an_erased_person_is_invited_nowhere(cohort: Cohort, eve: User) -> None:
    Invitation.objects.create(cohort=cohort, email=eve.email, name="Eve")
    Letter.objects.create(address=eve.email, subject="s", text="t")
    assert data_of(eve)["invitations"][0]["cohort"] == "Autumn"
    erase(eve)
    assert Invitation.objects.values_list("email", "name").get() == ("", "")
    assert not Letter.objects.exists()


def test_strangers_who_never_came_are_forgotten(cohort: Cohort) -> None:
    for days in (29, 31):
        Invitation.objects.create(
            cohort=cohort,
            email=f"{days}@example.com",
            expires_at=timezone.now() - timedelta(days=days),
        )
    assert (invited(None), invited(None)) == (1, 0)
    assert set(Invitation.objects.values_list("email", flat=True)) == {"", "29@example.com"}


# --- Codes ----------------------------------------------------------------------------------------


def test_a_code_ends_on_the_day_that_was_chosen(client_of, tom: User, cohort: Cohort) -> None:
    day = timezone.localdate() + timedelta(days=3)
    form = {"role": "learner", "uses": 3, "last_day": day.isoformat()}
    client_of(tom).post("/cohorts/autumn/invitations/", form)
    assert timezone.localtime(cohort.invitations.get().expires_at).date() == day


@pytest.mark.parametrize(
    ("role", "days"), [("learner", -1), ("learner", 367), ("instructor", 8), ("assistant", 8)]
)
def test_a_code_lasts_neither_too_long_nor_till_yesterday(
    proven_client_of, tom: User, cohort: Cohort, role: str, days: int
) -> None:
    day = timezone.localdate() + timedelta(days=days)
    form = {"role": role, "uses": 3, "last_day": day.isoformat()}
    answer = proven_client_of(tom).post("/cohorts/autumn/invitations/", form)
    assert list(answer.context["form"].errors) == ["last_day"]
