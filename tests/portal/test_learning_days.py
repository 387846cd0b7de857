"""Days of learning, and how long they have gone on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from labs.quiz.models import PracticeAnswer, QuizAnswer, QuizQuestion
from lessons.models import Completion, Course
from portal.accounts.models import User
from portal.learning_days import FREE, WEEKS, LearningDays, Run, learning_days
from tests.labs.quiz.asking import ask
from tests.rows import make_lab, make_submission

TODAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda now: monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def question(course: Course) -> QuizQuestion:
    return ask(course.lessons.get(slug="policies"), "name-of-the-region")[0]


def answer(user: User, question: QuizQuestion, when: datetime, **fields) -> QuizAnswer:
    fields = {"given": {}, "score": 0, "seed": 1, "in_review": True} | fields
    number = question.answers.count()
    return QuizAnswer.objects.create(
        user=user, question=question, number=number, answered_at=when, content_hash="", **fields
    )


def run(*days_ago: int) -> Run:
    learned = frozenset(TODAY - timedelta(days=number) for number in days_ago)
    return LearningDays(TODAY, learned).run


# --- How long it has gone on ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_ago", "days"),
    [
        ((), 0),
        ((0,), 1),
        ((0, 1, 2), 3),
        ((1, 2), 2),  # today can still come
        ((0, 3), 2),  # two free days
        ((0, 4), 1),  # three
        ((0, 3, 6, 7), 4),
        ((3, 4), 2),
        ((4, 5), 0),  # it ended
        ((-1, 0, 1), 3),  # whoever flew west was in tomorrow already
    ],
)
def test_two_free_days_end_nothing_and_three_do(days_ago, days):
    assert run(*days_ago) == Run(days)


def test_of_what_ended_and_of_a_first_day_nothing_is_said():
    assert [run(*days).is_shown for days in ((), (0,), (4, 5), (0, 1))] == [False] * 3 + [True]


def test_what_began_before_we_look_is_told_without_a_number():
    whole = range(WEEKS * 7 + 1)
    assert run(*whole).is_long
    assert run(*list(whole)[: -FREE - 1]).is_long is False


# --- Which days count -----------------------------------------------------------------------------


def test_questions_practice_labs_and_lessons_count(lea, course, question, at):
    at(NOON)
    days = [NOON - timedelta(days=number) for number in range(5)]
    answer(lea, question, days[0])
    answer(lea, question, days[1], in_review=False)
    PracticeAnswer.objects.create(
        user=lea, course=course, generator="g", number=1, seed=1, level=1, given={}, score=1,
        answered_at=days[2],
    )  # fmt: skip
    make_submission(lea, make_lab(course, "lab"), created_at=days[3], claimed_at=days[3])
    Completion.objects.create(user=lea, lesson=course.lessons.first(), completed_at=days[4])
    found = learning_days(lea)
    assert found.learned == {day.date() for day in days}
    assert found.reviewed == {days[0].date()}
    assert found.run == Run(5)


def test_what_others_did_what_was_taken_back_and_what_is_long_over_does_not(lea, mia, question, at):
    at(NOON)
    answer(mia, question, NOON)
    answer(lea, question, NOON, withdrawn_at=NOON)
    answer(lea, question, NOON - timedelta(weeks=WEEKS, days=1))
    assert learning_days(lea) == LearningDays(TODAY)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("", {date(2026, 11, 25)}),
        ("Pacific/Auckland", {date(2026, 11, 25), date(2026, 11, 26)}),
        ("Asia/Kathmandu", {date(2026, 11, 25), date(2026, 11, 26)}),  # a quarter past six
        ("Pacific/Honolulu", {date(2026, 11, 24), date(2026, 11, 25)}),
    ],
)
def test_a_day_is_the_learners_also_in_the_middle_of_ours(zone, days, lea, question, at):
    """All answers are of one day of UTC, and the ones in the middle change nothing."""
    at(NOON)
    lea.time_zone = zone
    for hour, minute in ((0, 1), (9, 0), (14, 0), (18, 16), (23, 59)):
        answer(lea, question, datetime(2026, 11, 25, hour, minute, tzinfo=UTC))
    assert learning_days(lea).learned == days


def test_it_takes_one_query_and_none_for_whoever_learns_nothing(
    lea, question, django_assert_num_queries
):
    """Beside that for the courses, which the user of a request brings along."""
    for number in range(30):
        answer(lea, question, timezone.now() - timedelta(hours=7 * number))
    with django_assert_num_queries(1 + 1):
        assert learning_days(lea).run.days > 5
    stranger = User.objects.create_user("new@example.com", name="New")
    with django_assert_num_queries(0 + 1):
        learning_days(stranger)
