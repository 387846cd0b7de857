"""Knowing, not clicking: from reading a lesson to its certificate, by mouse, by keyboard alone and
without JavaScript. What was not right comes back the next day, and goes when it is known."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.faults import all_faults
from tests.e2e.hands import Hand, Keys, Mouse, WithoutScripts
from tests.e2e.knowing import answer_right, answer_wrong, asked_on, words
from tests.e2e.people import solution_on
from tests.running import Portal, environment

SLUG, LAB = "serverless-data", "share-one-folder"
LESSON, REVIEW, DAY = f"/learn/aws/{SLUG}/", "/quiz/review/", "/day/"
HANDS = {"ivy": Mouse, "kit": Keys, "eli": WithoutScripts}
# One that has other numbers each time, and one that stays as it is
WRONG = ("when-a-batch-leaves", "partner-still-denied")
TOTAL = 4

Asked = dict[str, list[str]]


def run(portal: Portal, module: str, *arguments: str) -> None:
    command = [sys.executable, "-m", f"tests.e2e.{module}", *arguments]
    subprocess.run(command, env=environment(portal.data_dir), check=True)


@pytest.fixture(scope="module")
def nearly(portal: Portal) -> None:
    """Each of them has mastered every other lesson, and passed the other labs of this one."""
    run(portal, "mastering", SLUG, LAB, *HANDS)


@pytest.mark.parametrize("name", HANDS)
def test_from_reading_a_lesson_to_the_certificate(
    nearly: None, page_of: Callable[..., Page], portal: Portal, name: str
) -> None:
    page = page_of(name, java_script_enabled=name != "eli", reduced_motion="reduce")
    hand = HANDS[name](page)
    asked = reads_and_answers(hand)
    nothing_is_due(hand)
    run(portal, "days", name, "1")
    reviews(hand, asked)
    passes_the_lab(hand)
    has_mastered_it(hand)
    makes_the_certificate(hand)
    is_seen_by_the_instructor(page_of("tom"), name)


def reads_and_answers(hand: Hand) -> Asked:
    """Some of it wrong: it is not checked yet."""
    page = hand.page
    page.goto(LESSON)
    expect(page.locator("#completion")).to_contain_text(f"(0 of {TOTAL} answered)")
    begin(hand)
    asked: Asked = {}
    for number in range(1, TOTAL + 1):
        settled(page, f"Question {number} of {TOTAL}")
        has_the_focus(hand, page.get_by_role("heading", name=f"Question {number} of"))
        if (slug := asked_on(page).slug) in WRONG:
            asked[slug] = shown(page)
            is_told_why(hand)
        else:
            is_right(hand)
        last = number == TOTAL
        hand.press(page.get_by_role("link", name="How I stand" if last else "Next question"))
    expect(page.locator("#quiz")).to_contain_text("2 of 4 right, 50 %.")
    assert page.url.endswith(LESSON) or isinstance(hand, WithoutScripts)
    assert asked.keys() == set(WRONG)
    return asked


def begin(hand: Hand) -> None:
    """In the lesson; without a script on a page of its own."""
    quiz = hand.page.locator("#quiz")
    if isinstance(hand, WithoutScripts):
        hand.press(quiz.get_by_role("link", name="Begin"))
    else:
        quiz.scroll_into_view_if_needed()
        expect(quiz.locator("a[hx-get]").first).to_be_visible()
    hand.press(quiz.get_by_role("link", name="Begin"))


def settled(page: Page, heading: str) -> None:
    """A question is there to be answered."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("form.quiz-form")).to_be_visible()


def shown(page: Page) -> list[str]:
    return words(page.locator(".quiz-text").inner_text())


def is_right(hand: Hand) -> None:
    answer_right(hand)
    verdict(hand, "Right")


def is_told_why(hand: Hand) -> None:
    reason = answer_wrong(hand)
    verdict(hand, "Not right")
    told = words(hand.page.locator("#quiz").inner_text())
    assert " ".join(words(reason)) in " ".join(told)


def verdict(hand: Hand, words: str) -> None:
    said = hand.page.locator("#quiz-said")
    expect(said).to_have_text(words)
    has_the_focus(hand, said)


def has_the_focus(hand: Hand, what: Locator) -> None:
    if not isinstance(hand, WithoutScripts):
        expect(what).to_be_focused()


def nothing_is_due(hand: Hand) -> None:
    page = hand.page
    page.goto(DAY)
    expect(page.get_by_role("heading", name="Review")).to_have_count(0)
    if type(hand) is Mouse:
        page.goto(REVIEW)
        expect(page.get_by_role("heading", name="Nothing is due today")).to_be_visible()
        can_be_used_by_everybody(page)


def reviews(hand: Hand, asked: Asked) -> None:
    page = hand.page
    page.goto(DAY)
    expect(page.locator("section", has=page.locator("#review"))).to_contain_text("2 cards")
    look(hand)
    hand.press(page.locator(f"main a[href='{REVIEW}']"))
    comes_back(page, 1, asked)
    look(hand)
    slips(hand)
    is_right(hand)
    look(hand)
    hand.press(page.get_by_role("link", name="Stop for today"))
    page.wait_for_url(f"**{DAY}")
    hand.press(page.locator(f"main a[href='{REVIEW}']"))
    comes_back(page, 2, asked)
    is_right(hand)
    hand.press(page.get_by_role("link", name="Next", exact=True))
    has_the_focus(hand, page.get_by_role("heading", name="That is all for today"))
    expect(page.locator(".quiz-forecast li").first).to_contain_text("Tomorrow")


def comes_back(page: Page, number: int, asked: Asked) -> None:
    """With other numbers, where it has numbers."""
    settled(page, f"Card {number} of 2 today")
    question = asked_on(page)
    assert (shown(page) != asked[question.slug]) == bool(question.values.choices)


def slips(hand: Hand) -> None:
    """And takes it back: it is asked anew."""
    page = hand.page
    answer_wrong(hand)
    verdict(hand, "Not right")
    hand.press(page.get_by_role("button", name="That was a slip: take it back"))
    settled(page, "Card 1 of 2 today")
    has_the_focus(hand, page.get_by_role("heading", name="Card 1 of 2 today"))


def passes_the_lab(hand: Hand) -> None:
    page = hand.page
    page.goto(LESSON)
    expect(page.locator("#lesson-stage")).to_have_text("Checked")
    expect(page.locator("#completion")).to_contain_text("2 of 3 so far")
    page.goto(DAY)
    hand.press(page.locator(f"main a[href='/labs/{LAB}/']").first)
    page.wait_for_url(f"**/labs/{LAB}/")
    hand.write(solution_on(page, LAB))
    hand.press(page.get_by_role("button", name="Check my answer"))
    passed = page.locator("#verdict [data-state=passed]").first
    if isinstance(hand, WithoutScripts):
        comes_by_reloading(page, passed)
    expect(passed).to_be_visible(timeout=45_000)


def comes_by_reloading(page: Page, what: Locator, seconds: float = 45) -> None:
    deadline = time.monotonic() + seconds
    while not what.count() and time.monotonic() < deadline:
        time.sleep(0.3)
        page.reload()


def has_mastered_it(hand: Hand) -> None:
    """The lesson, the course and the day say so."""
    page = hand.page
    page.goto(LESSON)
    expect(page.locator("#lesson-stage")).to_contain_text("Mastered")
    expect(page.get_by_text("You have completed this lesson.").first).to_be_visible()
    look(hand)
    page.goto("/learn/aws/")
    row = page.get_by_role("main").locator("li", has=page.locator(f"a[href='{LESSON}']")).last
    expect(row).to_contain_text("Mastered")
    look(hand)
    page.goto(DAY)
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"40 (of|/) 40|100 %"))


def makes_the_certificate(hand: Hand) -> None:
    page = hand.page
    page.goto("/certificates/")
    expect(page.locator(".module-badge[data-earned=yes]").first).to_be_visible()
    assert page.locator(".module-badge[data-earned=no]").count() == 0
    hand.press(page.get_by_role("link", name="Make the certificate"))
    hand.press(page.get_by_role("button", name="Make the certificate"))
    expect(page.locator("article.certificate")).to_be_visible()


def is_seen_by_the_instructor(page: Page, name: str) -> None:
    page.goto("/cohorts/nearly/")
    row = page.locator("tbody tr", has_text=name.capitalize())
    column = page.locator(f"thead a[href='{LESSON}']").evaluate(
        "link => link.closest('th').cellIndex"
    )
    expect(row.locator("th, td").nth(column)).to_contain_text("★")


def look(hand: Hand) -> None:
    """Once is enough."""
    if type(hand) is Mouse:
        can_be_used_by_everybody(hand.page)


def can_be_used_by_everybody(page: Page) -> None:
    assert all_faults(page) == []
