"""Letting people in by mail."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lessons.models import Course
from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.audit.models import Entry, What
from portal.cohorts import mail_limits
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
    assert "longer than 254 characters" in post(client_of(tom), people).content.decode()
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
    with django_assert_num_queries(15):
        post(client, people, send="1")


# --- How much mail there may be -------------------------------------------------------------------


def close_all(cohort: Cohort) -> None:
    for one in cohort.invitations.open():
        one.close()


def resend(client, **found: str):
    row = Invitation.objects.get(**found)
    return client.post(f"/cohorts/autumn/invitations/{row.pk}/resend/", follow=True)


def test_a_sender_writes_so_many_letters_a_day_in_all_their_cohorts(
    client_of, tom: User, course: Course, monkeypatch
) -> None:
    monkeypatch.setattr(mail_limits, "A_DAY", 3)
    client, spring = client_of(tom), Cohort.objects.open("Spring", [course], by=tom)
    post(client, "a@example.com\nb@example.com", send="1")
    mail = f"/cohorts/{spring.slug}/invitations/mail/"
    form = {"people": "c@example.com\nd@example.com", "role": "learner"}
    page = client.post(mail, form).content.decode()
    assert "No e-mail goes out yet." in page
    assert "of 3 e-mails a day you have 1 left." in page
    assert 'name="send"' not in page
    client.post(mail, form | {"send": "1"})
    assert Letter.objects.count() == 2
    client.post(mail, form | {"people": "c@example.com", "send": "1"})
    assert Letter.objects.count() == 3


def test_letters_that_are_sent_again_count_as_well(
    client_of, tom: User, cohort: Cohort, monkeypatch
) -> None:
    monkeypatch.setattr(mail_limits, "A_DAY", 3)
    client, long_ago = client_of(tom), timezone.now() - timedelta(hours=2)
    post(client, "a@example.com\nb@example.com", send="1")
    Invitation.objects.update(sent_at=long_ago)
    resend(client, email="a@example.com")
    page = resend(client, email="b@example.com").content.decode()
    assert "of 3 e-mails a day you have 0 left." in page
    assert Letter.objects.count() == 3


def test_tomorrow_one_may_write_again(client_of, tom: User, cohort: Cohort, monkeypatch) -> None:
    monkeypatch.setattr(mail_limits, "A_DAY", 1)
    client = client_of(tom)
    post(client, "a@example.com", send="1")
    Invitation.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    post(client, "b@example.com", send="1")
    assert Letter.objects.count() == 2


def test_who_writes_much_keeps_nobody_else_from_it(
    client_of, tom: User, ida: User, cohort: Cohort, other_cohort: Cohort, monkeypatch
) -> None:
    monkeypatch.setattr(mail_limits, "A_DAY", 1)
    for client, slug in ((client_of(tom), "autumn"), (client_of(ida), "cooks")):
        form = {"people": "a@example.com", "role": "learner", "send": "1"}
        client.post(f"/cohorts/{slug}/invitations/mail/", form)
    senders = Invitation.objects.order_by("pk").values_list("sent_by", "letters")
    assert list(senders) == [(tom.pk, 1), (ida.pk, 1)]


def test_an_address_is_not_written_to_again_and_again(client_of, tom: User, cohort: Cohort) -> None:
    """Whoever closes an invitation and makes another cannot go on."""
    client = client_of(tom)
    for _time in range(4):
        post(client, "nina@example.com", send="1")
        close_all(cohort)
    assert Letter.objects.count() == 3
    [line] = post(client, "nina@example.com\nolaf@example.com").context["preview"].wrong
    words = "was written to 3 times within a week: wait some days"
    assert (line.number, line.wrong) == (1, words)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=8))
    post(client, "nina@example.com", send="1")
    assert Letter.objects.count() == 4


def test_a_letter_is_not_sent_again_and_again(client_of, tom: User, cohort: Cohort) -> None:
    client = client_of(tom)
    post(client, "nina@example.com", send="1")
    for _time in range(4):
        Invitation.objects.update(sent_at=timezone.now() - timedelta(hours=2))
        page = resend(client, email="nina@example.com").content.decode()
    assert "nina@example.com was written to 3 times within a week" in page
    assert (Letter.objects.count(), Invitation.objects.get().letters) == (3, 3)


def test_there_is_an_end_to_the_letters_of_a_cohort(
    client_of, tom: User, cohort: Cohort, monkeypatch
) -> None:
    monkeypatch.setattr(mail_limits, "OPEN_AT_MOST", 2)
    client, people = client_of(tom), "a@example.com\nb@example.com\nc@example.com"
    assert "room for 2 more" in post(client, people, send="1").content.decode()
    assert not Letter.objects.exists()
    post(client, "a@example.com\nb@example.com", send="1")
    assert Letter.objects.count() == 2


def test_a_list_is_changed_without_typing_it_again(client_of, tom: User) -> None:
    page = post(client_of(tom), "nina@example.com,Nina", role="assistant", change="1")
    form = page.context["form"]
    assert form["people"].value() == "nina@example.com,Nina"
    assert (form["role"].value(), form.errors) == ("assistant", {})
    assert not Letter.objects.exists()


def test_letters_from_before_they_were_counted_are_one_each(cohort: Cohort) -> None:
    for sent_at in (None, timezone.now()):
        Invitation.objects.create(cohort=cohort, sent_at=sent_at)
    import_module("portal.cohorts.migrations.0010_letters_of_before").count_one(apps, None)
    assert list(Invitation.objects.order_by("pk").values_list("letters", flat=True)) == [0, 1]


# --- What becomes of the addresses ----------------------------------------------------------------


def test_an_erased_person_is_invited_nowhere(cohort: Cohort, eve: User) -> None:
    Invitation.objects.create(cohort=cohort, email=eve.email, name="Eve")
    Letter.objects.create(address=eve.email, subject="s", text="t")
    EmailAddress.objects.create(user=eve, email=eve.email, verified=True)
    assert data_of(eve)["invitations"][0]["cohort"] == "Autumn"
    erase(eve)
    assert Invitation.objects.values_list("email", "name").get() == ("", "")
    assert not Letter.objects.exists()


def test_whoever_invited_others_has_it_in_their_data_and_is_forgotten(
    client_of, tom: User, cohort: Cohort
) -> None:
    post(client_of(tom), "nina@example.com", send="1")
    [sent] = data_of(tom)["invitations_sent"]
    sent_at = Invitation.objects.get().sent_at
    assert sent == {"cohort": "Autumn", "role": "learner", "sent_at": sent_at, "letters": 1}
    erase(tom)
    left = Invitation.objects.get()
    assert (left.sent_by, left.email) == (None, "nina@example.com")


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
