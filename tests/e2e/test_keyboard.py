"""The same journeys without a mouse: every press is a key, and the focus is always somewhere to be
seen."""

from __future__ import annotations

import json
import os
import re
import signal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import invite, solution_on, verdict
from tests.running import PASSWORD

MANY = 150  # more Tabs than any page needs


def reach(page: Page, target: Locator, *, walk: str = "Tab") -> Locator:
    """Tab, or walk with another key, until the target has the focus. In the editor Tab indents, and
    Escape before it leaves, as the page says."""
    for _ in range(MANY):
        if target.evaluate("element => element === document.activeElement"):
            return target
        if page.locator(".cm-content:focus").count():
            page.keyboard.press("Escape")
        page.keyboard.press(walk)
    raise AssertionError(f"{walk} does not reach {target}")


def press(page: Page, target: Locator, key: str = "Enter", *, walk: str = "Tab") -> None:
    reach(page, target, walk=walk)
    page.keyboard.press(key)


def has_visible_focus(page: Page) -> bool:
    return page.evaluate(
        "(() => { const style = getComputedStyle(document.activeElement);"
        " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; })()"
    )


def type_answer(page: Page, text: str) -> None:
    reach(page, page.locator(".cm-content"))
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_skip_link_comes_first_and_the_focus_is_visible(page_of, scheme):
    page = page_of("lea", color_scheme=scheme)
    page.goto("/day/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert has_visible_focus(page), page.evaluate(
            "document.activeElement.outerHTML.slice(0, 200)"
        )


def test_signing_in_and_completing_a_lesson(page):
    page.goto("/")
    press(page, page.get_by_role("main").get_by_role("link", name="Sign in"))
    page.wait_for_url(re.compile("/accounts/login/"))
    reach(page, page.locator("input[name=login]"))
    page.keyboard.type("sam@demo.example")
    reach(page, page.locator("input[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/day/"))
    press(page, page.get_by_role("main").get_by_role("link", name=re.compile("Continue")).first)
    page.wait_for_url(re.compile("/learn/aws/"))
    press(page, page.get_by_role("button", name="Mark as completed"))
    expect(page.get_by_text("You have completed this lesson.")).to_be_visible()
    expect(page.locator("#completion :focus, #completion:focus")).to_have_count(1)
    press(page, page.get_by_role("button", name="Mark as not completed"))
    expect(page.get_by_role("button", name="Mark as completed")).to_be_visible()


def test_signing_up_with_a_code(page, page_of):
    code = invite(page_of("tom"))
    page.goto("/")
    press(page, page.get_by_role("main").get_by_role("link", name="I have an invitation code"))
    page.wait_for_url(re.compile("/accounts/signup/"))
    for label, text in {
        "Invitation code": code,
        "Your name": "Kim Keys",
        re.compile("e-?mail", re.I): "kim@demo.example",
        re.compile("^Password"): "three-quiet-otters",
    }.items():
        reach(page, page.get_by_label(label))
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/day/"))
    press(
        page, page.get_by_role("main").get_by_role("link", name=re.compile("Start|Continue")).first
    )
    page.wait_for_url(re.compile("/learn/aws/"))


def test_an_answer_outlives_the_worker(page_of, portal):
    page = page_of("sam")
    page.goto("/labs/let-the-web-in/")
    type_answer(page, solution_on(page, "let-the-web-in"))
    for worker in portal.pids("celery"):
        os.kill(worker, signal.SIGKILL)
    page.keyboard.press("Control+Enter")
    verdict(page, "passed")


def test_an_instructor_walks_from_the_day_to_an_answer(page_of):
    page = page_of("tom")
    page.goto("/day/")
    press(page, page.locator("main a[href^='/cohorts/']").first)
    page.wait_for_url(re.compile("/cohorts/demo/"))
    grid = page.locator("table[data-arrows] tbody")
    reach(page, grid.locator("a[tabindex='0']"))
    press(page, grid.get_by_role("link", name="Lea Learner"), walk="ArrowDown")
    page.wait_for_url(re.compile("/learners/"))
    press(page, page.locator("main a[href*='/submissions/']").first)
    page.wait_for_url(re.compile("/submissions/"))
    expect(page.locator(".verdict").first).to_be_visible()


def test_a_lab_from_a_wrong_answer_to_a_pass(page_of):
    page = page_of("sam")
    page.goto("/labs/read-one-bucket/")
    wide = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
    }
    type_answer(page, json.dumps(wide))
    page.keyboard.press("Control+Enter")
    verdict(page, "failed")
    expect(page.locator(".cm-content")).to_be_focused()
    expect(page.locator("#verdict-news")).not_to_be_empty()

    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).not_to_be_focused()

    page.keyboard.press("Shift+Tab")
    type_answer(page, solution_on(page, "read-one-bucket"))
    press(page, page.get_by_role("button", name="Check my answer"))
    verdict(page, "passed")


def test_an_unreadable_answer_leads_back_to_its_place(page_of):
    page = page_of("sam")
    page.goto("/labs/let-the-web-in/")
    type_answer(page, '{\n  "inbound": [,]\n}')
    page.keyboard.press("Control+Enter")
    link = page.locator("#verdict a[data-line]")
    expect(link).to_contain_text("Line 2")
    press(page, link)
    expect(page.locator(".cm-content")).to_be_focused()


def test_the_shortcuts_are_shown_and_can_be_switched_off(page_of):
    page = page_of("mia")
    page.goto("/learn/aws/what-aws-is/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.goto("/accounts/profile/")
    press(page, page.locator("input[name=shortcuts]"), "Space")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-shortcuts", "off")
    page.goto("/learn/aws/what-aws-is/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).not_to_be_visible()
