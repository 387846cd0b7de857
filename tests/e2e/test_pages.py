"""Every page kind, light and dark, wide and narrow: axe finds nothing, nothing overflows,
the console is silent."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.faults import all_faults, faults
from tests.pages import PAGES, PageKind

PLACES: dict[str, str] = {}


def fill_in(kind: PageKind, page_of: Callable[..., Page]) -> str:
    if "{" not in kind.path:
        return kind.path
    if not PLACES:
        PLACES.update(find_places(page_of))
    return kind.path.format(**PLACES)


def find_places(page_of: Callable[..., Page]) -> dict[str, str]:
    """The ids of the demo, found by following links as people do."""
    lea, tom = page_of("lea", reduced_motion="reduce"), page_of("tom", reduced_motion="reduce")
    lea.goto("/learn/aws/")
    places = {
        "lesson": last_word(lea.locator("main a[href^='/learn/aws/']").last.get_attribute("href"))
    }
    lea.goto(f"/learn/aws/{places['lesson']}/")
    lea.goto(f"/quiz/aws/{places['lesson']}/")
    places["asked"] = lea.locator("#quiz .button").first.get_attribute("href")
    lea.goto(f"/learn/aws/{places['lesson']}/")
    places["margin"] = lea.locator(".margin-open").first.get_attribute("href")
    lea.goto("/day/")
    passed = lea.locator("main li", has_text="Passed").locator("a[href^='/labs/attempts/']").first
    places["attempt"] = last_word(passed.get_attribute("href"))
    passed.click()
    places["passed"] = re.search(r"/labs/([\w-]+)/solution/", lea.content()).group(1)
    lea.goto("/reviews/")
    asked = lea.locator("main a[href^='/reviews/questions/']").first
    places["question"] = last_word(asked.get_attribute("href"))
    tom.goto("/cohorts/demo/")
    row = tom.locator("tbody tr", has_text="Lea Learner")
    for kind in ("lab", "lesson"):
        cell = row.locator(f"a[href*='/{kind}-']").first
        places[f"{kind}_story"] = last_word(cell.get_attribute("href"))
    admin = page_of("admin", reduced_motion="reduce")
    admin.goto("/authoring/")
    change = admin.locator("main a[href*='/changes/']").first
    places["change"] = last_word(change.get_attribute("href"))
    link = row.get_by_role("link", name="Lea Learner")
    places["learner"] = last_word(link.get_attribute("href"))
    link.click()
    places["submission"] = last_word(
        tom.locator("a[href*='/submissions/']").first.get_attribute("href")
    )
    return places


def last_word(address: str) -> str:
    return address.split("#")[0].rstrip("/").rsplit("/", 1)[-1]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_can_be_used_by_everybody(name, page_of):
    kind = PAGES[name]
    path = fill_in(kind, page_of)
    page = page_of(kind.who, reduced_motion="reduce")
    page.goto(path)
    expect(page.locator(kind.landmark).first).to_be_visible()
    assert all_faults(page) == []


def test_a_lab_in_german_can_be_used_by_everybody(page_of):
    """The demo's lea has handed something in there, so that it has a verdict, too."""
    page = page_of("lea", reduced_motion="reduce", locale="de")
    page.goto("/labs/deny-wins/")
    expect(page.locator("h1[lang=de]", has_text="Deny gewinnt")).to_be_visible()
    expect(page.locator(".cm-content")).to_be_visible()
    assert all_faults(page) == []


@pytest.mark.parametrize("path", ["/no-such-page/", "/labs/no-such-lab/"])
def test_a_page_that_is_not_there_helps(page_of, path, problems):
    page = page_of("lea")
    assert page.goto(path).status == 404
    assert [faults(page, "light", 390), faults(page, "dark", 1280)] == [[], []]
    expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    problems.clear()  # the browser itself logs the 404
