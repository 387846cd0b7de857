"""Mail about one's learning: at once, once a day, or none; and off by one click."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from labs.models import Submission
from labs.quiz.models import QuizQuestion
from lessons.models import Course
from portal.accounts.models import Told, User
from portal.digest.choosing import next_morning, off_path
from portal.digest.daily import digest_some, write_digest
from portal.letters.delivery import deliver_some
from portal.letters.models import Letter
from portal.own_site import own_site
from tests.labs.quiz.asking import ask
from tests.labs.quiz.reviews import wait
from tests.rows import make_grade, make_lab, make_submission

PROFILE = "/accounts/profile/"
# Some day to come: a letter is due by the clock of the machine, which these tests do not turn back.
MORNING = (datetime.now(UTC) + timedelta(days=2)).replace(hour=7, minute=0, second=0, microsecond=0)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda now: monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def rows(course: Course) -> list[QuizQuestion]:
    return ask(course.lessons.get(slug="policies"), "name-of-the-region", "two-allows-one-deny")


@pytest.fixture
def answer(lea: User, course: Course) -> Submission:
    answer = make_submission(lea, make_lab(course, "read-one-bucket"))
    make_grade(answer, 0)
    return answer


@pytest.fixture
def toms(client_of, tom: User) -> Client:
    return client_of(tom)


def choose(client: Client, told: str, **fields: str):
    return client.post(PROFILE, {"name": "Lea", "language": "", "mail_told": told} | fields)


def daily(user: User, when: datetime = MORNING) -> None:
    user.mail_told, user.digest_at = Told.DAILY, when
    user.save()


def said(toms: Client, answer: Submission) -> None:
    """The instructor decides about a verdict, and comments on the answer."""
    decision = {"verdict": "passed", "reason": "Right.", "seen": answer.grade_id}
    toms.post(f"/cohorts/autumn/submissions/{answer.pk}/override/", decision)
    toms.post(f"/cohorts/autumn/submissions/{answer.pk}/comments/", {"text": "Look."})


def sent() -> list[str]:
    """Subjects of what is due by now."""
    before = len(mail.outbox)
    while deliver_some():
        pass
    return [one.subject for one in mail.outbox[before:]]


# --- What comes back ------------------------------------------------------------------------------


def test_who_asked_for_a_daily_mail_is_told_in_the_morning_that_cards_come_back(lea, rows, at):
    daily(lea)
    for row in rows:
        wait(lea, row, at=MORNING - timedelta(hours=1))
    at(MORNING - timedelta(minutes=1))
    assert digest_some() == 0
    at(MORNING)
    assert digest_some() == 1
    assert sent() == ["2 cards come back today"]
    text = mail.outbox[0].body
    assert "2 cards of your review are due today." in text
    assert f"{own_site()}/quiz/review/" in text


def test_nothing_is_sent_when_nothing_is_due_and_to_nobody_who_did_not_ask(lea, mia, rows, at):
    daily(lea)
    for user, when in ((lea, MORNING + timedelta(days=1)), (mia, MORNING - timedelta(days=1))):
        wait(user, rows[0], at=when)
    at(MORNING)
    digest_some()
    assert not Letter.objects.exists()


def test_it_is_one_mail_a_day_however_often_a_worker_looks(lea, rows, at):
    daily(lea)
    wait(lea, rows[0], at=MORNING - timedelta(hours=1))
    at(MORNING + timedelta(hours=3))  # the workers were away
    twin = User.objects.get(pk=lea.pk)
    write_digest(lea)
    write_digest(twin)  # two at the same moment
    assert digest_some() == 0
    assert len(sent()) == 1
    assert User.objects.get(pk=lea.pk).digest_at == MORNING + timedelta(days=1)
    at(MORNING + timedelta(days=1))
    digest_some()
    assert len(sent()) == 1


@pytest.mark.parametrize(
    ("zone", "hour"), [("", 7), ("Europe/Berlin", 6), ("America/New_York", 12)]
)
def test_morning_is_where_the_learner_is(zone, hour, at):
    at(datetime(2026, 11, 26, 5, tzinfo=UTC))
    user = User(time_zone=zone)
    assert next_morning(user) == datetime(2026, 11, 26, hour, tzinfo=UTC)
    at(next_morning(user))
    assert next_morning(user) == datetime(2026, 11, 27, hour, tzinfo=UTC)


def test_it_is_written_in_the_language_of_the_cohort_where_none_was_chosen(lea, cohort, rows, at):
    cohort.language = "de"
    cohort.save()
    daily(lea)
    wait(lea, rows[0], at=MORNING - timedelta(hours=1))
    at(MORNING)
    digest_some()
    assert sent() == ["Heute kommt 1 Karte wieder"]


def test_a_portal_that_sends_no_mail_writes_none(lea, rows, settings, at):
    settings.DEPLOYED, settings.SENDS_MAIL = True, False
    daily(lea)
    wait(lea, rows[0], at=MORNING - timedelta(hours=1))
    at(MORNING)
    assert digest_some() == 0


# --- What was said --------------------------------------------------------------------------------


def test_what_is_said_through_the_day_waits_for_the_morning_and_is_one_mail(
    lea, toms, answer, rows, at
):
    wait(lea, rows[0], at=MORNING - timedelta(hours=1))
    daily(lea)
    at(MORNING - timedelta(hours=9))
    said(toms, answer)
    assert sent() == []
    at(MORNING)
    digest_some()
    assert sent() == ["The verdict about “Read one bucket” was decided by hand (+2)"]
    text = mail.outbox[0].body
    assert text.count("———") == 2
    assert text.count("No more such mail") == 1
    assert not Letter.objects.exists()


def test_what_no_worker_put_together_goes_by_itself_in_the_evening(lea, toms, answer, at):
    daily(lea)
    at(MORNING - timedelta(hours=9))
    said(toms, answer)
    at(MORNING + timedelta(hours=12))
    assert len(sent()) == 1


def test_who_chose_nothing_is_told_at_once_and_can_turn_it_off(lea, toms, answer):
    said(toms, answer)
    assert Letter.objects.filter(due_at__lte=timezone.now()).count() == 1
    assert sent() == ["The verdict about “Read one bucket” was decided by hand"]
    headers = mail.outbox[0].extra_headers
    link = re.search(r"No more such mail: (\S+)", mail.outbox[0].body)[1]
    assert headers["List-Unsubscribe"] == f"<{link}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link == f"http://testserver{off_path(lea)}"


def test_teachers_are_told_what_learners_ask_in_any_case(lea, tom, client_of, course):
    User.objects.update(mail_told=Told.NEVER)
    client_of(lea).post("/reviews/ask/lesson/aws/buckets/", {"text": "Why?"})
    assert [one.off_url for one in Letter.objects.all()] == [""]


# --- Off ------------------------------------------------------------------------------------------


def test_a_mail_program_turns_it_off_by_one_request(lea, toms, answer):
    daily(lea, timezone.now() + timedelta(hours=2))
    said(toms, answer)
    strange = Client(enforce_csrf_checks=True)
    page = strange.post(off_path(lea), {"List-Unsubscribe": "One-Click"})
    assert page.status_code == 200
    lea.refresh_from_db()
    assert (lea.mail_told, lea.digest_at) == (Told.NEVER, None)
    assert not Letter.objects.exists(), "what waited is not sent any more"
    said(toms, answer)
    assert not Letter.objects.exists()


def test_a_link_that_was_only_opened_changes_nothing(lea, client):
    daily(lea)
    assert "Turn it off" in client.get(off_path(lea)).content.decode()
    lea.refresh_from_db()
    assert lea.mail_told == Told.DAILY
    assert "You get no more mail" in client.post(off_path(lea)).content.decode()
    assert "You get no more mail" in client.get(off_path(lea)).content.decode()


def test_nobody_turns_off_the_mail_of_somebody_else(lea, mia, client):
    signed = off_path(lea).replace(f"/{lea.pk}:", f"/{mia.pk}:")
    for path in (signed, "/mail/off/x/", f"/mail/off/{lea.pk}/"):
        assert client.post(path).status_code == 404
    assert User.objects.filter(mail_told=Told.NEVER).count() == 0


# --- The profile ----------------------------------------------------------------------------------


def test_it_is_chosen_in_the_profile_and_what_waits_follows(client_of, lea, toms, answer, at):
    client = client_of(lea)
    at(MORNING - timedelta(hours=1))
    choose(client, "daily")
    lea.refresh_from_db()
    assert (lea.mail_told, lea.digest_at) == (Told.DAILY, MORNING)
    said(toms, answer)
    assert sent() == []
    choose(client, "once")
    assert len(sent()) == 1
    assert User.objects.get(pk=lea.pk).digest_at is None


def test_saving_the_profile_again_brings_no_second_mail_and_moving_moves_the_morning(
    client_of, lea, at
):
    client = client_of(lea)
    daily(lea, MORNING + timedelta(days=1))
    at(MORNING + timedelta(hours=1))
    choose(client, "daily")
    client.post(PROFILE, {"name": "Lea", "language": ""})  # a form that does not ask
    lea.refresh_from_db()
    assert (lea.mail_told, lea.digest_at) == (Told.DAILY, MORNING + timedelta(days=1))
    choose(client, "daily", time_zone="America/Bogota")  # without summer time
    lea.refresh_from_db()
    assert lea.digest_at == MORNING + timedelta(hours=5)
