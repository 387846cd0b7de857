"""The first page for a stranger, and the day of whoever is in: in the browser, by keys, without
JavaScript, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.faults import faults

RIGHT = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::BUCKET"},
  {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET/*"}]}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_stranger_is_shown_what_their_answer_does_and_passes(page_of, width):
    page = page_of("", viewport={"width": width, "height": 900})
    page.goto("/")
    page.evaluate("document.body.dataset.same = 'page'")
    answer, check = page.locator("#answer"), page.get_by_role("button", name="Check")
    check.click()
    verdict = page.locator("#try-verdict")
    expect(verdict).to_contain_text("it should be denied")
    expect(page.locator("#try-news")).to_contain_text("Not yet.")
    assert faults(page, "light", width) == faults(page, "dark", width) == []

    bucket = re.search(r"arn:aws:s3:::([\w-]+)", page.locator(".front-task").inner_text())[1]
    answer.fill(RIGHT.replace("BUCKET", bucket))
    answer.press("Tab")
    page.keyboard.press("Enter")
    expect(verdict.locator(".verdict")).to_have_attribute("data-state", "passed")
    assert page.evaluate("document.body.dataset.same") == "page"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_answer_stays_beside_its_verdict(page_of):
    page = page_of("", java_script_enabled=False)
    page.goto("/")
    answer = page.get_by_label("Your answer")
    answer.fill('{"Version": [}')
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#try-verdict")).to_contain_text("We cannot read this answer")
    expect(page.get_by_label("Your answer")).to_have_value('{"Version": [}')


def test_a_stop_of_the_map_says_its_lesson_when_it_has_the_focus(page_of):
    page = page_of("lea")
    page.goto("/day/")
    stop = page.locator(".stop").first
    stop.focus()
    title = stop.locator(".stop-title")
    assert title.bounding_box()["width"] > 50
    expect(page.get_by_role("link", name="Completed: What AWS is")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/aws/what-aws-is/")


def test_a_goal_is_set_and_taken_back(page_of):
    page = page_of("mia")
    page.goto("/day/")
    page.get_by_label("How many").fill("3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("progressbar", name="Lessons").last).to_be_visible()
    expect(page.locator("section[aria-labelledby='week']")).to_contain_text("of 3")
    page.get_by_text("Goal of a week").click()
    page.get_by_label("How many").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("section[aria-labelledby='week']")).to_contain_text("Set yourself a goal")
