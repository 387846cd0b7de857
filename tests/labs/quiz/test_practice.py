"""Practice: one task after the other, harder after success, and each answer kept once."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labs.findings import group
from labs.grading.quiz.generators import EVERY
from labs.grading.report import Finding, Report
from labs.quiz.models import PracticeAnswer
from labs.quiz.practice import Task, find_topic, next_task
from lessons.editions import find_edition
from lessons.models import Lesson
from tests.labs.quiz.asking import HTMX, ask, fields_in, said, teach
from tests.rows import make_lab, make_submission

TOPICS = "/quiz/practice/aws/"
TASK = f"{TOPICS}which-statement-decides/"


@pytest.fixture
def lesson(course) -> Lesson:
    lesson = course.lessons.get(slug="policies")
    for one in EVERY:
        if not lesson.sections.filter(slug=one.SECTION).exists():
            teach(lesson, one.SECTION)
    return lesson


@pytest.fixture
def client(client_of, lea, lesson) -> Client:
    return client_of(lea)


def read(client: Client, address: str = TASK) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def answered(client: Client, *, right: bool, htmx: bool = True, address: str = TASK) -> str:
    """The next task of this topic, answered."""
    body = asked_of(client, address).posed.body
    given = body.right() if right else body.wrong()[0]
    sent = fields_in(read(client, address)) | given
    response = client.post(f"{address}answer/", sent, headers=HTMX if htmx else {}, follow=not htmx)
    assert response.status_code == 200
    return str(response.content.decode())


def asked_of(client: Client, address: str) -> Task:
    user = get_user_model().objects.get(pk=client.session["_auth_user_id"])
    return next_task(user, find_topic(find_edition(user, "aws"), address.split("/")[-2]))


def levels() -> list[int]:
    return list(PracticeAnswer.objects.order_by("number").values_list("level", flat=True))


def test_each_task_is_judged_at_once_and_another_one_follows(client):
    first = read(client)
    html = answered(client, right=True)
    assert said(html) == "Right"
    assert f'hx-get="{TASK}"' in html
    second = read(client)
    assert "Task 2" in second
    assert text_in(first) != text_in(second)


def text_in(html: str) -> str:
    return html.partition("quiz-text")[2].partition("<form")[0]


def test_a_page_that_is_opened_twice_asks_the_same(client):
    assert text_in(read(client)) == text_in(read(client))


def test_two_right_ones_in_a_row_make_it_harder_and_a_miss_easier(client):
    for right in (True, True, True, False, True, True, True, True):
        html = answered(client, right=right)
    assert levels() == [1, 1, 2, 2, 1, 1, 2, 2]
    assert "Two in a row: the next one is hard." in html
    html = answered(client, right=False)
    assert "The next one is medium." in html
    assert levels()[-1] == 3


def test_the_hardest_stays_the_hardest(client):
    for _number in range(7):
        answered(client, right=True)
    assert levels() == [1, 1, 2, 2, 3, 3, 3]


@pytest.mark.parametrize("name", [one.NAME for one in EVERY])
def test_every_topic_can_be_answered_right_and_wrong(client, name):
    address = f"{TOPICS}{name}/"
    assert said(answered(client, right=True, address=address)) == "Right"
    assert said(answered(client, right=False, address=address)) in ("Not right", "Partly right")
    assert "<script" not in text_in(read(client, address))


def test_a_form_that_is_sent_twice_is_one_answer(client):
    number = fields_in(read(client))["number"]
    answered(client, right=True)
    again = client.post(f"{TASK}answer/", {"number": number, "chosen": "5"}, headers=HTMX)
    assert said(again.content.decode()) == "Right", "what was kept"
    assert PracticeAnswer.objects.count() == 1


def test_without_javascript_the_verdict_has_an_address(client):
    html = answered(client, right=False, htmx=False)
    assert said(html) == "Not right"
    assert said(read(client, f"{TASK}?answered=1")) == "Not right"
    assert said(read(client, f"{TASK}?answered=17")) == "", "the next one"


def test_nothing_chosen_is_no_answer(client):
    response = client.post(f"{TASK}answer/", fields_in(read(client)), headers=HTMX)
    assert "Choose an answer first." in response.content.decode()
    assert not PracticeAnswer.objects.exists()


def test_the_topics_say_how_far_one_got(client):
    assert read(client, TOPICS).count("not begun") == len(EVERY)
    for right in (True, True, True, False):
        answered(client, right=right)
    html = " ".join(read(client, TOPICS).split())
    assert "3 of 4 right, highest level: medium" in html
    assert html.count("not begun") == len(EVERY) - 1


def test_a_course_that_teaches_none_of_it_has_none(client_of, lea, course):
    client = client_of(lea)
    assert "nothing to practise" in read(client, TOPICS)
    assert client.get(TASK).status_code == 404
    assert client.post(f"{TASK}answer/").status_code == 404


def test_answers_have_a_limit(client, monkeypatch):
    monkeypatch.setattr("labs.quiz.practice_views.ANSWERS_PER_MINUTE", 1)
    answered(client, right=True)
    assert "A little slower" in answered(client, right=True)
    assert PracticeAnswer.objects.count() == 1
    cache.clear()


def test_a_task_costs_few_queries(client):
    answered(client, right=True)
    with CaptureQueriesContext(connection) as first:
        read(client)
    for _number in range(4):
        answered(client, right=True)
    with CaptureQueriesContext(connection) as later:
        read(client)
    assert len(later) == len(first) <= 8


def test_the_course_offers_it_where_it_teaches_any_of_it(client):
    assert f'href="{TOPICS}"' in read(client, "/learn/aws/")


def test_a_course_that_teaches_none_of_it_does_not_offer_it(client_of, lea, course):
    assert TOPICS not in read(client_of(lea), "/learn/aws/")


def test_a_finding_leads_to_what_trains_its_mistake(lea, lesson):
    lab = make_lab(lesson.course, "let-it-in", kind="security-group")
    failed = [
        Finding(code, passed=False, points=1, message="No.")
        for code in ("sg.ssh-open", "sg.egress-removed")
    ]
    found = group(make_submission(lea, lab), Report(tuple(failed)), told=None, reveal=False)
    assert [row.practice for row in found.failed] == [f"{TOPICS}find-the-wrong-rule/", ""]


def test_where_nothing_trains_a_mistake_no_finding_leads_anywhere(lea, course):
    lab = make_lab(course, "let-it-in", kind="security-group")
    failed = Finding("sg.ssh-open", passed=False, points=1, message="No.")
    found = group(make_submission(lea, lab), Report((failed,)), told=None, reveal=False)
    assert [row.practice for row in found.failed] == [""]


def test_the_document_stays_in_sight_beside_the_verdict(client):
    html = answered(client, right=False)
    assert html.count('class="quiz-lines"') == 1
    assert "2012-10-17" in html
    assert re.findall(r'<li data-mark="(\w+)"><code', html) in (
        ["right", "wrong"],
        ["wrong", "right"],
    )


def test_the_lesson_offers_what_it_teaches(client, lesson):
    ask(lesson, "two-allows-one-deny")
    lesson.course.edition = "with-questions"
    lesson.course.save()
    html = read(client, "/quiz/aws/policies/")
    assert "Tasks without end:" in html
    assert f'href="{TASK}"' in html
    assert re.search(r">\s*Which statement decides\?", html)
