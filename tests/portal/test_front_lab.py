"""The lab on the first page: judged as a learner's answer is, for anybody, and nothing is kept."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from labs import samples
from labs.grading.kinds import KINDS
from labs.models import Lab
from tests.labs.kinds import Words, words
from tests.rows import make_lab

pytestmark = pytest.mark.any_database
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def lab(course, settings, monkeypatch) -> Lab:
    monkeypatch.setitem(KINDS, "words", words)
    settings.FRONT_LAB = "say-it"
    lab = make_lab(course, "say-it", kind="words", section="policy-structure")
    table = {"wanted": ["allow", "read"]}
    lab.variants.update(table=table, starter="say", solution="allow read", brief_html="<p>Say.</p>")
    return lab


def said(page) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def attempt(client: Client, text: str, *, htmx: bool = True):
    return client.post("/try/", {"text": text}, headers=HTMX if htmx else {})


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def test_the_page_has_task_starter_and_an_honest_note(client):
    page = client.get("/")
    assert "Nothing is stored." in said(page)
    assert "<p>Say.</p>" in page.content.decode()
    assert re.search(r"<textarea[^>]*>\s*say</textarea>", page.content.decode())


def test_a_wrong_answer_is_told_what_is_wrong_and_a_right_one_passes(client):
    wrong = attempt(client, "allow")
    assert 'data-state="failed"' in wrong.content.decode()
    assert "Not yet" in said(wrong)
    assert "read" in said(wrong)
    right = attempt(client, "allow read")
    assert 'data-state="passed"' in right.content.decode()
    assert "That is how every lab here works." in said(right)


def test_without_javascript_the_whole_page_comes_with_what_was_typed(client):
    page = attempt(client, "allow <b>", htmx=False)
    assert page.status_code == 200
    assert re.search(r"<textarea[^>]*>\s*allow &lt;b&gt;</textarea>", page.content.decode())
    assert 'data-state="failed"' in page.content.decode()


def test_with_it_the_verdict_alone_and_its_news_for_a_screen_reader(client):
    page = attempt(client, "allow").content.decode()
    assert "<html" not in page
    assert re.search(r'hx-swap-oob="innerHTML:#try-news">Not yet\. ', page)


def test_nothing_is_stored(client):
    before = rows()
    for text in ("allow", "allow read", "", "\x00", "x" * 300_000, "explode"):
        attempt(client, text)
    assert rows() == before


class Secretive(Words):
    def find(self, word, answer):
        return replace(super().find(word, answer), hidden=word == "walrus")


def test_a_hidden_check_keeps_its_secret(client, lab, monkeypatch):
    monkeypatch.setitem(KINDS, "words", Secretive())
    lab.variants.update(table={"wanted": ["allow", "walrus"]})
    page = attempt(client, "allow")
    assert "1 hidden check still fails" in said(page)
    assert "walrus" not in page.content.decode()
    assert "walrus" not in client.get("/").content.decode()


def test_lessons_are_not_linked_for_who_may_not_read_them(client):
    assert "/learn/" not in attempt(client, "allow").content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 3_000, "x" * 500_000, "allow \x00"])
def test_what_cannot_be_read_is_refused_before_anything_is_run(text, client, monkeypatch):
    monkeypatch.setattr(samples, "run_in_child", lambda *_job, **_how: pytest.fail("was run"))
    page = attempt(client, text)
    assert page.status_code == 200
    assert "We cannot read this answer" in said(page)


@pytest.mark.parametrize("text", ["explode", "bomb", "crash", "doubt"])
def test_what_breaks_the_check_is_our_fault_and_the_portal_lives(text, client):
    assert "We could not check this answer" in said(attempt(client, text))
    assert 'data-state="passed"' in attempt(client, "allow read").content.decode()


def test_a_network_may_ask_so_often_and_another_goes_on(client, monkeypatch):
    monkeypatch.setattr(samples, "FROM_A_NETWORK", 2)
    assert [attempt(client, "allow", htmx=False).status_code for _ in range(3)] == [200, 200, 429]
    page = attempt(client, "allow")
    assert (page.status_code, "A little slower" in said(page)) == (200, True)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert attempt(elsewhere, "allow", htmx=False).status_code == 200
    beside = Client(REMOTE_ADDR="198.51.100.8")
    attempt(beside, "allow")
    assert attempt(elsewhere, "allow", htmx=False).status_code == 429


def test_all_together_may_ask_so_often(monkeypatch):
    monkeypatch.setattr(samples, "FROM_ALL", 2)
    clients = [Client(REMOTE_ADDR=f"198.51.{number}.1") for number in range(3)]
    got = [attempt(client, "allow", htmx=False).status_code for client in clients]
    assert got == [200, 200, 429]


def test_few_are_checked_at_once_and_the_place_is_given_back(client, monkeypatch):
    for _place in range(samples.AT_ONCE):
        samples.running.acquire()
    try:
        assert attempt(client, "allow", htmx=False).status_code == 429
    finally:
        for _place in range(samples.AT_ONCE):
            samples.running.release()
    for text in ("explode", "crash", "bomb", "allow"):
        attempt(client, text)
    assert all(samples.running.acquire(blocking=False) for _place in range(samples.AT_ONCE))
    for _place in range(samples.AT_ONCE):
        samples.running.release()


def test_the_form_needs_its_token():
    strict = Client(enforce_csrf_checks=True)
    assert attempt(strict, "allow").status_code == 403
    page = strict.get("/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sent = {"text": "allow", "csrfmiddlewaretoken": token}
    assert strict.post("/try/", sent).status_code == 200


@pytest.mark.parametrize("how", ["none", "archived lab", "archived course", "no such kind"])
def test_where_there_is_no_such_lab_the_page_is_without_it(how, client, lab, course, settings):
    if how == "none":
        settings.FRONT_LAB = "none"
    elif how == "archived lab":
        Lab.objects.update(archived_at="2026-01-01T00:00:00Z")
    elif how == "no such kind":
        Lab.objects.update(kind="gone")
    else:
        type(course).objects.update(archived_at="2026-01-01T00:00:00Z")
    page = client.get("/")
    assert page.status_code == 200
    assert "Try a lab" not in said(page)
    assert attempt(client, "allow").status_code == 404


def test_the_page_costs_one_query_and_a_verdict_as_well(client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(1):
        client.get("/")
    with django_assert_num_queries(1):
        attempt(client, "allow")


def test_of_the_real_lab_a_too_wide_answer_is_shown_the_request_that_it_lets_through(
    client, settings, db
):
    settings.FRONT_LAB = "read-one-bucket"
    Lab.objects.all().delete()
    call_command("sync_content", apply=True, verbosity=0)
    page = client.get("/")
    starter = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page.content.decode(), re.S)[1]
    verdict = said(attempt(client, starter.replace("&quot;", '"')))
    assert "is allowed by your policy; it should be denied" in verdict
    assert "Write 2 statements in place of this one" in verdict
    assert "hidden check" in verdict
