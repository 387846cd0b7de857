"""What counts as read: a section that was before one's eyes for 20 s, or scrolled through."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

LESSON = "/learn/aws/eks/"
LAST = "/learn/aws/lambda/"


@pytest.fixture
def page(page_of) -> Page:
    """Of somebody who has read nothing; a second lasts as long as the test says."""
    page: Page = page_of("mia", reduced_motion="reduce", viewport={"width": 1400, "height": 700})
    page.clock.install()
    page.goto(LAST)
    return page


def ticks(page: Page):
    return page.locator("[data-contents] li:has(.read-mark)")


def test_a_glance_is_not_reading(page):
    page.clock.run_for(2000)
    page.mouse.wheel(0, 20000)
    page.clock.run_for(2000)
    page.goto(LAST)
    expect(ticks(page)).to_have_count(0)


def test_twenty_seconds_are_and_one_continues_there(page):
    page.locator("#benefits-of-aws-lambda").evaluate("heading => heading.scrollIntoView()")
    with page.expect_request(re.compile("/place/$")):
        for _second in range(35):
            page.clock.run_for(1000)
    expect(ticks(page).filter(has_text="Benefits of AWS Lambda")).to_have_count(1)
    page.reload()
    expect(ticks(page).filter(has_text="Benefits of AWS Lambda")).to_have_count(1)
    page.goto("/learn/aws/")
    page.get_by_role("link", name=re.compile("^Continue")).click()
    expect(page).to_have_url(re.compile(f"{LAST}#[a-z-]+$"))


def test_scrolling_through_at_a_readers_pace_is_reading(page):
    before = ticks(page).count()
    for _step in range(40):
        page.mouse.wheel(0, 120)
        page.clock.run_for(2500)
    assert ticks(page).count() > before


def test_keys_go_from_section_to_section_and_do_not_disturb_typing(page_of):
    page = page_of("sam", reduced_motion="reduce")
    page.goto(LESSON)
    focused = page.locator(":focus")
    page.keyboard.press("j")
    expect(focused).to_contain_text("Amazon Elastic Kubernetes Service")
    page.keyboard.press("j")
    expect(focused).to_contain_text("What is EKS")
    page.keyboard.press("k")
    expect(focused).to_contain_text("Amazon Elastic Kubernetes Service")
    page.keyboard.press("b")
    expect(focused).to_have_role("textbox")
    page.keyboard.type("jkb")
    expect(focused).to_have_value("jkb")


# --- On a telephone -------------------------------------------------------------------------------

# What is wider than its place: (tag, whether the keyboard reaches it, role, name)
WIDE = """() => [...document.querySelectorAll("main :not(textarea)")]
  .filter(one => one.scrollWidth > one.clientWidth + 1)
  .filter(one => ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
  .map(one => [one.tagName, one.tabIndex === 0, one.role, one.ariaLabel])"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_wide_tables_and_code_scroll_by_themselves_and_by_keyboard(page_of):
    page = page_of("lea", reduced_motion="reduce", viewport={"width": 390, "height": 844})
    page.goto("/learn/aws/")
    links = page.locator(".lesson-list li > a")
    wide = []
    for lesson in links.evaluate_all("links => links.map(link => link.pathname)"):
        page.goto(lesson)
        assert page.evaluate(SIDEWAYS) <= 0, lesson
        wide += [(lesson, *one) for one in page.evaluate(WIDE)]
    assert {one[1] for one in wide} == {"DIV", "PRE"}
    assert [one for one in wide if not one[2]] == []
    assert [one for one in wide if one[1] == "DIV" and not (one[3] == "region" and one[4])] == []
    lesson, *_rest, name = next(one for one in wide if one[1] == "DIV")
    page.goto(lesson)
    table = page.get_by_role("region", name=name, exact=True)
    table.focus()
    page.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)
