"""A form that was sent from two tabs, or by a double click, is written once: also where both arrive
at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from labs.models import Lab, Submission
from lessons.models import Course
from portal.accounts.models import User
from portal.announcements.models import Announcement
from portal.audit.models import Entry
from portal.cohorts.models import Cohort
from portal.guidance.models import Note
from portal.letters.models import Letter
from portal.reviews.models import Comment, Question
from tests.portal.guidance.test_radar import QUERY, RADAR, wrong
from tests.rows import make_lab

ClientOf = Callable[[User], Client]
POSTGRESQL = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL"
    ),
    pytest.mark.parametrize("number", range(3)),
]


def at_once(client: Client, address: str, text: str, *, times: int = 4) -> set[str]:
    """Where each of them is led to."""
    start, led_to = Barrier(times), []
    tabs = [Client() for _number in range(times)]

    def send(tab: Client) -> None:
        tab.cookies = client.cookies
        start.wait()
        led_to.append(tab.post(address, {"text": text})["Location"])
        connection.close()

    threads = [Thread(target=send, args=[tab]) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return set(led_to)


def marked(test: Callable[..., None]) -> Callable[..., None]:
    for mark in POSTGRESQL:
        test = mark(test)
    return test


@marked
def test_a_message_to_a_learner(
    client_of: ClientOf, tom: User, cohort: Cohort, lea: User, number: int
) -> None:
    page = f"/cohorts/autumn/learners/{lea.pk}/write/"
    led_to = at_once(client_of(tom), page, "Shall we talk?")
    assert led_to == {f"/cohorts/autumn/questions/{Question.objects.get().pk}/"}
    assert (Comment.objects.count(), Letter.objects.count()) == (1, 1)


@marked
def test_a_question_of_a_learner(
    client_of: ClientOf, cohort: Cohort, course: Course, lea: User, number: int
) -> None:
    lab = make_lab(course, "read-one-bucket")
    led_to = at_once(client_of(lea), f"/reviews/ask/lab/{lab.slug}/", "Why is it wrong?")
    assert led_to == {Question.objects.get().get_absolute_url()}
    assert Comment.objects.count() == 1


@marked
def test_a_note_to_a_group(
    client_of: ClientOf, tom: User, cohort: Cohort, course: Course, lea: User, number: int
) -> None:
    lab: Lab = make_lab(course, "deny-wins", section="policy-structure")
    wrong(lea, lab)
    assert len(at_once(client_of(tom), f"{RADAR}notes/?{QUERY}", "Deny wins.")) == 1
    note = Note.objects.get()
    assert Entry.objects.filter(about__contains=f"note {note.pk} ").count() == 1


@marked
def test_a_comment_and_what_is_said_to_a_cohort(
    client_of: ClientOf, tom: User, cohort: Cohort, lea: User, answer: Submission, number: int
) -> None:
    page = f"/cohorts/autumn/submissions/{answer.pk}/comments/"
    assert len(at_once(client_of(tom), page, "Why that?")) == 1
    assert Comment.objects.count() == 1
    at_once(client_of(tom), "/cohorts/autumn/announcements/", "Tomorrow at ten.")
    assert Announcement.objects.count() == 1


@pytest.fixture(params=["to an answer", "of its learner", "to a question", "of who asked"])
def send(
    request: pytest.FixtureRequest, client_of: ClientOf, tom: User, lea: User, answer: Submission
) -> Callable[..., str]:
    """A form, and where whoever sent it is led to."""
    client_of(tom).post(f"/cohorts/autumn/submissions/{answer.pk}/comments/", {"text": "Why?"})
    client_of(lea).post(f"/reviews/ask/attempt/{answer.pk}/", {"text": "Look again?"})
    asked = Question.objects.get().pk
    user, address = {
        "to an answer": (tom, f"/cohorts/autumn/submissions/{answer.pk}/comments/"),
        "of its learner": (lea, f"/reviews/attempts/{answer.pk}/reply/"),
        "to a question": (tom, f"/cohorts/autumn/questions/{asked}/answer/"),
        "of who asked": (lea, f"/reviews/questions/{asked}/reply/"),
    }[request.param]
    client = client_of(user)
    return lambda text="Because.": str(client.post(address, {"text": text})["Location"])


def test_what_is_said_in_a_talk_is_said_once(send: Callable[..., str]) -> None:
    assert send() == send()
    assert Comment.objects.filter(text="Because.").count() == 1
    assert send("And so on.") != send()
    assert Comment.objects.filter(text="Because.").count() == 2, "something was said meanwhile"


def test_the_same_is_said_again_a_minute_later(send: Callable[..., str]) -> None:
    send()
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    send()
    assert Comment.objects.filter(text="Because.").count() == 2


def test_a_note_that_stands_twice_from_before_is_no_obstacle(
    client_of: ClientOf, tom: User, cohort: Cohort, course: Course, lea: User
) -> None:
    wrong(lea, make_lab(course, "deny-wins"))
    tab = client_of(tom)
    tab.post(f"{RADAR}notes/?{QUERY}", {"text": "Deny wins."})
    twin = Note.objects.get()
    twin.pk = None
    twin.save()
    assert tab.post(f"{RADAR}notes/?{QUERY}", {"text": "Deny wins."}).status_code == 302
    assert Note.objects.count() == 2
