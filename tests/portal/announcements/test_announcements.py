"""What tom says to his cohort: on everybody's day, and by mail to whoever wants it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.announcements.models import Announcement
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort, Membership
from portal.letters.delivery import deliver
from portal.letters.models import Letter

ROOM = "/cohorts/autumn/announcements/"


def say(client, text: str = "**Tomorrow** at ten.", *, by_mail: bool = True):
    return client.post(ROOM, {"text": text} | ({"by_mail": "on"} if by_mail else {}))


def news(client) -> list[str]:
    return [said.text for said in client.get("/day/").context["waiting"].news]


def an_hour_later() -> None:
    Letter.objects.update(due_at=timezone.now())
    deliver()


# --- On the day -----------------------------------------------------------------------------------


def test_what_is_said_stands_on_the_day_of_the_cohort_and_of_nobody_else(
    client_of, tom: User, amy: User, lea: User, eve: User
) -> None:
    say(client_of(tom))
    told = [news(client_of(user)) for user in (lea, amy, tom, eve)]
    assert told == [["**Tomorrow** at ten."]] * 3 + [[]]
    assert "<strong>Tomorrow</strong> at ten." in client_of(lea).get("/day/").content.decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert"),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("<img src=x onerror=alert(1)>", "<img src=x"),
        ('<p style="x" onclick="go()">hi</p>', '<p style="x"'),
    ],
)
def test_what_is_said_is_never_a_script(
    client_of, tom: User, lea: User, text: str, shown: str
) -> None:
    say(client_of(tom), f"Read this: {text}")
    pages = [client_of(lea).get("/day/"), client_of(tom).get(ROOM)]
    assert [shown in page.content.decode() for page in pages] == [False, False]
    assert ["Read this" in page.content.decode() for page in pages] == [True, True]


def test_what_is_withdrawn_is_gone_from_pages_and_from_letters_that_wait(
    client_of, tom: User, lea: User
) -> None:
    client = client_of(tom)
    say(client)
    said = Announcement.objects.get()
    for _twice in range(2):
        client.post(f"{ROOM}{said.pk}/withdraw/")
    assert news(client_of(lea)) == []
    assert not Letter.objects.exists()
    assert Entry.objects.filter(what=What.ANNOUNCED, about__contains="withdrawn").count() == 1
    assert "withdrawn" in client.get(ROOM).content.decode()


def test_after_thirty_days_it_stands_in_the_list_alone(client_of, tom: User, lea: User) -> None:
    say(client_of(tom))
    Announcement.objects.update(said_at=timezone.now() - timedelta(days=31))
    assert news(client_of(lea)) == []
    assert "at ten" in client_of(lea).get("/announcements/").content.decode()


def test_the_day_shows_three_and_the_list_all(client_of, tom: User, lea: User, cohort) -> None:
    for number in range(5):
        Announcement.objects.create(cohort=cohort, author=tom, text=f"No {number}")
    assert news(client_of(lea)) == ["No 4", "No 3", "No 2"]
    assert len(client_of(lea).get("/announcements/").context["announcements"]) == 5


def test_whoever_left_is_told_nothing_any_more(client_of, tom: User, lea: User) -> None:
    say(client_of(tom))
    Membership.objects.get(user=lea).end()
    assert news(client_of(lea)) == []
    assert "at ten" not in client_of(lea).get("/announcements/").content.decode()


@pytest.mark.parametrize("number", [3, 30])
def test_many_announcements_take_one_query(
    client_of, tom: User, lea: User, cohort: Cohort, number: int, django_assert_num_queries
) -> None:
    for one in range(number):
        Announcement.objects.create(cohort=cohort, author=tom, text=f"No {one}")
    client = client_of(lea)
    client.get("/day/")
    with django_assert_num_queries(8):
        client.get("/day/")


def test_a_form_that_was_sent_twice_is_said_once(client_of, tom: User, lea: User) -> None:
    client = client_of(tom)
    for _number in range(2):
        page = client.get(say(client)["Location"]).content.decode()
        assert "E-mails that follow: 1." in page
    assert news(client_of(lea)) == ["**Tomorrow** at ten."]
    assert (Letter.objects.count(), Entry.objects.filter(what=What.ANNOUNCED).count()) == (1, 1)


def test_the_same_words_are_said_again_a_minute_later_or_once_they_were_withdrawn(
    client_of, tom: User, lea: User
) -> None:
    client = client_of(tom)
    say(client)
    Announcement.objects.update(said_at=timezone.now() - timedelta(seconds=61))
    say(client)
    assert Announcement.objects.count() == 2
    Announcement.objects.first().withdraw()
    say(client)
    assert Announcement.objects.count() == 3


def test_whoever_forgot_the_mail_sends_it_after(client_of, tom: User, lea: User) -> None:
    client = client_of(tom)
    for by_mail in (False, True, True):
        say(client, by_mail=by_mail)
    assert (Announcement.objects.count(), Letter.objects.count()) == (1, 1)


# --- Who says it ----------------------------------------------------------------------------------


def test_it_is_noted_who_said_it(client_of, tom: User, lea: User, cohort: Cohort) -> None:
    say(client_of(tom))
    [entry] = Entry.objects.filter(what=What.ANNOUNCED)
    said = Announcement.objects.get()
    assert (entry.actor_id, entry.cohort) == (tom.pk, cohort)
    assert entry.about == f"autumn: {said.pk}, 1 by mail"


def test_an_assistant_announces_nothing(client_of, amy: User) -> None:
    assert say(client_of(amy)).status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_nothing_and_too_much_is_not_said(client_of, tom: User, text: str) -> None:
    assert "text" in say(client_of(tom), text).context["form"].errors
    assert not Announcement.objects.exists()


def test_an_archived_cohort_is_told_nothing(client_of, tom: User, cohort: Cohort) -> None:
    cohort.archive()
    say(client_of(tom))
    assert not Announcement.objects.exists()


def test_nobody_can_flood_a_cohort(client_of, tom: User) -> None:
    client = client_of(tom)
    said = [say(client, f"No {number}", by_mail=False) for number in range(4)]
    assert [page.status_code for page in said] == [302] * 4
    page = say(client, by_mail=False).content.decode()
    assert "Your text is still here" in page
    assert "**Tomorrow** at ten." in page
    assert Announcement.objects.count() == 4


# --- By mail --------------------------------------------------------------------------------------


def test_learners_get_a_mail_after_an_hour(
    client_of, tom: User, amy: User, lea: User, mia: User
) -> None:
    say(client_of(tom))
    deliver()
    assert mail.outbox == []
    an_hour_later()
    assert sorted(sent.to[0] for sent in mail.outbox) == ["lea@example.com", "mia@example.com"]
    body = mail.outbox[0].body
    for words in (
        "Tom Teacher writes to Autumn:",
        "**Tomorrow** at ten.",
        "http://testserver/day/",
    ):
        assert words in body


def test_what_was_said_later_can_be_taken_back_after_the_first_mail_left(
    client_of, tom: User, lea: User
) -> None:
    client = client_of(tom)
    say(client, "First.")
    Letter.objects.update(due_at=timezone.now())
    say(client, "Second.")
    deliver()
    assert "Second." not in mail.outbox[0].body
    client.post(f"{ROOM}{Announcement.objects.first().pk}/withdraw/")
    an_hour_later()
    assert len(mail.outbox) == 1


def test_what_is_due_together_is_one_mail(client_of, tom: User, lea: User) -> None:
    client = client_of(tom)
    for text in ("First.", "Second."):
        say(client, text)
    an_hour_later()
    [sent] = mail.outbox
    assert sent.subject == "News from Autumn (+1)"
    assert sent.body.index("First.") < sent.body.index("Second.")


def take_out(membership: Membership) -> None:
    membership.end()


def take_out_in_admin(membership: Membership) -> None:
    Membership.objects.filter(pk=membership.pk).delete()


@pytest.mark.parametrize("go", [take_out, take_out_in_admin])
def test_whoever_leaves_within_the_hour_gets_no_letter(
    client_of, tom: User, lea: User, mia: User, eve: User, other_cohort: Cohort, ida: User, go
) -> None:
    other_cohort.enrol(lea)
    say(client_of(tom))
    client_of(ida).post("/cohorts/cooks/announcements/", {"text": "Knives.", "by_mail": "on"})
    go(Membership.objects.get(user=lea, cohort__slug="autumn"))
    told = sorted(Letter.objects.values_list("address", "subject"))
    assert told == [
        ("eve@example.com", "News from Cooks"),
        ("lea@example.com", "News from Cooks"),
        ("mia@example.com", "News from Autumn"),
    ]


def test_no_letter_is_left_of_a_cohort_that_is_deleted(
    client_of, tom: User, lea: User, cohort: Cohort
) -> None:
    say(client_of(tom))
    cohort.delete()
    assert not Letter.objects.exists()


def test_each_reads_it_in_their_language(client_of, tom: User, lea: User, mia: User) -> None:
    User.objects.filter(pk=mia.pk).update(language="de")
    say(client_of(tom))
    subjects = dict(Letter.objects.values_list("address", "subject"))
    assert subjects == {
        "lea@example.com": "News from Autumn",
        "mia@example.com": "Neues aus Autumn",
    }


def test_whoever_wants_no_such_mail_gets_none_from_then_on(
    client_of, tom: User, lea: User, mia: User
) -> None:
    client = client_of(tom)
    say(client)
    client_of(lea).post("/accounts/profile/", {"name": "Lea Learner", "language": ""})
    say(client, "Once more.")
    assert {letter.address for letter in Letter.objects.all()} == {"mia@example.com"}
    assert len(news(client_of(lea))) == 2


def test_by_mail_is_a_choice(client_of, tom: User, lea: User) -> None:
    say(client_of(tom), by_mail=False)
    assert not Letter.objects.exists()


def test_a_portal_without_mail_offers_none(client_of, tom: User, lea: User, settings) -> None:
    settings.DEPLOYED, settings.SENDS_MAIL = True, False
    say(client_of(tom))
    assert not Letter.objects.exists()
    assert "by_mail" not in client_of(tom).get(ROOM).content.decode()


@pytest.mark.parametrize("number", [3, 30])
def test_many_learners_take_as_many_queries(
    client_of, tom: User, cohort: Cohort, number: int, django_assert_num_queries
) -> None:
    users = User.objects.bulk_create(
        User(email=f"l{one}@example.com", name=f"L{one}", password="!") for one in range(number)
    )
    Membership.objects.bulk_create(Membership(cohort=cohort, user=user) for user in users)
    client = client_of(tom)
    with django_assert_num_queries(12):
        say(client)
    assert Letter.objects.count() == number


# --- Whoever said it ------------------------------------------------------------------------------


def test_what_an_erased_person_said_stays_without_the_name(client_of, tom: User, lea: User) -> None:
    say(client_of(tom))
    assert data_of(tom)["announcements"][0]["text"] == "**Tomorrow** at ten."
    erase(tom)
    page = client_of(lea).get("/day/").content.decode()
    assert "at ten" in page
    assert "Tom Teacher" not in page
