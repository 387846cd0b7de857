"""What was wrong in a lab comes back as a question about the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from labs.models import Lab, Mistake, State, Submission
from labs.quiz.from_labs import bring_back
from labs.quiz.models import QuizCard, QuizQuestion
from labs.quiz.standing import Mark, quiz_of
from labs.sync import columns_of
from labs.tasks import ask_again, check
from lessons.models import Course, Lesson
from portal.accounts.models import User
from tests.labs.quiz.asking import ask
from tests.labs.quiz.asking import reply as reply_in_lesson
from tests.labs.quiz.reviews import page, reply, wait
from tests.labs.shipped import shipped_labs
from tests.rows import make_grade, make_lab, make_submission

CODE, KIND = "iam.too-wide", "iam-policy"


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return course.lessons.get(slug="policies")


@pytest.fixture
def rows(lesson: Lesson) -> list[QuizQuestion]:
    """Two about the mistake, one that is not."""
    rows = ask(lesson, "name-of-the-region", "two-allows-one-deny", "line-of-the-principal")
    rows[0].table["mistakes"][0]["code"] = CODE
    next(one for one in rows[1].table["options"] if not one.get("right"))["code"] = CODE
    for row in rows:
        row.save()
    return rows


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "one-bucket")


def fail(user: User, lab: Lab, *codes: str) -> Submission:
    submission = make_submission(user, lab, state=State.GRADED)
    make_grade(submission, 1)
    Mistake.objects.filter(submission=submission).delete()
    Mistake.objects.bulk_create(
        Mistake(submission=submission, user=user, lab=lab, code=code, made_at=timezone.now())
        for code in codes
    )
    return Submission.objects.select_related("lab", "grade").get(pk=submission.pk)


def waiting() -> dict[str, timedelta]:
    cards = QuizCard.objects.filter(due__isnull=False).select_related("question")
    return {card.question.slug: card.due - timezone.now() for card in cards}


def test_one_question_about_the_mistake_comes_tomorrow(lea, lab, rows):
    bring_back(fail(lea, lab, CODE, "iam.too-narrow"))
    assert list(waiting()) == [rows[0].slug]
    assert timedelta(hours=23) < waiting()[rows[0].slug] <= timedelta(days=1)
    assert quiz_of(rows[0].lesson, lea).steps[0].mark is Mark.OPEN, "it was not answered yet"


def test_failing_again_brings_no_more(lea, lab, rows):
    for _time in range(3):
        bring_back(fail(lea, lab, CODE))
    assert len(waiting()) == 1


def test_the_one_that_is_known_least_comes(client_of, lea, lab, rows):
    reply_in_lesson(client_of(lea), rows[0], typed="eu-west-2")
    bring_back(fail(lea, lab, CODE))
    assert list(waiting()) == [rows[1].slug]


def test_also_one_that_was_known(client_of, lea, lab, rows):
    QuizQuestion.objects.filter(pk=rows[1].pk).delete()
    reply_in_lesson(client_of(lea), rows[0], typed="eu-west-2")
    bring_back(fail(lea, lab, CODE))
    assert list(waiting()) == [rows[0].slug]


def test_what_comes_back_already_is_left_alone(lea, lab, rows):
    due = wait(lea, rows[1], at=timezone.now() + timedelta(days=9)).due
    bring_back(fail(lea, lab, CODE))
    assert QuizCard.objects.get().due == due


def test_whoever_knows_it_meanwhile_is_not_asked(client_of, lea, lab, rows):
    bring_back(fail(lea, lab, CODE))
    reply_in_lesson(client_of(lea), rows[0], typed="eu-west-2")
    assert waiting() == {}


def test_it_is_a_card_of_the_review(client_of, lea, lab, rows):
    bring_back(fail(lea, lab, CODE))
    QuizCard.objects.update(due=timezone.now())
    client: Client = client_of(lea)
    html = page(client)
    assert "Card 1 of 1 today" in html
    reply(client, rows[0], html, typed="eu-west-2")
    assert QuizCard.objects.get().due > timezone.now() + timedelta(days=1)


def test_what_was_passed_brings_nothing(lea, lab, rows, django_assert_num_queries):
    submission = make_submission(lea, lab, state=State.GRADED)
    make_grade(submission, 4)
    with django_assert_num_queries(0):
        bring_back(submission)


def test_a_failed_answer_takes_four_queries(lea, lab, rows, django_assert_num_queries):
    bring_back(fail(lea, lab, CODE))
    QuizCard.objects.all().delete()
    submission = fail(lea, lab, CODE, "iam.too-narrow", "iam.missing")
    with django_assert_num_queries(4):
        bring_back(submission)


def test_an_old_answer_that_is_checked_again_brings_nothing(lea, lab, rows):
    old = fail(lea, lab, CODE)
    fail(lea, lab, "iam.too-narrow")
    bring_back(old)
    assert waiting() == {}


def test_nor_does_practice_in_a_lab_that_was_passed(lea, lab, rows):
    make_grade(make_submission(lea, lab, state=State.GRADED), 4)
    bring_back(fail(lea, lab, CODE))
    assert waiting() == {}


def test_a_real_lab_brings_a_question_about_its_own_mistake(lea, course, rows):
    """As a worker checks it, with all that people get wrong there."""
    source = next(one for one in shipped_labs() if one.kind == KIND)
    lab = make_lab(course, source.slug, kind=KIND)
    lab.variants.update(**columns_of(source.variants[0]))
    for text in source.variants[0].wrong.values():
        check(make_submission(lea, lab, text).pk)
    codes = {one.code for one in Mistake.objects.filter(user=lea)}
    assert CODE in codes
    assert len(waiting()) == 1


def test_the_verdict_stands_when_it_goes_wrong(lea, lab, rows, monkeypatch):
    def fails(_submission: Submission) -> None:
        raise DatabaseError

    monkeypatch.setattr("labs.tasks.bring_back", fails)
    ask_again(fail(lea, lab, CODE))
    assert waiting() == {}
