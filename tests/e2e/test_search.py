"""Search by keys alone: `/` or Ctrl-K opens it, words are looked up while they are typed,
arrows and Enter lead on."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def dialog(page: Page):
    return page.get_by_role("dialog", name="Search")


def results(page: Page):
    return dialog(page).locator("#search-results a")


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_from_a_key_to_a_section(page_of, keys):
    page = page_of("lea")
    page.goto("/day/")
    page.keyboard.press(keys)
    expect(dialog(page).get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("inbound traff")
    expect(results(page).first).to_be_visible()
    expect(dialog(page).get_by_role("status")).to_contain_text(re.compile(r"\d results?"))
    page.keyboard.press("ArrowDown")
    expect(results(page).first).to_be_focused()
    target = results(page).first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    expect(page.locator(f"[id='{target.split('#')[1]}']")).to_be_in_viewport()


def test_arrows_go_through_lessons_and_labs_and_back_to_the_field(page_of):
    page = page_of("lea")
    page.goto("/day/")
    page.keyboard.press("/")
    page.keyboard.type("bucket")
    expect(results(page).first).to_be_visible()
    expect(dialog(page).locator("a[href^='/labs/']").first).to_be_visible()
    count = results(page).count()
    for number in range(count):
        page.keyboard.press("ArrowDown")
        expect(results(page).nth(number)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(count - 1)).to_be_focused()
    for _ in range(count):
        page.keyboard.press("ArrowUp")
    expect(dialog(page).get_by_role("searchbox")).to_be_focused()


def test_enter_in_the_field_shows_all_results_on_a_page(page_of):
    page = page_of("lea")
    page.goto("/day/")
    page.keyboard.press("/")
    page.keyboard.type("security group")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=security+group")
    expect(page).to_have_title(re.compile(r"\d+ results for “security group”"))
    expect(page.locator("main .results a").first).to_be_visible()


def test_escape_closes_and_the_focus_goes_back(page_of):
    page = page_of("lea")
    page.goto("/day/")
    link = page.get_by_role("banner").get_by_role("link", name="Search")
    link.focus()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).not_to_be_visible()
    expect(link).to_be_focused()


def test_a_result_on_the_same_page_closes_the_dialog(page_of):
    page = page_of("lea")
    page.goto("/learn/aws/security-groups/")
    page.keyboard.press("/")
    page.keyboard.type("security group good to know")
    expect(results(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog(page)).not_to_be_visible()


def test_the_single_key_is_silent_while_one_types_and_when_switched_off(page_of):
    page = page_of("lea")
    page.goto("/search/")
    page.locator("#search-asked").focus()
    page.keyboard.type("a/b")
    expect(page.locator("#search-asked")).to_have_value("a/b")
    expect(dialog(page)).not_to_be_visible()
    page.evaluate("document.activeElement.blur(); document.body.dataset.shortcuts = 'off'")
    page.keyboard.press("/")
    expect(dialog(page)).not_to_be_visible()
    page.keyboard.press("Control+k")
    expect(dialog(page)).to_be_visible()


def test_the_list_of_shortcuts_names_it(page_of):
    page = page_of("lea")
    page.goto("/day/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Search")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_dialog_can_be_used_by_everybody(page_of, scheme, width):
    page = page_of(
        "lea",
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport={"width": width, "height": 800},
    )
    page.goto("/day/")
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    page.keyboard.type("bucket")
    expect(results(page).first).to_be_visible()
    assert [row["id"] for row in Axe().run(page).response["violations"]] == []
    assert (
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        <= 0
    )


def test_without_javascript_the_link_and_the_form_do_it(page_of):
    page = page_of("lea", java_script_enabled=False)
    page.goto("/day/")
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search/")
    page.locator("#search-asked").fill("configure")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.locator("main .results a").first).to_be_visible()
    expect(page.locator("main mark").first).to_be_visible()
