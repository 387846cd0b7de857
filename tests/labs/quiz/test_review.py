"""The review: what is due today, one card after the other, and what is said when none is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from fsrs import Card, Rating, Scheduler

from labs.quiz import schedule
from labs.quiz.answering import pose, record
from labs.quiz.days import begin_of, today_of
from labs.quiz.models import LearnerSchedule, QuizAnswer, QuizCard, QuizQuestion
from labs.quiz.reviewing import SESSION, Queue, queue_of
from labs.quiz.sheets import sheet_of
from lessons.models import Course, Lesson
from portal.accounts.backend import Backend
from portal.accounts.models import User
from portal.cohorts.models import Membership
from tests.labs.quiz.asking import SAMPLES, address, ask, said
from tests.labs.quiz.reviews import REVIEW, WRONG, page, reply, wait, words
from tests.rows import make_user

ORDER = ("two-allows-one-deny", "name-of-the-region", "hosts-of-a-subnet")


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return course.lessons.get(slug="policies")


@pytest.fixture
def rows(lesson: Lesson) -> list[QuizQuestion]:
    return ask(lesson, *ORDER)


@pytest.fixture
def client(client_of, lea, rows) -> Client:
    return client_of(lea)


def many(lesson: Lesson, number: int) -> list[QuizQuestion]:
    """The same question under many names."""
    (one,) = ask(lesson, "name-of-the-region")
    rows = [one]
    for count in range(1, number):
        row = QuizQuestion.objects.get(pk=one.pk)
        row.pk, row.slug = None, f"{one.slug}-{count}"
        row.save()
        rows.append(row)
    return rows


# --- One card after the other ---------------------------------------------------------------------


def test_the_longest_overdue_comes_first(client, lea, rows):
    wait(lea, rows[0])
    wait(lea, rows[1], at=timezone.now() - timedelta(days=3))
    html = page(client)
    assert "Card 1 of 2 today" in html
    assert f'action="{address(rows[1])}answer/"' in html
    html = reply(client, rows[1], html, typed="eu-west-2")
    assert said(html) == "Right"
    assert "Card 1 of 2 today" in html
    assert f'hx-get="{REVIEW}"' in html
    html = page(client)
    assert "Card 2 of 2 today" in html
    assert "Stop for today" in html
    assert "It comes back tomorrow" in reply(client, rows[0], html, option=WRONG)
    html = words(page(client))
    assert "That is all for today" in html
    assert "You answered 2 cards." in html
    assert re.search(r"Tomorrow</time> <span>1 card<", html)


def test_a_right_answer_goes_for_days(client, lea, rows):
    wait(lea, rows[1])
    html = reply(client, rows[1], page(client), typed="eu-west-2")
    days = (QuizCard.objects.get().due - timezone.now()).days
    assert days >= 1
    assert re.search(r"It comes back in \d+ days\.", words(html))


def test_what_can_vary_varies(client, lea, rows):
    """Another block than the last time."""
    wait(lea, rows[2])
    blocks = []
    for _time in range(4):
        html = page(client)
        blocks.append(block(html))
        reply(client, rows[2], html, typed="1")
        QuizCard.objects.update(due=timezone.now())
    assert all(one != following for one, following in pairwise(blocks))


def test_without_javascript_it_is_pages(client, lea, rows):
    wait(lea, rows[1])
    html = client.get(REVIEW).content.decode()
    assert "<h1>Review</h1>" in html
    sent = {"typed": "London", "review": "1", "number": "1", "edition": rows[1].edition}
    answer = client.post(f"{address(rows[1])}answer/", sent, follow=True)
    html = answer.content.decode()
    assert said(html) == "Not right"
    assert "<h1>Review</h1>" in html
    assert "Stop for today" in html


def test_what_left_or_is_not_seen_is_not_asked(client, lea, rows, lesson):
    for row in rows:
        wait(lea, row)
    QuizQuestion.objects.filter(pk=rows[0].pk).update(archived_at=timezone.now())
    lesson.course.edition = "without-one"
    lesson.course.save()
    assert "Card 1 of 2 today" in page(client)
    Membership.objects.filter(user=lea).delete()
    assert "Nothing is due today" in page(client)


# --- A session ------------------------------------------------------------------------------------


def test_after_ten_the_rest_can_wait(client, lea, lesson):
    QuizQuestion.objects.all().delete()
    rows = many(lesson, 12)
    for row in rows:
        wait(lea, row)
    for number in range(1, SESSION + 1):
        html = page(client)
        assert f"Card {number} of 10 today" in html
        row = next(row for row in rows if f'action="{address(row)}answer/"' in html)
        reply(client, row, html, typed="eu-west-2")
    html = words(page(client))
    assert "You answered 10 today. 2 more are due: they can wait until tomorrow." in html
    assert re.search(r"Tomorrow</time> <span>2 cards<", html)
    assert "Review</h2>" not in client.get("/day/").content.decode(), "once a day is enough"
    html = page(client, "?more")
    assert "Card 11 of 12 today" in html


def test_nothing_due_is_said_kindly(client):
    html = words(page(client))
    assert "Nothing is due today" in html
    assert "There is nothing to catch up on." in html
    assert "The next days" not in html


def test_what_comes_later_than_the_forecast_has_a_date(client, lea, rows):
    wait(lea, rows[0], at=timezone.now() + timedelta(days=20))
    assert "The next one comes on" in words(page(client))


def test_the_forecast_counts_each_of_seven_days(lea, rows):
    for row, days in zip(rows, (1, 3, 3), strict=True):
        wait(lea, row, at=timezone.now() + timedelta(days=days))
    assert [one.cards for one in queue_of(lea).forecast] == [1, 0, 2, 0, 0, 0, 0]


# --- A slip ---------------------------------------------------------------------------------------


def slip(client: Client, row: QuizQuestion, number: int = 1, **headers: str):
    return client.post(f"{address(row)}withdraw/", {"number": number}, headers=headers)


def test_a_slip_is_taken_back(client, lea, rows):
    before = wait(lea, rows[1])
    html = reply(client, rows[1], page(client), typed="eu-west-22")
    assert "That was a slip: take it back" in html
    html = slip(client, rows[1], **{"HX-Request": "true"}).content.decode()
    assert "Card 1 of 1 today" in html
    assert 'name="review"' in html
    card = QuizCard.objects.get()
    assert (card.memory, card.due, card.counted) == (before.memory, before.due, 0)
    assert QuizAnswer.objects.get().withdrawn_at, "the row stays"
    assert said(reply(client, rows[1], html, typed="eu-west-2")) == "Right"
    assert [one.number for one in QuizAnswer.objects.order_by("pk")] == [1, 2]
    assert QuizCard.objects.get().counted == 1


def test_taking_back_twice_is_once(client, lea, rows):
    wait(lea, rows[1])
    reply(client, rows[1], page(client), typed="London")
    assert slip(client, rows[1])["Location"].endswith("?review&again")
    first = QuizAnswer.objects.get().withdrawn_at
    assert slip(client, rows[1])["Location"].endswith("?review&again")
    assert QuizAnswer.objects.get().withdrawn_at == first


def test_what_stood_before_stands_again(client, lea, rows):
    """Half right in the first answer, then wrong in a review."""
    card = wait(lea, rows[1])
    earlier = {"user": lea, "question": rows[1], "number": 1, "seed": 7, "score": 0.5}
    QuizAnswer.objects.create(
        **earlier, given={"typed": "x"}, content_hash="", answered_at=timezone.now()
    )
    QuizCard.objects.filter(pk=card.pk).update(answers=1, counted=0.5)
    reply(client, rows[1], page(client), typed="London")
    slip(client, rows[1], 2)
    card = QuizCard.objects.get()
    assert (card.answers, card.counted) == (2, 0.5)


def test_what_was_taken_back_is_asked_with_other_values(client, lea, rows):
    card = wait(lea, rows[2])
    earlier = {"user": lea, "question": rows[2], "number": 1, "seed": 7, "score": 0}
    QuizAnswer.objects.create(**earlier, given={}, content_hash="", answered_at=timezone.now())
    QuizCard.objects.filter(pk=card.pk).update(answers=1)
    for number in range(2, 8):
        html = page(client)
        reply(client, rows[2], html, typed="1")
        slip(client, rows[2], number)
        assert block(page(client)) != block(html)


def block(html: str) -> str:
    return re.search(r"10\.0\.4\.0/\d+", html)[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"answered_at": timezone.now() - timedelta(minutes=11)},
        {"in_review": False},
        {"score": 1},
        {"number": 5},
    ],
)
def test_nothing_else_is_taken_back(client, lea, rows, changes):
    wait(lea, rows[1])
    reply(client, rows[1], page(client), typed="London")
    QuizAnswer.objects.update(**changes)
    after = QuizCard.objects.values().get()
    slip(client, rows[1])
    assert QuizAnswer.objects.get().withdrawn_at is None
    assert QuizCard.objects.values().get() == after


def test_an_answer_of_somebody_else_is_theirs(client, client_of, lea, mia, rows):
    wait(lea, rows[1])
    reply(client, rows[1], page(client), typed="London")
    slip(client_of(mia), rows[1])
    assert QuizAnswer.objects.get().withdrawn_at is None


# --- The schedule is the package's ----------------------------------------------------------------


def test_histories_of_learners_follow_fsrs(lea, rows, monkeypatch):
    """Answered through the portal, on the day or days later, each with parameters of their own."""
    other = make_user("Other")
    own = [round(one * 1.01, 6) for one in schedule.USUAL.parameters]
    own[0] = 0.3
    LearnerSchedule.objects.create(user=other, parameters=own, retention=0.85)
    asked = sheet_of(rows[1].course_id, rows[1].course.edition).by_key[rows[1].pk]
    for user, how in ((lea, {}), (other, {"parameters": own, "desired_retention": 0.85})):
        theirs = Scheduler(
            **{"desired_retention": 0.9, **how}, learning_steps=(), relearning_steps=(),
            maximum_interval=365, enable_fuzzing=False,
        )  # fmt: skip
        at = timezone.now()
        card = Card(card_id=0, due=at)
        for number, right in enumerate("0110111"):
            monkeypatch.setattr("django.utils.timezone.now", lambda moment=at: moment)
            rating = Rating.Good if right == "1" else Rating.Again
            card, _log = theirs.review_card(card, rating, at)
            mine = QuizCard.objects.filter(user=user, question=rows[1]).first()
            given = {"typed": "eu-west-2" if right == "1" else f"no {number}"}
            record(user, asked, pose(user, asked, mine), given)
            assert QuizCard.objects.get(user=user).due == card.due
            at = card.due + timedelta(days=number % 3)


def test_parameters_are_kept_from_the_first_time_on(client, lea, rows):
    wait(lea, rows[1])
    reply(client, rows[1], page(client), typed="London")
    kept = LearnerSchedule.objects.get(user=lea)
    assert (kept.parameters, kept.retention) == (list(schedule.USUAL.parameters), 0.9)


def test_parameters_that_the_package_no_longer_takes_do_no_harm():
    old = schedule.Own(parameters=[0.4, 0.6])
    at = timezone.now()
    assert schedule.reviewed(None, is_right=True, at=at, own=old) == schedule.reviewed(
        None, is_right=True, at=at
    )


# --- What a day is --------------------------------------------------------------------------------


def test_today_is_the_learners(lea, mia, rows, monkeypatch):
    """In Auckland it is half past midnight already, in Honolulu half past one of the day before."""
    now = datetime(2026, 11, 26, 11, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    lea.time_zone, mia.time_zone = "Pacific/Auckland", "Pacific/Honolulu"
    assert (today_of(lea) - today_of(mia)).days == 1
    for user in (lea, mia):
        wait(user, rows[0], at=now + timedelta(hours=23))
    assert len(queue_of(lea).due) == 1, "at half past eleven this evening"
    assert len(queue_of(mia).due) == 0, "at half past midnight tomorrow"


def test_a_session_begins_with_the_learners_day(lea, rows):
    lea.time_zone = "Pacific/Auckland"
    wait(lea, rows[0])
    begin = begin_of(today_of(lea), lea)
    for number, at in enumerate((begin - timedelta(minutes=1), begin + timedelta(minutes=1))):
        QuizAnswer.objects.create(
            user=lea, question=rows[1], number=number, seed=1, score=1, in_review=True,
            given={}, content_hash="", answered_at=at,
        )  # fmt: skip
    assert queue_of(lea).done == 1


# --- The day and how much it costs ----------------------------------------------------------------


def test_the_day_says_what_is_due(client, lea, rows):
    assert "Review</h2>" not in client.get("/day/").content.decode()
    for row in rows:
        wait(lea, row)
    html = words(client.get("/day/").content.decode())
    assert 'href="/quiz/review/">Begin</a> <span>3 cards, about 2 minutes</span>' in html


@pytest.mark.slow
def test_a_thousand_learners_with_two_hundred_cards(course, cohort, lesson):
    """The day's queue is one query. How long it takes is printed (`pytest -s`)."""
    rows = many(lesson, 200)
    users = User.objects.bulk_create(
        User(email=f"u{number}@example.com", name=f"U {number}") for number in range(1_000)
    )
    Membership.objects.bulk_create(
        Membership(user=user, cohort=cohort, role="learner") for user in users
    )
    at = timezone.now()
    QuizCard.objects.bulk_create(
        (
            QuizCard(user=user, question=row, due=at + timedelta(days=number % 20 - 2))
            for user in users
            for number, row in enumerate(rows)
        ),
        batch_size=5_000,
    )
    reader = Backend().get_user(users[500].pk)
    assert isinstance(queue_of(reader), Queue)  # the questions are read once in each process
    with CaptureQueriesContext(connection) as seen:
        queue = queue_of(reader)
    assert (len(seen), len(queue.due), len(queue.later)) == (1, 30, 170)
    began = perf_counter()
    for _time in range(20):
        queue_of(reader)
    print(f"the day's queue: {(perf_counter() - began) * 50:.1f} ms")


def test_a_card_costs_the_same_however_many_wait(client, lea, lesson, rows):
    wait(lea, rows[0])
    few = queries(client)
    QuizQuestion.objects.exclude(pk=rows[0].pk).delete()
    for row in many(lesson, 30):
        wait(lea, row)
    lesson.course.edition = "more"
    lesson.course.save()
    assert queries(client) == few


def queries(client: Client) -> int:
    page(client)
    with CaptureQueriesContext(connection) as seen:
        page(client)
    return len(seen)


@pytest.mark.parametrize("slug", SAMPLES)
def test_every_kind_can_come_back(client_of, lea, lesson, slug):
    (row,) = ask(lesson, slug)
    wait(lea, row)
    assert "Check my answer" in page(client_of(lea))
