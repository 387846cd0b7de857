"""What an answer changes: what counts, what comes back, and when a lesson is checked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from fsrs import Card, Rating, Scheduler

from labs.grading.quiz.posing import chance_of
from labs.quiz import schedule
from labs.quiz.checking_again import check_again
from labs.quiz.models import LessonCheck, QuizAnswer, QuizCard, QuizQuestion
from labs.quiz.standing import quiz_of
from lessons.models import Course, Lesson
from portal.accounts.models import User
from tests.labs.quiz.asking import address, ask, fields_in, read, reply, said

WRONG = "Yes: the policy that was attached last wins."


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return course.lessons.get(slug="policies")


@pytest.fixture
def client(client_of, lea) -> Client:
    return client_of(lea)


def card_of(user: User, row: QuizQuestion) -> QuizCard:
    return QuizCard.objects.get(user=user, question=row)


def a_day_passes() -> None:
    """What was answered now was answered yesterday."""
    memory = schedule.reviewed(None, is_right=False, at=timezone.now() - timedelta(days=1))
    QuizCard.objects.update(memory=memory, due=schedule.due_of(memory))


def test_a_right_answer_counts_and_does_not_come_back(client, lea, lesson):
    (row,) = ask(lesson, "two-allows-one-deny")
    assert said(reply(client, row, option="No.")) == "Right"
    card = card_of(lea, row)
    assert (card.counted, card.due) == (1, None)


def test_a_wrong_answer_comes_back_tomorrow(client, lea, lesson):
    (row,) = ask(lesson, "two-allows-one-deny")
    html = reply(client, row, option=WRONG)
    assert said(html) == "Not right"
    assert "Order and date do not matter." in html
    assert "It comes back tomorrow" in html
    card = card_of(lea, row)
    assert card.counted == 0
    assert timedelta(hours=23) < card.due - timezone.now() <= timedelta(days=1)


def test_what_is_tried_again_right_away_is_practice(client, lea, lesson):
    (row,) = ask(lesson, "two-allows-one-deny")
    reply(client, row, option=WRONG)
    due = card_of(lea, row).due
    html = reply(client, row, option="No.")
    assert said(html) == "Right"
    assert "This was practice" in html
    assert (card_of(lea, row).counted, card_of(lea, row).due) == (0, due)
    assert QuizAnswer.objects.filter(user=lea).count() == 2, "it is kept all the same"


def test_a_review_before_its_day_is_practice(client, lea, lesson):
    (row,) = ask(lesson, "two-allows-one-deny")
    reply(client, row, option=WRONG)
    reply(client, row, option="No.", review="1")
    assert card_of(lea, row).counted == 0


def test_a_review_on_its_day_counts(client, lea, lesson):
    (row,) = ask(lesson, "two-allows-one-deny")
    reply(client, row, option=WRONG)
    a_day_passes()
    reply(client, row, option="No.", review="1")
    card = card_of(lea, row)
    assert card.counted == 1
    assert card.due > timezone.now() + timedelta(days=1)


def test_a_card_that_is_due_is_reviewed_wherever_it_is_answered(client, lea, lesson):
    (row,) = ask(lesson, "two-allows-one-deny")
    reply(client, row, option=WRONG)
    a_day_passes()
    assert said(read(client, row)) == "", "the reasons are not shown before it is answered"
    reply(client, row, option=WRONG)
    assert QuizAnswer.objects.get(number=2).in_review
    reply(client, row, option="No.", review="1")
    assert card_of(lea, row).counted == 0, "they were read"


def test_what_was_asked_with_these_values_before_is_practice(client, lea, lesson):
    """A form of yesterday, sent on the day on which it comes back."""
    (row,) = ask(lesson, "hosts-of-a-subnet")
    old = fields_in(read(client, row))
    client.post(f"{address(row)}answer/", old | {"typed": "1"})
    answer = QuizAnswer.objects.get()
    prefix = row.question.values.drawn(chance_of(answer.seed))["prefix"]
    a_day_passes()
    client.post(f"{address(row)}answer/", old | {"typed": str(2 ** (32 - int(prefix)) - 5)})
    last = QuizAnswer.objects.get(number=2)
    assert (last.score, last.in_review) == (1, False)
    assert card_of(lea, row).counted == 0
    assert card_of(lea, row).due <= timezone.now(), "it still waits"


def test_after_the_only_answer_was_taken_back_a_new_one_is_the_review(client, lea, lesson):
    """A lab asked for it, so there was no answer before."""
    (row,) = ask(lesson, "two-allows-one-deny")
    QuizCard.objects.create(user=lea, question=row, due=timezone.now())
    reply(client, row, option=WRONG)
    client.post(f"{address(row)}withdraw/", {"number": 1})
    assert card_of(lea, row).counted == 0
    reply(client, row, option="No.")
    assert QuizAnswer.objects.get(number=2).in_review
    assert card_of(lea, row).counted == 1


def test_what_did_not_count_leaves_a_card_of_a_lab_where_it_is(client, lea, lesson):
    """Answered with values whose reasons were read."""
    (row,) = ask(lesson, "hosts-of-a-subnet")
    old = fields_in(read(client, row))
    prefix = re.search(r"10\.0\.\d+\.\d+/(\d+)", read(client, row))[1]
    right = {"typed": str(2 ** (32 - int(prefix)) - 5)}
    client.post(f"{address(row)}answer/", old | {"typed": "1"})
    QuizCard.objects.update(memory=None, due=timezone.now())
    client.post(f"{address(row)}answer/", old | right)
    assert QuizAnswer.objects.get(number=2).is_right
    assert card_of(lea, row).due, "the lab's card still waits"


def test_a_question_that_leaves_makes_those_checked_who_know_the_rest(client, lea, lesson):
    rows = ask(lesson, "two-allows-one-deny", "name-of-the-region")
    reply(client, rows[0], option="No.")
    rows[1].archived_at = timezone.now()
    rows[1].save()
    check_again([lesson.pk])
    check_again([lesson.pk])
    assert LessonCheck.objects.get().user == lea


def test_a_question_that_leaves_checks_nobody_who_knows_too_little(client, lea, lesson):
    rows = ask(lesson, "two-allows-one-deny", "name-of-the-region")
    reply(client, rows[0], option=WRONG)
    rows[1].archived_at = timezone.now()
    rows[1].save()
    check_again([lesson.pk])
    assert not LessonCheck.objects.exists()


def test_a_form_that_was_sent_twice_is_one_answer(client, lea, lesson):
    (row,) = ask(lesson, "name-of-the-region")
    sent = fields_in(read(client, row)) | {"typed": "London"}
    first = client.post(f"{address(row)}answer/", sent, follow=True).content.decode()
    second = client.post(f"{address(row)}answer/", sent, follow=True).content.decode()
    assert said(first) == said(second) == "Not right"
    assert QuizAnswer.objects.count() == 1


def test_another_answer_in_another_tab_is_kept_too(client, lea, lesson):
    (row,) = ask(lesson, "hosts-of-a-subnet")
    sent = fields_in(read(client, row))
    for typed in ("1", "2"):
        client.post(f"{address(row)}answer/", sent | {"typed": typed})
    answers = QuizAnswer.objects.order_by("number")
    assert [one.given for one in answers] == [{"typed": "1"}, {"typed": "2"}]
    assert len({one.seed for one in answers}) == 1, "both tabs asked the same"
    assert card_of(lea, row).answers == 2


def test_a_lesson_is_checked_with_four_of_five(client, lea, lesson):
    rows = ask(
        lesson,
        "two-allows-one-deny",
        "name-of-the-region",
        "seconds-until-unhealthy",
        "line-of-the-principal",
        "causes-of-a-time-out",
    )
    reply(client, rows[0], option="No.")
    reply(client, rows[1], typed="eu-west-2")
    reply(client, rows[2], typed="65")
    reply(client, rows[3], chosen="4")
    assert not LessonCheck.objects.exists(), "one is still open"
    reply(client, rows[4], option="The web server is not started.")
    assert LessonCheck.objects.get().lesson == lesson
    assert quiz_of(lesson, lea).percent == 80


def test_seventy_nine_percent_is_not_eighty(client, lea, lesson):
    rows = ask(lesson, "two-allows-one-deny", "name-of-the-region", "whose-role-is-it")
    reply(client, rows[0], option="No.")
    reply(client, rows[1], typed="eu-west-2")
    html = read(client, rows[2])
    reply(client, rows[2], **first_boxes(html))
    quiz = quiz_of(lesson, lea)
    assert 66 <= quiz.percent < 80
    assert not quiz.is_checked


def first_boxes(html: str) -> dict[str, str]:
    """Each item into "instance profile", which is right for one of three."""
    names = re.findall(r'name="(box-\w+)"', html)
    key = re.search(r'<option value="(\w+)" lang="en"\s*>instance profile', html)[1]
    return dict.fromkeys(names, key)


def test_who_has_checked_a_lesson_keeps_that_when_a_question_is_added(client, lea, lesson):
    (row,) = ask(lesson, "two-allows-one-deny")
    reply(client, row, option="No.")
    assert quiz_of(lesson, lea).is_checked
    ask(course_lesson := lesson, "name-of-the-region")
    course_lesson.course.edition = "another"
    course_lesson.course.save()
    quiz = quiz_of(Lesson.objects.select_related("course").get(pk=lesson.pk), lea)
    assert (quiz.total, quiz.is_checked) == (2, True)


def test_the_answers_of_others_are_theirs(client, client_of, mia, lesson, lea):
    (row,) = ask(lesson, "two-allows-one-deny")
    reply(client, row, option="No.")
    assert quiz_of(lesson, mia).answered == 0
    assert said(read(client_of(mia), row)) == ""


# --- The schedule is the package's ---------------------------------------------------------------


@pytest.mark.parametrize("history", ["0", "01", "0111", "011011", "00", "0101010111111"])
def test_a_card_is_due_when_fsrs_says(history):
    """Answered on the day that it was due, or three days late, right or wrong."""
    theirs = Scheduler(
        desired_retention=0.9, learning_steps=(), relearning_steps=(), maximum_interval=365,
        enable_fuzzing=False,
    )  # fmt: skip
    at = timezone.now()
    card, memory = Card(card_id=0, due=at), None
    for number, right in enumerate(history):
        card, _log = theirs.review_card(card, Rating.Good if right == "1" else Rating.Again, at)
        memory = schedule.reviewed(memory, is_right=right == "1", at=at)
        assert schedule.due_of(memory) == card.due
        at = card.due + timedelta(days=3 * (number % 2))


def test_a_day_is_the_shortest_time():
    at = timezone.now()
    memory = None
    for _time in range(5):
        memory = schedule.reviewed(memory, is_right=False, at=at)
        assert schedule.due_of(memory) - at == timedelta(days=1)
        at = schedule.due_of(memory)
