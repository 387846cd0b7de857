"""Journey 5, the part about everybody: the cohort's first page names who needs help, the radar says
what is got wrong, and a note to the group reaches the learner. Without scripts, too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

NAMES = {"Lea Learner": "lea", "Mia Miller": "mia", "Sam Santos": "sam"}
TEXT = "A Deny beats every Allow: read the section again."


def write_to_the_first(tom: Page) -> str:
    """Whoever the list names first; the page that they find on their day."""
    first = tom.locator("main li.card").first
    name = first.get_by_role("heading").inner_text()
    first.get_by_role("link", name=re.compile("^Write")).click()
    tom.get_by_label("Your words").fill(f"Shall we look at it together, {name}?")
    tom.get_by_role("button", name="Send").click()
    expect(tom.get_by_text(f"Shall we look at it together, {name}?")).to_be_visible()
    return name


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("width", [1280, 390])
def test_5_find_the_stuck_one_and_write_to_them(page_of, scripts: bool, width: int):
    settings = {"java_script_enabled": scripts, "viewport": {"width": width, "height": 844}}
    tom = page_of("tom", **settings)
    tom.goto("/cohorts/demo/")
    help_section = tom.locator("#help")
    if scripts:
        expect(help_section.locator("li").first).to_contain_text(
            re.compile("failed|away|due and not done")
        )
    help_section.get_by_role("link", name=re.compile("^All|^Who is")).click()
    expect(tom.get_by_role("heading", name="Who needs you", level=1)).to_be_visible()
    assert tom.evaluate("document.documentElement.scrollWidth") <= width
    name = write_to_the_first(tom)
    learner = page_of(NAMES[name], **settings)
    learner.goto("/day/")
    learner.get_by_role("region", name="Written to you").get_by_role("link").first.click()
    expect(learner.get_by_text(f"Shall we look at it together, {name}?").first).to_be_visible()
    learner.get_by_role("button", name="I have read it").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_5_a_note_to_a_group_reaches_the_learner_and_can_be_withdrawn(page_of, width: int):
    settings = {"viewport": {"width": width, "height": 844}}
    tom = page_of("tom", **settings)
    tom.goto("/cohorts/demo/radar/")
    assert tom.evaluate("document.documentElement.scrollWidth") <= width
    tom.locator("tbody th a").first.click()
    name = tom.locator("section[aria-labelledby=who] li a").first.inner_text()
    tom.get_by_label("What you want to say to them").fill(TEXT)
    tom.get_by_role("button", name="Say it to the group").click()
    expect(tom.get_by_text(TEXT).first).to_be_visible()
    expect(tom.get_by_text(re.compile(r"Passed afterwards: 0 of \d+")).first).to_be_visible()
    group = tom.url

    learner = page_of(NAMES[name], **settings)
    learner.goto("/day/")
    expect(learner.get_by_text(TEXT)).to_be_visible()
    learner.get_by_role("link", name="Your latest attempt").first.click()
    expect(learner.get_by_text(TEXT)).to_be_visible()

    tom.goto(group)
    tom.get_by_role("button", name=re.compile("^Withdraw")).first.click()
    learner.goto("/day/")
    expect(learner.get_by_text(TEXT)).to_have_count(0)


def test_a_class_sees_answers_without_names_and_arrows_turn_the_pages(page_of):
    tom = page_of("tom")
    tom.goto("/cohorts/demo/radar/")
    tom.locator("tbody th a").first.click()
    tom.get_by_role("link", name="Show it to the class").click()
    answers = tom.locator("main article pre")
    expect(answers.first).to_be_visible()
    for name in NAMES:
        expect(tom.get_by_role("main")).not_to_contain_text(name)
    if tom.locator("a[rel=next]").count():
        tom.keyboard.press("ArrowRight")
        tom.wait_for_url("**page=2**")
