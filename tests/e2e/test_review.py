"""What was not right comes back the next day, and goes when it is known."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_pages import faults
from tests.e2e.test_quiz import VERDICTS, answer
from tests.running import Portal, environment

LESSON = "/quiz/aws/ip-addresses/"
REVIEW = "/quiz/review/"
CARD = re.compile(r"Card \d+ of \d+ today")


def days_pass(portal: Portal, name: str, days: int = 1) -> None:
    """For a learner who comes when they are first named."""
    command = [sys.executable, "-m", "tests.e2e.days", name, str(days)]
    subprocess.run(command, env=environment(portal.data_dir), check=True)


@pytest.fixture
def newcomer(page_of: Callable[..., Page], portal: Portal) -> Callable[..., Page]:
    """A page of somebody who has answered nothing yet."""

    def come(name: str, **options: object) -> Page:
        days_pass(portal, name, 0)
        return page_of(name, **options)

    return come


def begin(page: Page, lesson: str = LESSON) -> None:
    page.goto(lesson)
    page.locator("#quiz .button").last.click()
    settled(page, "Question")


def answer_all(page: Page, lesson: str = LESSON) -> None:
    """Of a lesson, each somehow: some of it is wrong."""
    begin(page, lesson)
    quiz = page.locator("#quiz")
    for _question in range(20):
        answer(quiz)
        expect(quiz.locator("#quiz-said")).to_have_text(VERDICTS)
        following = quiz.get_by_role("link", name="Next question")
        if not following.count():
            break
        following.click()
        settled(page, "Question")


def settled(page: Page, words: str | re.Pattern[str]) -> None:
    """A question is there to be answered."""
    expect(page.locator("form.quiz-form")).to_be_visible()
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def wrong_number(page: Page) -> Locator:
    """The first question of the lesson whose answer is a number, answered wrong."""
    begin(page)
    for step in [one.get_attribute("href") for one in page.locator(".quiz-steps a").all()]:
        page.goto(step)
        if page.locator("[inputmode=decimal]").count():
            answer(page.locator("#quiz"))
            return page.locator("#quiz")
    raise AssertionError("the lesson has no question about a number")


def test_what_was_wrong_comes_back_as_another_one_and_goes_when_it_is_right(newcomer, portal):
    """By keyboard alone, from the day."""
    page = newcomer("kit")
    quiz = wrong_number(page)
    expect(quiz.locator("#quiz-said")).to_have_text("Not right")
    asked = quiz.locator(".quiz-text").inner_text()
    page.goto("/day/")
    expect(page.get_by_role("heading", name="Review")).to_have_count(0)

    days_pass(portal, "kit")
    page.reload()
    expect(page.locator("section", has=page.locator("#review"))).to_contain_text("1 card")
    begin = page.locator(f"main a[href='{REVIEW}']")
    begin.focus()
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("heading", name="Card 1 of 1 today")).to_be_visible()
    assert quiz.locator(".quiz-text").inner_text() != asked, "with other numbers"

    reach(page, "typed")
    page.keyboard.type("4242")
    page.keyboard.press("Enter")
    said = quiz.locator("#quiz-said")
    expect(said).to_be_focused()
    expect(said).to_have_text("Not right")
    right = quiz.locator("strong[lang=en]").last.inner_text().split()[0]
    second = quiz.locator(".quiz-text").inner_text()
    press(page, quiz.get_by_role("button", name="That was a slip: take it back"))
    expect(quiz.get_by_role("heading", name="Card 1 of 1 today")).to_be_focused()
    assert quiz.locator(".quiz-text").inner_text() != second

    reach(page, "typed")
    page.keyboard.type(right)
    page.keyboard.press("Enter")
    expect(said).to_be_focused()
    press(page, quiz.get_by_role("link", name="Next", exact=True))
    expect(quiz.get_by_role("heading", name="That is all for today")).to_be_focused()
    expect(quiz.get_by_role("list").locator("li").first).to_contain_text("Tomorrow")


def reach(page: Page, name: str) -> None:
    for _step in range(40):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached")


def press(page: Page, what: Locator) -> None:
    handle = what.element_handle()
    for _step in range(40):
        if page.evaluate("one => one === document.activeElement", handle):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError("it cannot be reached")


def test_a_session_can_be_stopped_and_goes_on(newcomer, portal):
    page = newcomer("noa")
    answer_all(page)
    days_pass(portal, "noa")
    page.goto(REVIEW)
    quiz = page.locator("#quiz")
    answer(quiz)
    expect(quiz.locator("#quiz-said")).to_have_text(VERDICTS)
    quiz.get_by_role("link", name="Stop for today").click()
    page.wait_for_url("**/day/")
    page.locator(f"main a[href='{REVIEW}']").click()
    expect(page.get_by_role("heading", name=re.compile("Card 2 of"))).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_it_comes_to_an_end_with_javascript_and_without(newcomer, portal, scripts):
    name = "ivy" if scripts else "eli"
    page = newcomer(name, java_script_enabled=scripts)
    answer_all(page, "/quiz/aws/reading-a-policy/")
    days_pass(portal, name)
    page.goto(REVIEW)
    quiz = page.locator("#quiz")
    for _card in range(30):
        settled(page, CARD)
        answer(quiz)
        expect(quiz.locator("#quiz-said")).to_have_text(VERDICTS)
        quiz.get_by_role("link", name="Next", exact=True).click()
        is_over = quiz.get_by_role("heading", name="That is all for today")
        expect(page.locator("form.quiz-form").or_(is_over)).to_be_visible()
        if is_over.is_visible():
            return
    raise AssertionError("it does not end")


def test_the_review_can_be_read_by_everybody(newcomer, portal):
    page = newcomer("una", reduced_motion="reduce")
    found = looked_at(page, REVIEW)
    answer_all(page)
    days_pass(portal, "una")
    found += looked_at(page, "/day/") + looked_at(page, REVIEW)
    answer(page.locator("#quiz"))
    expect(page.locator("#quiz-said")).to_have_text(VERDICTS)
    found += looked_at(page)
    assert found == []


def looked_at(page: Page, path: str = "") -> list[str]:
    if path:
        page.goto(path)
    return [
        fault
        for theme, width in (("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390))
        for fault in faults(page, theme, width)
    ]


def test_the_time_zone_of_the_device_is_offered(page_of):
    page = page_of("lea", timezone_id="Pacific/Auckland")
    page.goto("/accounts/profile/")
    zone = page.get_by_label("Time zone")
    expect(zone).to_have_value("")
    page.get_by_role("button", name="Use the time zone of this device").click()
    expect(zone).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(zone).to_have_value("Pacific/Auckland")
    expect(page.get_by_role("button", name="Use the time zone of this device")).to_have_count(0)
    zone.select_option("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(zone).to_have_value("")
