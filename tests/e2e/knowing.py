"""Who knows the answers: what the course's files say of the question that a page shows."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from labs.grading.quiz.judgement import Body, Given
from labs.grading.quiz.reading import Question, body_of, read_question, text_of
from labs.quiz.rendering import with_keys
from labs.quiz.source import read_quiz
from lessons.source import read_course
from tests.e2e.hands import Hand

FOLDER = Path(__file__).resolve().parents[2] / "lessons" / "notes" / "aws"
QUESTIONS = {
    question.slug: read_question(with_keys(question.table), question.place)
    for question in read_quiz(FOLDER, read_course(FOLDER)).questions
}
FIELDS = {"sort": "box", "order": "place"}


def words(text: str) -> list[str]:
    """Without what Markdown makes of the rest."""
    return re.findall(r"\w+", text)


def asked_on(page: Page) -> Question:
    address = page.locator("form.quiz-form").get_attribute("action") or ""
    return QUESTIONS[address.split("/")[-3]]


def body_on(page: Page) -> Body:
    """With what was drawn for whoever reads it."""
    question = asked_on(page)
    shown = words(page.locator(".quiz-text").inner_text())
    for drawn in question.values.combinations():
        if words(text_of(question, drawn)) == shown or not question.values.choices:
            return body_of(question, drawn)
    raise AssertionError(f"{question.slug} asks something else")


def fill_in(hand: Hand, given: Given) -> None:
    """An answer, into the fields of its kind."""
    form = hand.page.locator("form.quiz-form")
    if "typed" in given:
        hand.type(form.locator("[name=typed]"), str(given["typed"]))
    elif isinstance(chosen := given.get("chosen"), list):
        for key in chosen:
            hand.choose(form.locator(f"[name=chosen][value='{key}']"))
    elif isinstance(order := given.get("order"), list):
        for number, key in enumerate(order, start=1):
            hand.pick(form.locator(f"[name='place-{key}']"), str(number))
    else:
        for key, box in given.items():
            hand.pick(form.locator(f"[name='box-{key}']"), str(box))


def answer_right(hand: Hand) -> None:
    fill_in(hand, body_on(hand.page).right())
    hand.press(hand.page.get_by_role("button", name="Check my answer"))


def answer_wrong(hand: Hand) -> str:
    """The first mistake that one makes; what is said of it."""
    body = body_on(hand.page)
    given = body.wrong()[0]
    fill_in(hand, given)
    hand.press(hand.page.get_by_role("button", name="Check my answer"))
    return next(one.reason for one in body.judge(given).remarks if not one.is_right)
