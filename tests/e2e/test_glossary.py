"""A word of the glossary explained where it stands: by keyboard, by finger, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

LESSON = "/learn/aws/security-groups/"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_word_is_explained_by_keyboard_and_gives_the_focus_back(page_of, scripts):
    page = page_of("lea", java_script_enabled=scripts)
    page.goto(LESSON)
    word = page.get_by_role("button", name="network ACL", exact=True)
    box = page.get_by_role("dialog", name="Network ACL")
    expect(box).to_be_hidden()
    word.press("Enter")
    expect(box).to_contain_text("A firewall at the border of a subnet.")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(word).to_be_focused()


def test_an_explanation_fits_a_telephone_and_leads_to_the_glossary(page_of):
    page = page_of("lea", viewport={"width": 390, "height": 844})
    page.goto(LESSON)
    page.get_by_role("button", name="EC2 instances", exact=True).click()
    box = page.get_by_role("dialog", name="EC2 instance")
    place = box.bounding_box()
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 390
    assert place["y"] + place["height"] <= 844
    box.get_by_role("link", name="Glossary").click()
    expect(page.locator(":target")).to_contain_text("EC2 instance")


def test_typing_filters_the_glossary_and_the_address_keeps_it(page_of):
    page = page_of("lea")
    page.goto("/learn/aws/glossary/")
    page.get_by_role("searchbox", name="Filter the words").fill("nlb")
    expect(page.locator("#terms dt")).to_have_count(1)
    expect(page.locator("#term-count")).to_contain_text("1 word")
    expect(page.get_by_role("searchbox", name="Filter the words")).to_be_focused()
    page.reload()
    expect(page.locator("#terms dt")).to_contain_text("Network Load Balancer")
