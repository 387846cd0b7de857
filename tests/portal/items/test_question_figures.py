"""What a cohort's first answers say about the questions of a lesson."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labs.grading.quiz.keys import key_of
from labs.grading.quiz.posing import posed
from labs.quiz.answering import record
from labs.quiz.models import LessonCheck, QuizAnswer, QuizQuestion
from labs.quiz.sheets import sheet_of
from lessons.models import Course, Lesson
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from portal.items.flags import question_flags
from portal.items.question_figures import QuestionFigures, question_figures_of
from tests.labs.quiz.asking import ask
from tests.rows import make_user

PAGE = "/cohorts/autumn/items/lessons/aws/policies/"
RIGHT, LAST_WINS, MFA = "No.", "Yes: the policy that was attached last wins.", "Only with MFA."


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return course.lessons.get(slug="policies")


@pytest.fixture
def learners(cohort: Cohort) -> Callable[[int], list[User]]:
    def make(count: int) -> list[User]:
        people = [make_user(f"N{number} Learner", password=None) for number in range(count)]
        for one in people:
            cohort.enrol(one)
        return people

    return make


@pytest.fixture
def toms(client_of, tom) -> Client:
    return client_of(tom)


def chosen(*texts: str) -> dict[str, Any]:
    return {"chosen": [key_of(text) for text in texts]}


def answers(user: User, row: QuizQuestion, given: dict[str, Any], *, seed: int = 1) -> None:
    asked = sheet_of(row.course_id, row.course.edition).by_slug[row.slug]
    record(user, asked, posed(asked.question, seed), given)


def figures(cohort: Cohort, lesson: Lesson, at: int = 0) -> QuestionFigures:
    return question_figures_of(cohort, lesson)[at]


def told(one: QuestionFigures) -> list[tuple[str, int, int | None]]:
    return [(made.remark.reason, made.learners, made.percent) for made in one.mistakes]


def text_of(client: Client) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(PAGE).content.decode()).split())


def test_the_first_answer_counts_and_each_wrong_option_is_told(cohort, lesson, learners):
    (row,) = ask(lesson, "two-allows-one-deny")
    ann, ben, cem, dan = learners(4)
    answers(ann, row, chosen(RIGHT))
    answers(ben, row, chosen(LAST_WINS))
    answers(ben, row, chosen(RIGHT), seed=2)
    answers(cem, row, chosen(LAST_WINS))
    answers(dan, row, chosen(MFA))
    one = figures(cohort, lesson)
    assert (one.answered, one.right, one.facility) == (4, 1, 25)
    assert told(one) == [
        ("Order and date do not matter.", 2, 50),
        ("Nothing here has a condition.", 1, 25),
    ]
    assert one.discrimination is None, "four learners tell nothing"
    assert one.flags == []


def test_of_several_options_both_mistakes_are_told(toms, cohort, lesson, learners):
    (row,) = ask(lesson, "causes-of-a-time-out")
    (ann,) = learners(1)
    answers(ann, row, chosen("No inbound rule for the port.", "The web server is not started."))
    reasons = [reason for reason, *_numbers in told(figures(cohort, lesson))]
    assert reasons == [
        "The answer finds no way out.",
        "Then the host answers with a reset: refused.",
    ]
    assert "The subnet has no route to an internet gateway. left out" in text_of(toms)
    assert "The web server is not started. chosen" in text_of(toms)


def test_a_mistake_is_one_whatever_numbers_were_drawn(cohort, lesson, learners):
    (row,) = ask(lesson, "hosts-of-a-subnet")
    asked = sheet_of(row.course_id, row.course.edition).by_slug[row.slug]
    ann, ben, cem = learners(3)
    all_of = {}
    for user, seed in ((ann, 1), (ben, 2), (cem, 3)):
        all_of[seed] = posed(asked.question, seed).drawn["all"]
        answers(user, row, {"typed": all_of[seed]}, seed=seed)
    assert len({*all_of.values()}) > 1, "these seeds draw alike"
    (mistake,) = figures(cohort, lesson).mistakes
    assert (mistake.learners, mistake.percent) == (3, 100)
    assert mistake.remark.given == all_of[1]
    assert f"The block has {all_of[1]} addresses; AWS keeps five." in mistake.remark.reason


def test_of_an_earlier_wording_the_score_alone_counts(toms, cohort, lesson, learners):
    (row,) = ask(lesson, "two-allows-one-deny")
    ann, ben = learners(2)
    answers(ann, row, chosen(MFA))
    answers(ben, row, chosen(MFA))
    QuizAnswer.objects.filter(user=ann).update(content_hash="before")
    one = figures(cohort, lesson)
    assert (one.answered, one.earlier) == (2, 1)
    assert told(one) == [("Nothing here has a condition.", 1, 100)]
    assert "One answer is to an earlier wording" in text_of(toms)


def test_nobody_elses_answers_are_told(cohort, lesson, learners, eve):
    (row,) = ask(lesson, "two-allows-one-deny")
    (ann,) = learners(1)
    answers(ann, row, chosen(RIGHT))
    answers(eve, row, chosen(MFA))
    assert figures(cohort, lesson).answered == 1
    QuizAnswer.objects.update(withdrawn_at=timezone.now())
    assert figures(cohort, lesson).answered == 0, "it was taken back"


def test_a_question_tells_apart_who_knows_the_others(cohort, lesson, learners):
    easy, hard = ask(lesson, "two-allows-one-deny", "name-of-the-region")
    *people, last = learners(10)
    for number, one in enumerate(people):
        answers(one, easy, chosen(RIGHT if number < 5 else MFA))
        answers(one, hard, {"typed": "eu-west-2" if number < 5 else "eu"})
    assert figures(cohort, lesson).discrimination is None, "nine are too few"
    answers(last, easy, chosen(MFA))
    answers(last, hard, {"typed": "eu"})
    assert figures(cohort, lesson).discrimination == pytest.approx(1)


def test_flags_say_what_to_look_at(lesson):
    (row,) = ask(lesson, "two-allows-one-deny")
    asked = sheet_of(row.course_id, row.course.edition).by_slug[row.slug]

    def labels(answered: int, right: int, apart: float | None = None) -> list[str]:
        one = QuestionFigures(asked, answered, right, apart)
        return [flag.label for flag in one.flags]

    assert labels(20, 20) == ["Everybody knows it"]
    assert labels(20, 5, -0.9) == ["Hardly anybody knows it", "Good learners fail"]
    assert labels(20, 12, -0.3) == [], "that may be chance"
    assert labels(9, 0) == [], "nine are too few"
    assert question_flags(QuestionFigures(asked, 9, 0)), "which is for the page to say"


def test_the_page_of_a_lesson_lists_its_questions(toms, lesson, learners):
    assert "Its questions" not in text_of(toms)
    ask(lesson, "two-allows-one-deny", "name-of-the-region")
    lesson.course.edition = "asked"
    lesson.course.save()
    row = QuizQuestion.objects.get(slug="two-allows-one-deny")
    for one in learners(2):
        answers(one, row, chosen(MFA))
    page = text_of(toms)
    assert "Answered by 2 Right at first 0 %" in page
    assert "Only with MFA. 2 · 100 % Nothing here has a condition." in page
    assert "Nobody answered it yet." in page


def test_the_list_of_lessons_says_how_many_checked_each(toms, lesson, learners):
    (one,) = learners(1)
    LessonCheck.objects.create(user=one, lesson=lesson, checked_at=timezone.now())
    html = toms.get("/cohorts/autumn/items/").content.decode()
    assert "Policies 0 · 0 % 1 · 100 % –" in " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_page_costs_the_same_with_many_answers(toms, lesson, learners):
    def queries() -> int:
        toms.get(PAGE)
        with CaptureQueriesContext(connection) as found:
            toms.get(PAGE)
        return len(found)

    rows = ask(lesson, "two-allows-one-deny", "name-of-the-region", "causes-of-a-time-out")
    few = queries()
    for one in learners(12):
        answers(one, rows[0], chosen(MFA))
        answers(one, rows[1], {"typed": "eu"})
    assert queries() == few
