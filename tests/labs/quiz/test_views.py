"""Questions on pages: in the lesson, one at a time, without JavaScript, and what goes wrong."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labs.quiz import limits
from labs.quiz.models import QuizAnswer, QuizQuestion
from lessons.models import Course, Lesson
from tests.labs.quiz.asking import HTMX, SAMPLES, address, ask, fields_in, read, reply, said

LESSON = "/learn/aws/policies/"
ORDER = ("two-allows-one-deny", "name-of-the-region", "line-of-the-principal")


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return course.lessons.get(slug="policies")


@pytest.fixture
def rows(lesson: Lesson) -> list[QuizQuestion]:
    return ask(lesson, *ORDER)


@pytest.fixture
def client(client_of, lea, rows) -> Client:
    client = client_of(lea)
    client.get(LESSON)  # what is loaded once is loaded
    return client


def test_a_lesson_offers_its_questions(client):
    html = client.get(LESSON).content.decode()
    assert "3 questions about this lesson" in html
    assert 'hx-get="/quiz/aws/policies/"' in html
    state = client.get("/quiz/aws/policies/", headers=HTMX).content.decode()
    assert "/quiz/aws/policies/two-allows-one-deny/" in state
    assert "autofocus" not in state, "it came into sight: nobody asked for it"


def test_a_lesson_without_questions_says_nothing_of_them(client):
    assert 'id="quiz"' not in client.get("/learn/aws/buckets/").content.decode()


def test_one_after_the_other_to_the_end(client, rows):
    html = reply(client, rows[0], option="No.")
    assert f'href="{address(rows[1])}"' in html
    html = reply(client, rows[1], typed="eu-west-2")
    assert f'href="{address(rows[2])}"' in html
    html = reply(client, rows[2], chosen="4")
    assert "How I stand" in html
    html = client.get("/quiz/aws/policies/", headers=HTMX).content.decode()
    assert "3 of 3 right, 100 %." in html
    assert "Checked" in html


def test_the_next_one_is_the_first_that_is_open(client, rows):
    html = reply(client, rows[2], chosen="4")
    assert f'class="button primary" href="{address(rows[0])}"' in html


@pytest.mark.parametrize(
    ("chosen", "marks"),
    [("4", {4: ["Yours: right"]}), ("3", {3: ["Yours: not right"], 4: ["This one"]})],
)
def test_the_document_stays_beside_the_verdict_with_its_lines_marked(client, rows, chosen, marks):
    html = reply(client, rows[2], chosen=chosen)
    _, _, document = html.partition('<ol class="quiz-lines"')
    lines = document.partition("</ol>")[0].split("<li")[1:]
    assert len(lines) == len(SAMPLES[rows[2].slug].table["document"].strip().split("\n"))
    badges = {
        number: re.findall(r"data-tone=.*>(.+)</span>", line)
        for number, line in enumerate(lines, 1)
    }
    assert {number: told for number, told in badges.items() if told} == marks


def test_what_is_no_document_is_not_shown_as_one(client, rows):
    assert "quiz-lines" not in reply(client, rows[0], option="No.")


def test_without_javascript_the_verdict_has_an_address(client, rows):
    html = reply(client, rows[0], htmx=False, option="No.")
    assert "<h1>Check yourself</h1>" in html
    assert said(html) == "Right"
    assert said(read(client, rows[0])) == "Right", "it is still there later"


@pytest.mark.parametrize("slug", SAMPLES)
def test_every_kind_has_a_form_and_a_way_to_be_asked_again(client_of, lea, lesson, slug):
    (row,) = ask(lesson, slug)
    html = read(client_of(lea), row)
    assert "Check my answer" in html
    assert "&lt;&lt;" not in html, "everything is put in"
    assert "<script" not in html.split('id="quiz"')[1].split("</section>")[0]


def test_nothing_chosen_is_no_answer(client, rows):
    answer = client.post(
        f"{address(rows[0])}answer/", fields_in(read(client, rows[0])), headers=HTMX
    )
    assert "Choose an answer first." in answer.content.decode()
    assert not QuizAnswer.objects.exists()


def test_what_cannot_be_read_still_stands_there(client, lesson):
    (row,) = ask(lesson, "seconds-until-unhealthy")
    lesson.course.edition = "more"
    lesson.course.save()
    html = reply(client, row, typed="<b>many</b>")
    assert "Type a number" in html
    assert 'value="&lt;b&gt;many&lt;/b&gt;"' in html


def test_a_question_that_was_changed_meanwhile_is_shown_anew(client, rows):
    sent = fields_in(read(client, rows[1])) | {"typed": "eu-west-2", "edition": "of-yesterday"}
    html = client.post(f"{address(rows[1])}answer/", sent, headers=HTMX).content.decode()
    assert "This question was changed" in html
    assert not QuizAnswer.objects.exists()


def test_an_answer_of_an_earlier_question_is_not_judged_by_the_new_one(client, rows, lesson):
    reply(client, rows[1], typed="London")
    QuizQuestion.objects.filter(pk=rows[1].pk).update(content_hash="changed")
    lesson.course.edition = "changed"
    lesson.course.save()
    assert said(read(client, rows[1])) == ""


def test_one_that_left_is_not_there(client, rows, lesson):
    QuizQuestion.objects.filter(pk=rows[0].pk).update(archived_at=timezone.now())
    lesson.course.edition = "changed"
    lesson.course.save()
    assert client.get(address(rows[0])).status_code == 404


def test_of_another_lesson_it_is_not_there(client, rows):
    assert client.get("/quiz/aws/buckets/two-allows-one-deny/").status_code == 404


def test_answers_have_a_limit(client, rows, monkeypatch):
    monkeypatch.setattr("labs.quiz.views.ANSWERS_PER_MINUTE", 2)
    for typed in ("a", "b"):
        reply(client, rows[1], typed=typed)
    html = reply(client, rows[1], typed="my long thought")
    assert "A little slower" in html
    assert "my long thought" in html
    assert QuizAnswer.objects.count() == 2
    assert limits.ANSWERS_PER_MINUTE >= 20
    cache.clear()


@pytest.mark.parametrize(
    "fields",
    [
        {"chosen": "x" * 100_000}, {"chosen": "\0"}, {"number": "99999999999999999999"},
        {"number": "-1"}, {"number": "²"}, {"edition": "\ud800"}, {"review": "x", "chosen": "1"},
    ],
)  # fmt: skip
def test_strange_forms_are_no_answers_and_no_faults(client, rows, fields):
    sent = fields_in(read(client, rows[0])) | fields
    data = "&".join(f"{name}={value}" for name, value in sent.items())
    answer = client.post(
        f"{address(rows[0])}answer/",
        data.encode("utf-8", "surrogatepass"),
        content_type="application/x-www-form-urlencoded",
        headers=HTMX,
    )
    assert answer.status_code == 200
    assert not QuizAnswer.objects.exists()


def test_what_was_typed_is_escaped_in_the_verdict(client, rows):
    html = reply(client, rows[1], typed="<img src=x onerror=alert(1)>")
    assert "<img" not in html
    assert "&lt;img src=x" in html


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_questions_cost_a_lesson_nothing_where_a_press_completes_it(client, rows, lesson):
    with_questions = queries(client, LESSON)
    QuizQuestion.objects.all().delete()
    lesson.course.edition = "without"
    lesson.course.save()
    assert queries(client, LESSON) == with_questions <= 6


def test_a_question_costs_the_same_however_many_there_are(client, rows, lesson):
    few = queries(client, address(rows[0]))
    ask(lesson, "causes-of-a-time-out", "whose-role-is-it", "life-of-a-call", "hosts-of-a-subnet")
    lesson.course.edition = "more"
    lesson.course.save()
    assert queries(client, address(rows[0])) == few


def test_the_order_of_the_options_stays_until_it_is_answered(client, rows):
    orders = {
        tuple(re.findall(r'name="chosen" value="(\w+)"', read(client, rows[0]))) for _ in "123"
    }
    assert len(orders) == 1
