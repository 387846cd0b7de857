"""Journey 5 whole, as one walk: an instructor finds who is stuck, reads, comments, decides, writes
to all who make the mistake, has old answers judged again and takes the marks along. The learner
sees each of it. What each step can do besides is in the tests of its own page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import sign_in
from tests.e2e.regrading import until

LAB = "Deny wins"
COMMENT = "This statement takes away what the first one gives."
NOTE = "Look which statement decides: one Deny is enough."
WHY = "The text can be read as you did."


def find_the_stuck_one(tom: Page) -> None:
    """From the cohort's first page to the answer of whoever needs help most, by two links."""
    tom.goto("/cohorts/demo/")
    card = tom.locator("#help li.card", has_text="Stuck").first
    expect(card).to_contain_text("Sam Santos")
    expect(card).to_contain_text(LAB)
    card.get_by_role("link", name=re.compile("^Look at the latest attempt")).click()
    expect(tom.get_by_role("heading", name="The answer")).to_be_visible()


def comment(tom: Page, words: str) -> None:
    tom.locator("#L1").click()
    tom.get_by_label("Your words").fill(words)
    tom.get_by_role("button", name="Comment", exact=True).click()
    expect(tom.get_by_text(words)).to_be_visible()


def decide(tom: Page) -> None:
    tom.get_by_text("Override the verdict").click()
    tom.get_by_label("Your verdict").select_option("passed")
    tom.locator("#decide").get_by_label("Why").last.fill(WHY)
    tom.get_by_role("button", name="Decide", exact=True).click()
    expect(tom.get_by_role("heading", name="Passed", exact=True)).to_be_visible()


def write_to_the_group(tom: Page) -> str:
    """The page of the mistake."""
    tom.goto("/cohorts/demo/radar/")
    tom.locator("tbody tr", has_text=LAB).first.locator("th a").click()
    expect(tom.locator("section[aria-labelledby=who]")).to_contain_text("Sam Santos")
    tom.get_by_label("What you want to say to them").fill(NOTE)
    tom.get_by_role("button", name="Say it to the group").click()
    expect(tom.get_by_text(NOTE).first).to_be_visible()
    return tom.url


def judge_again(tom: Page) -> str:
    """The page of the regrade."""
    tom.goto("/labs/deny-wins/")
    tom.get_by_role("link", name="See which").click()
    tom.get_by_role("button", name="Start a dry run").click()
    until(tom, "Dry run done")
    row = tom.locator("li.card", has_text="Sam Santos").filter(has_text="Passes now").first
    expect(row).to_contain_text("is allowed by team.json")
    tom.get_by_label("Why").fill("It asked for more than its text says.")
    tom.get_by_role("button", name="Apply this dry run").click()
    until(tom, "Applied")
    return tom.url


def export(tom: Page, ending: str) -> bytes:
    tom.goto("/cohorts/demo/exports/")
    link = tom.get_by_role("link", name=f"Gradebook: {ending}")
    with tom.expect_event("download", timeout=20_000) as waiting:
        link.click()
    return Path(waiting.value.path()).read_bytes()


def score_of(rows: list[list[str]], name: str) -> str:
    column = next(number for number, title in enumerate(rows[0]) if LAB in str(title))
    return next(str(row[column]) for row in rows[1:] if name in row)


@pytest.mark.parametrize("width", [1280, 390])
def test_5_an_instructor_helps_whoever_is_stuck_and_takes_the_marks_along(
    page_of: Callable[..., Page], changed_lab: str, width: int
) -> None:
    settings = {"viewport": {"width": width, "height": 844}}
    tom, sam = page_of("", **settings), page_of("sam", **settings)
    sign_in(tom, "tom@demo.example")  # only then: what leaves the portal asks for it again
    find_the_stuck_one(tom)
    answer = tom.url
    attempt = "/labs/attempts/" + answer.split("/submissions/")[1]
    words = f"{COMMENT} ({width})"  # a comment stays
    comment(tom, words)
    sam.goto(attempt)
    expect(sam.locator("li.card", has_text=words)).to_contain_text("Line 1")

    mistake = write_to_the_group(tom)
    sam.goto("/day/")
    expect(sam.get_by_text(NOTE)).to_be_visible()
    sam.goto(attempt)
    expect(sam.get_by_text(NOTE)).to_be_visible()

    tom.goto(answer)
    decide(tom)
    sam.reload()
    expect(sam.locator(".verdict")).to_contain_text("An instructor decided this verdict.")
    expect(sam.locator(".verdict")).to_contain_text(WHY)

    regrade = judge_again(tom)
    sam.goto("/day/")
    again = sam.get_by_role("region", name="Checked again")
    expect(again.get_by_role("listitem").filter(has_text="Passes now").first).to_contain_text(LAB)

    rows = list(csv.reader(io.StringIO(export(tom, "CSV").decode("utf-8-sig"))))
    assert score_of(rows, "Sam Santos") == "100"
    sheet = openpyxl.load_workbook(io.BytesIO(export(tom, "XLSX"))).active
    assert score_of([[*row] for row in sheet.values], "Sam Santos") == "100"
    tom.goto("/cohorts/demo/log/")
    expect(tom.get_by_role("main")).to_contain_text("gradebook.xlsx")

    assert tom.evaluate("document.documentElement.scrollWidth") <= width
    put_back(tom, answer, mistake, regrade)


def put_back(tom: Page, answer: str, mistake: str, regrade: str) -> None:
    """As it was, for the other journeys: each step can be undone."""
    tom.goto(regrade)
    tom.get_by_text("Let the verdicts from before count again").click()
    tom.get_by_label("Why").fill("For the next walk.")
    tom.get_by_role("button", name="Undo this regrade").click()
    until(tom, "Undone")
    tom.goto(answer)
    tom.get_by_text("Withdraw the override").first.click()
    tom.locator("#decide").get_by_label("Why").first.fill("For the next walk.")
    tom.get_by_role("button", name="Withdraw the override").click()
    tom.goto(mistake)
    tom.get_by_role("button", name=re.compile("^Withdraw")).first.click()
