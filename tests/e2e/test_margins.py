"""A bookmark and a note beside a section: by keyboard, while typing, from two tabs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

LESSON = "/learn/aws/instance-types-and-prices/"
SECTION = "EC2 Instances Types"


def open_margin(page: Page, section: str = SECTION) -> None:
    page.get_by_role("link", name=f"note: “{section}”").press("Enter")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()


@pytest.fixture
def page(page_of) -> Page:
    page: Page = page_of("lea", reduced_motion="reduce")
    page.goto(LESSON)
    return page


def test_a_note_is_saved_while_it_is_typed_and_shown_beside_its_section(page):
    open_margin(page)
    page.keyboard.type("m for everything")
    expect(page.locator("[id^=state-]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(".margin-note")).to_contain_text("m for everything")
    open_margin(page)
    page.get_by_role("checkbox", name="Bookmark this section").check()
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_role("link", name=f"note: “{SECTION}”")).to_be_focused()
    page.goto("/learn/aws/margin/")
    expect(page.locator("main li")).to_contain_text(["m for everything"])
    page.get_by_role("link", name=SECTION, exact=True).click()
    expect(page).to_have_url(f"{page.url.split('/learn')[0]}{LESSON}#ec2-instances-types")


def test_a_note_that_is_opened_again_goes_on_at_its_end(page):
    section = "What's an EBS Volume?"
    page.goto("/learn/aws/disks-and-images/")
    open_margin(page, section)
    page.keyboard.type("one year")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    open_margin(page, section)
    page.keyboard.type(" or three")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("one year or three")


def test_a_note_that_opens_as_a_page_is_saved_and_goes_on_at_its_end(page):
    page.goto("/learn/aws/shared-files/")
    address = page.get_by_role("link", name="note: “").first.get_attribute("href")
    for typed in ("one year", " or three"):
        page.goto(address)
        expect(page.get_by_role("textbox", name="Note")).to_be_focused()
        page.keyboard.type(typed)
        page.get_by_role("button", name="Save", exact=True).press("Enter")
        page.wait_for_url("**/shared-files/#*")
    expect(page.locator(".margin-note")).to_contain_text("one year or three")


def test_what_was_typed_last_is_saved_as_one_goes_on(page):
    page.goto("/learn/aws/disks-and-images/")
    open_margin(page, "AMI Overview")
    page.keyboard.type("leaving")
    page.get_by_role("link", name="Labs", exact=True).click()
    page.wait_for_url("**/labs/")
    page.goto("/learn/aws/margin/")
    expect(page.get_by_role("main")).to_contain_text("leaving")


def test_two_tabs_lose_nothing(page):
    section = "EC2 Instances Purchasing Options"
    other = page.context.new_page()
    other.goto(LESSON)
    for tab in (page, other):
        open_margin(tab, section)
    page.keyboard.type("from here")
    expect(page.locator("[id^=state-]")).to_contain_text("Saved")
    other.keyboard.type("from there")
    expect(other.locator("blockquote")).to_have_text("from here")
    other.get_by_role("button", name="Keep both texts").click()
    expect(other.locator(".margin-note").last).to_contain_text("from herefrom there")
