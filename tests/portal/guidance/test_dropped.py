"""Who reviewed what came back to them, and does no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from labs.quiz.models import QuizAnswer, QuizCard, QuizQuestion
from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from tests.labs.quiz.asking import ask
from tests.portal.guidance.test_attention import PAGE, days_ago, here, told


@pytest.fixture
def row(course: Course) -> QuizQuestion:
    return ask(course.lessons.get(slug="policies"), "name-of-the-region")[0]


def review(user: User, row: QuizQuestion, *ago: float, **fields: Any) -> None:
    for number, days in enumerate(ago):
        QuizAnswer.objects.create(
            **{"user": user, "question": row, "number": number, "seed": 1, "score": 1}
            | {"in_review": True, "given": {}, "content_hash": "", "answered_at": days_ago(days)}
            | fields
        )


def lies(user: User, row: QuizQuestion, days: float) -> None:
    QuizCard.objects.create(user=user, question=row, due=days_ago(days))


def test_whoever_reviewed_on_three_days_and_lets_cards_lie_is_named(
    cohort: Cohort, lea: User, row: QuizQuestion
):
    review(here(lea), row, 30, 29, 28)
    lies(lea, row, 8.5)
    assert told(cohort) == {"Lea Learner": ["reviewed, and let what is due lie for 8 days"]}


@pytest.mark.parametrize(
    ("ago", "lying"),
    [
        ((30, 29, 28), 6),  # not for long
        ((30, 29), 20),  # it was no habit
        ((28, 28, 28), 20),  # nor was one day
        ((30, 29, 28, 2), 20),  # there is much, and it goes on
    ],
)
def test_nobody_else_is(cohort: Cohort, lea: User, row: QuizQuestion, ago, lying):
    review(here(lea), row, *ago)
    lies(lea, row, lying)
    assert told(cohort) == {}


def test_answers_in_lessons_and_slips_are_no_reviews(cohort: Cohort, lea: User, row: QuizQuestion):
    review(here(lea), row, 30, 29, 28, 27)
    QuizAnswer.objects.filter(number=0).update(in_review=False)
    QuizAnswer.objects.filter(number=1).update(withdrawn_at=timezone.now())
    lies(lea, row, 9)
    assert told(cohort) == {}


def test_what_is_no_longer_asked_hurries_nobody(cohort: Cohort, lea: User, row: QuizQuestion):
    review(here(lea), row, 30, 29, 28)
    lies(lea, row, 9)
    QuizQuestion.objects.update(archived_at=timezone.now())
    assert told(cohort) == {}


def test_the_line_can_be_moved(cohort: Cohort, client_of, tom: User, lea: User, row: QuizQuestion):
    review(here(lea), row, 30, 29, 28)
    lies(lea, row, 9)
    lines = {"stuck_after": 3, "away_days": 7, "behind_after": 1, "dropped_days": 10}
    client_of(tom).post(f"{PAGE}lines/", lines)
    cohort.refresh_from_db()
    assert told(cohort) == {}
    page = client_of(tom).get(f"{PAGE}?why=dropped").content.decode()
    assert "Review dropped (0)" in page
