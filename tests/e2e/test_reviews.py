"""Journey 5, in a browser: an instructor reads an answer, turns to the next by a key, comments a
line and decides; the learner asks, reads it and answers. All of it without scripts, too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

MINE = "/cohorts/demo/submissions/"


def open_failed(page: Page, of: str) -> None:
    """The last answer of somebody that did not pass, by the links of the cohort's pages."""
    page.goto("/cohorts/demo/")
    page.get_by_role("link", name=of).first.click()
    row = page.locator("table tr", has_text="Not yet").filter(
        has=page.locator(f"a[href*='{MINE}']")
    )
    row.first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="The answer")).to_be_visible()


def attempt_of(page: Page) -> str:
    return "/labs/attempts/" + re.search(r"submissions/(\d+)", page.url)[1] + "/"


def test_arrow_keys_turn_pages_and_do_their_own_work_in_a_form(page_of):
    tom = page_of("tom")
    open_failed(tom, "Sam Santos")
    here = tom.url
    tom.get_by_role("link", name="This learner").click()
    tom.wait_for_url("**in=learner")
    tom.keyboard.press("ArrowRight")
    tom.wait_for_url(lambda url: url.split("?")[0] != here.split("?")[0])
    assert "in=learner" in tom.url
    tom.keyboard.press("ArrowLeft")
    tom.wait_for_url(lambda url: url.split("?")[0] == here.split("?")[0])
    tom.get_by_label("Your words").focus()
    tom.keyboard.press("ArrowRight")
    tom.wait_for_timeout(300)
    assert tom.url.split("?")[0] == here.split("?")[0]


def test_a_click_on_a_line_begins_a_comment_about_it(page_of):
    tom = page_of("tom")
    open_failed(tom, "Sam Santos")
    tom.locator("#L1").click()
    expect(tom.get_by_label("About line")).to_have_value("1")
    expect(tom.get_by_label("Your words")).to_be_focused()
    tom.keyboard.insert_text("What about **this** line?")
    tom.get_by_role("button", name="Comment", exact=True).click()
    expect(tom.get_by_text("What about this line?")).to_be_visible()
    expect(tom.locator("#L1")).to_have_attribute("data-marked", "")
    sam = page_of("sam")
    sam.goto(attempt_of(tom))
    expect(sam.locator("li.card", has_text="What about this line?")).to_contain_text("Line 1")


def test_a_list_shows_what_is_done_and_what_is_not(page_of):
    tom = page_of("tom")
    open_failed(tom, "Sam Santos")
    tom.get_by_label("Your words").fill("- [x] read\n- [ ] written")
    tom.get_by_role("button", name="Comment", exact=True).click()
    tasks = tom.locator(".prose li:has(.task)", has_text=re.compile("read|written"))
    expect(tasks).to_have_text(["Done: read", "To do: written"])
    signs = tasks.locator(".task").evaluate_all(
        """tasks => tasks.map(task => [
          getComputedStyle(task, "::before").maskImage, task.getBoundingClientRect().width])"""
    )
    assert all(mask.startswith("url(") and width >= 8 for mask, width in signs)
    assert signs[0][0] != signs[1][0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("width", [1280, 390])
def test_5_ask_answer_decide_and_withdraw(page_of, scripts: bool, width: int):
    settings = {"java_script_enabled": scripts, "viewport": {"width": width, "height": 844}}
    tom, mia = page_of("tom", **settings), page_of("mia", **settings)
    open_failed(tom, "Mia Miller")
    attempt, here = attempt_of(tom), tom.url
    mia.goto(attempt)
    mia.get_by_role("link", name="Ask for a second look").click()
    if mia.get_by_role("button", name="I need no answer any more").count() == 0:
        mia.get_by_label("Your words").fill("It does the same, does it not?")
        mia.get_by_role("button", name="Send").click()
    expect(mia.get_by_text("Open", exact=True)).to_be_visible()

    tom.goto("/cohorts/demo/queue/")
    tom.locator("tr", has_text="Mia Miller").get_by_role("link").first.click()
    expect(tom.get_by_text("It does the same, does it not?")).to_be_visible()
    tom.get_by_role("button", name="I answer it").click()
    expect(tom.get_by_text("given to Tom Teacher", exact=True)).to_be_visible()
    tom.get_by_role("link", name="Answer, verdict and decision").click()
    if scripts:
        tom.locator("#same-count").scroll_into_view_if_needed()
        expect(tom.locator("#same-count")).to_contain_text("of this cohort")
    tom.get_by_text("Override the verdict").click()
    tom.get_by_label("Your verdict").select_option("passed")
    tom.locator("#decide").get_by_label("Why").last.fill("You are right.")
    tom.get_by_role("button", name="Decide", exact=True).click()
    expect(tom.get_by_role("heading", name="Passed")).to_be_visible()

    mia.goto(attempt)
    expect(mia.locator(".verdict")).to_contain_text("An instructor decided this verdict.")
    expect(mia.locator(".verdict")).to_contain_text("You are right.")
    mia.goto("/reviews/")
    expect(mia.locator("tr", has_text="Second look").first).to_contain_text("Answered")
    mia.locator("tr", has_text="Second look").first.get_by_role("link").click()
    mia.get_by_role("button", name="I need no answer any more").click()

    tom.goto(here)
    tom.get_by_text("Withdraw the override").first.click()
    tom.locator("#decide").get_by_label("Why").first.fill("I misread it.")
    tom.get_by_role("button", name="Withdraw the override").click()
    expect(tom.get_by_role("heading", name="Not yet")).to_be_visible()
    assert tom.evaluate("document.documentElement.scrollWidth") <= width
    mia.goto(attempt)
    expect(mia.locator(".verdict")).to_contain_text(re.compile("decision was withdrawn"))
