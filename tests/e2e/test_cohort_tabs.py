"""The parts of a cohort on a phone, by keyboard, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("language", ["en", "de"])
def test_on_a_phone_they_take_two_lines(page_of, language: str):
    tom = page_of("tom", viewport={"width": 390, "height": 844}, locale=language)
    tom.goto("/cohorts/demo/members/")
    expect(tom.locator("html")).to_have_attribute("lang", language)
    line = tom.locator("nav.tabs > a").first.bounding_box()
    assert tom.locator("nav.tabs").bounding_box()["height"] < 2.5 * line["height"]
    for group in tom.locator("nav.tabs summary").all():
        group.click()
        assert tom.evaluate("document.documentElement.scrollWidth") <= 390
    expect(tom.locator("nav.tabs details[open]")).to_have_count(1)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_group_opens_by_keyboard(page_of, has_scripts: bool):
    tom = page_of("tom", java_script_enabled=has_scripts)
    tom.goto("/cohorts/demo/")
    people = tom.locator("nav.tabs summary").nth(1)
    expect(tom.get_by_role("link", name="Announcements", exact=True)).to_be_hidden()
    people.press("Enter")
    people.press("Tab")
    expect(tom.get_by_role("link", name="Members", exact=True)).to_be_focused()
    tom.keyboard.press("Tab")
    tom.keyboard.press("Enter")
    tom.wait_for_url("**/cohorts/demo/invitations/")
