"""Drawings in a real browser: every word of them can be read, and steps are gone through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lessons.drawing import files
from lessons.svg import read_svg

LESSON = "/learn/aws/kinds-of-load-balancers/"
UNREADABLE = Path(__file__).with_name("unreadable.js").read_text(encoding="utf-8")


@pytest.fixture
def lesson(page_of: Callable[..., Page]) -> Page:
    page = page_of("lea", reduced_motion="reduce")
    page.goto(LESSON)
    return page


def test_every_word_of_every_drawing_can_be_read(lesson):
    """In the portal's own type: another one is wider or narrower."""
    faults = {}
    for name, text in files():
        drawing = read_svg(text)
        svg = lesson.locator("figure.drawing svg:visible").first
        svg.evaluate(
            "(svg, [size, inside]) => {"
            " svg.setAttribute('viewBox', size); svg.innerHTML = inside }",
            [f"0 0 {drawing.width} {drawing.height}", drawing.inside],
        )
        faults[name] = svg.evaluate(UNREADABLE)
    assert {name: found for name, found in faults.items() if found} == {}


def test_steps_are_gone_through_by_keyboard_and_said_aloud(lesson):
    steps = lesson.locator("[data-steps]").first
    said = steps.get_by_role("status")
    expect(steps.locator("svg:visible")).to_have_count(1)
    expect(said).to_contain_text("Step 1 of 4")
    steps.get_by_role("button", name="Next").focus()
    lesson.keyboard.press("Enter")
    lesson.keyboard.press("Enter")
    expect(said).to_contain_text("Step 3 of 4")
    expect(said).to_contain_text("B is unhealthy")
    expect(steps.locator("svg:visible")).to_have_count(1)
    steps.get_by_role("button", name="Back").press("Space")
    expect(said).to_contain_text("Step 2 of 4")


def test_the_ends_of_the_steps_are_ends(lesson):
    steps = lesson.locator("[data-steps]").first
    back, ahead = (steps.get_by_role("button", name=name) for name in ("Back", "Next"))
    expect(back).to_have_attribute("aria-disabled", "true")
    for _ in range(6):
        ahead.press("Enter")
    expect(steps.get_by_role("status")).to_contain_text("Step 4 of 4")
    expect(ahead).to_have_attribute("aria-disabled", "true")


def test_on_paper_all_steps_are_shown(lesson):
    steps = lesson.locator("[data-steps]").first
    lesson.emulate_media(media="print")
    expect(steps.locator("svg:visible")).to_have_count(4)


def test_without_scripts_all_steps_stand_below_each_other(page_of):
    page = page_of("lea", java_script_enabled=False)
    page.goto(LESSON)
    steps = page.locator("[data-steps]").first
    expect(steps.locator("svg:visible")).to_have_count(4)
    expect(steps.locator("li > p").nth(2)).to_be_visible()
    expect(steps.get_by_role("button")).to_have_count(0)


def test_of_what_a_terminal_shows_the_commands_are_copied(page_of):
    page = page_of("lea", permissions=["clipboard-read", "clipboard-write"])
    page.goto("/learn/aws/elastic-ips/")
    block = page.locator(".highlight", has_text="associate-address").first
    block.hover()
    block.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").strip().splitlines()
    assert copied == [
        "aws ec2 allocate-address --domain vpc",
        r"aws ec2 associate-address --instance-id i-0123456789abcdef0 \ ".strip(),
        "    --allocation-id eipalloc-0123456789abcdef0",
    ]
