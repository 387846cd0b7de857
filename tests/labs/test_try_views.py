"""Trying something in a lesson: the form in its text, the answer, and what cannot be read."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labs.models import Draft, KeptText, Submission
from lessons import limits
from lessons.models import Course, Lesson
from tests.labs.trying import IN_A_BLOCK, MAY_ADA, POLICY, make_try, put_in

PAGE = "/labs/tries/aws/buckets/may-ada/"
ASK, FORM = f"{PAGE}answer/", f"{PAGE}form/"
HTMX = {"HX-Request": "true"}
LESSON = "/learn/aws/buckets/"


@pytest.fixture
def lesson(course) -> Lesson:
    lesson = course.lessons.get(slug="buckets")
    put_in(lesson, MAY_ADA, IN_A_BLOCK)
    return lesson


@pytest.fixture
def client(client_of, lesson, lea) -> Client:
    client = client_of(lea)
    client.get(LESSON)  # what is loaded once is loaded
    return client


def ask(client: Client, *, page: bool = False, address: str = ASK, **texts: str) -> str:
    answer = client.post(address, texts, headers={} if page else HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def headline(html: str) -> str:
    return re.search(r'class="callout-title">(.*?)</p>', html, re.S)[1].strip()


# --- In the lesson --------------------------------------------------------------------------------


def test_the_form_stands_in_the_text_before_its_fallback(client):
    html = client.get(LESSON).content.decode()
    places = [html.index(words) for words in (
        "Before.", "Decide first", f'hx-post="{ASK}"', "Nothing can be tried", "After."
    )]  # fmt: skip
    assert places == sorted(places)


def test_every_form_has_the_readers_own_token(client, client_of, mia):
    tokens = r'name="csrfmiddlewaretoken" value="(\w+)"'
    hers = set(re.findall(tokens, client.get(LESSON).content.decode()))
    mias = set(re.findall(tokens, client_of(mia).get(LESSON).content.decode()))
    assert hers
    assert hers.isdisjoint(mias)


def test_the_page_of_the_lesson_asks_the_database_nothing_more(client, lesson):
    with_tries = queries_of(client, LESSON)
    put_in(lesson)
    lesson.course.edition = "without"
    lesson.course.save()
    client.get(LESSON)  # what is loaded once is loaded
    assert queries_of(client, LESSON) == with_tries


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize(("kind", "field"), [("tomorrow", "block"), ("block", "colour")])
def test_without_a_kind_or_a_field_for_it_the_fallback_is_left(client_of, lesson, lea, kind, field):
    put_in(lesson, make_try("of-tomorrow", kind, **{field: "x"}))
    html = client_of(lea).get(LESSON).content.decode()
    assert "Nothing can be tried" in html
    assert "try-live" not in html


# --- The answer -----------------------------------------------------------------------------------


def test_htmx_gets_the_answer_alone(client):
    html = ask(client)
    assert headline(html) == "Allowed by statement &quot;Work&quot;"
    assert "<form" not in html


def test_without_javascript_it_is_a_page_with_what_was_typed_and_a_way_back(client):
    html = ask(client, page=True, action="s3:DeleteObject")
    assert headline(html) == "Denied by statement &quot;Keep&quot;"
    assert 'value="s3:DeleteObject"' in html
    assert f'href="{LESSON}#try-may-ada"' in html


def test_the_page_by_itself_shows_the_beginning(client):
    ask(client, page=True, action="s3:DeleteObject")
    html = client.get(PAGE).content.decode()
    assert 'value="s3:GetObject"' in html
    assert "s3:DeleteObject&quot;" in html  # in the policy
    assert "callout-title" not in html
    assert "Nothing can be tried" in html
    assert "After." not in html


def test_to_start_again_is_to_get_the_form_as_it_was(client):
    html = client.get(FORM, headers=HTMX).content.decode()
    assert html.lstrip().startswith("<form")
    assert 'value="s3:GetObject"' in html


def test_what_was_not_sent_is_as_it_was(client):
    assert "Denied" in headline(ask(client, action="s3:DeleteObject"))


def test_nothing_is_kept(client, django_assert_num_queries):
    with django_assert_num_queries(2):  # the session and the reader
        ask(client, action="s3:DeleteObject")
    assert [rows.count() for rows in (Draft.objects, KeptText.objects, Submission.objects)] == [
        0
    ] * 3


def test_german_readers_get_german_words(client, lea):
    lea.language = "de"
    lea.save()
    html = ask(client, action="s3:DeleteObject")
    assert headline(html) == "Verweigert durch Statement „Keep“"


def test_of_many_rules_the_first_are_shown_and_the_others_counted(client, lesson):
    rules = "inbound:\n" + "- all from ::/0\n" * 43
    start = {"rules": "inbound: []", "protocol": "tcp", "port": "1", "source": "::1"}
    put_in(lesson, make_try("many", "group", **start))
    Course.objects.filter(pk=lesson.course_id).update(edition="another")
    html = ask(client, address=ASK.replace("may-ada", "many"), rules=rules)
    assert html.count('<th scope="row">') == 40
    assert "and 3 more" in html


# --- What cannot be read --------------------------------------------------------------------------


def test_a_mistake_is_shown_where_it_is(client):
    html = ask(client, policy=POLICY.replace('"Work",', '"Work"'))
    assert headline(html) == "This cannot be read: Policy"
    assert "Line 4, column 20: A comma or &quot;}&quot; was expected" in html
    assert "Work&quot; <mark>&quot;</mark>Effect" in html


def test_without_javascript_the_field_says_that_it_is_wrong_and_nothing_is_lost(client):
    html = ask(client, page=True, action="anything <at> all")
    field = re.search(r'<input [^>]*name="action"[^>]*>', html, re.S)[0]
    assert 'value="anything &lt;at&gt; all"' in field
    assert 'aria-invalid="true"' in field
    described = re.search(r'aria-describedby="([\w-]+)"', field)[1]
    assert f'id="{described}"' in html


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"policy": "x" * 4001}, "The text is longer than 4000 characters."),
        ({"policy": "[" * 4000}, "Nested more than 32 levels deep."),
        ({"policy": "\0"}, "A value was expected"),
        ({"policy": ""}, "There is no JSON value here."),
        ({"action": "s3:" + "x" * 300}, "The text is longer than 300 characters."),
        ({"action": "s3:\u202eGet"}, "A request has one action"),
        ({"resource": "\ud800"}, "A resource is an ARN"),
        ({"resource": "arn:::::" + "\u202e<b>" * 20}, "Allowed"),
    ],
    ids=str,
)
def test_hostile_texts_are_answered_in_words(client, texts, words):
    body = "&".join(f"{name}={quoted(text)}" for name, text in texts.items())
    form = "application/x-www-form-urlencoded"
    for headers in (HTMX, {}):
        answer = client.post(ASK, body, content_type=form, headers=headers)
        assert answer.status_code == 200
        html = answer.content.decode()
        assert words in html
        assert "\0" not in html
        assert "<b>" not in html


def quoted(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))


def test_lines_are_counted_as_the_browser_shows_them(client):
    html = ask(client, policy=POLICY.replace('"Keep",', '"Keep"').replace("\n", "\r\n"))
    assert "Line 5, column 20" in html


# --- Limits ---------------------------------------------------------------------------------------


def test_who_asks_very_often_is_asked_to_wait_and_loses_nothing(client, monkeypatch):
    monkeypatch.setattr("labs.try_views.TRIES_PER_MINUTE", 2)
    cache.clear()
    limits.here.clear()
    assert [headline(ask(client))[:7] for _ in range(3)] == ["Allowed", "Allowed", "A littl"]
    refused = client.post(ASK, {"action": "s3:PutObject"})
    assert refused.status_code == 429
    assert 'value="s3:PutObject"' in refused.content.decode()


def test_what_is_not_there_is_404(client):
    for address in (PAGE, FORM):
        assert client.get(address.replace("may-ada", "may-bob")).status_code == 404
    assert client.post(ASK.replace("may-ada", "may-bob")).status_code == 404
    assert client.get(ASK).status_code == 405


def test_a_form_of_another_site_is_refused(client_of, lesson, lea):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lea)
    assert strict.post(ASK, {"action": "s3:GetObject"}).status_code == 403
