"""Answering a lesson's questions: every kind of them, and without JavaScript. From the first to the
last, by mouse and by keyboard: `test_mastery.py`."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.faults import faults

LESSON = "/learn/aws/reading-a-policy/"
# Between them they have every kind of question
KINDS = ("reading-a-policy", "installing-the-cli", "ip-addresses")
VERDICTS = re.compile("^(Right|Partly right|Not right)$")


def answer(quiz: Locator) -> None:
    """Somehow: the first of everything."""
    for chosen in quiz.locator("input[type=radio], input[type=checkbox]").all()[:1]:
        chosen.check()
    for number, select in enumerate(quiz.locator("select").all(), start=1):
        is_step = (select.get_attribute("name") or "").startswith("place-")
        select.select_option(index=number if is_step else 1)
    for field in quiz.locator("input[name=typed]").all():
        field.fill("42")
    quiz.get_by_role("button", name="Check my answer").click()


def test_without_javascript_it_is_a_form(page_of):
    page = page_of("lea", java_script_enabled=False)
    page.goto(LESSON)
    page.locator("#quiz").get_by_role("link", name="Begin").click()
    quiz = page.locator("#quiz")
    quiz.locator(".button").first.click()
    quiz.get_by_role("button", name="Check my answer").click()
    expect(quiz.get_by_role("alert")).to_have_text("Choose an answer first.")
    answer(quiz)
    expect(quiz.locator("#quiz-said")).to_have_text(VERDICTS)
    quiz.get_by_role("link", name="Ask me again").click()
    expect(quiz.locator("form")).to_be_visible()
    page.get_by_role("link", name="Back to the lesson").click()
    assert page.url.endswith(LESSON)


@pytest.mark.parametrize("lesson", KINDS)
def test_every_question_and_every_verdict_can_be_read_by_everybody(page_of, lesson):
    page = page_of("tom", reduced_motion="reduce")
    page.goto(f"/quiz/aws/{lesson}/")
    page.locator("#quiz .button").last.click()
    expect(page.locator("#quiz form")).to_be_visible()
    steps = [one.get_attribute("href") for one in page.locator(".quiz-steps a").all()]
    assert len(steps) >= 3
    found = []
    for step in steps:
        page.goto(f"{step}?again")
        found += [faults(page, "light", 1280), faults(page, "dark", 390)]
        answer(page.locator("#quiz"))
        expect(page.locator("#quiz-said")).to_have_text(VERDICTS)
        found += [faults(page, "dark", 390), faults(page, "light", 1280)]
    assert [fault for some in found for fault in some] == []
