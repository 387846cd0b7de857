"""A lab changes: the plan says whose verdicts may change, an instructor tries it dry, applies it,
the learner reads it, and it is undone. Without scripts, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.regrading import until

LAB = "/labs/deny-wins/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_lab_changes_and_its_verdicts_follow(
    page_of: Callable[..., Page], changed_lab: str, scripts: bool, width: int
) -> None:
    settings = {"java_script_enabled": scripts, "viewport": {"width": width, "height": 844}}
    tom, sam = page_of("tom", **settings), page_of("sam", **settings)
    assert "lab deny-wins: judges anew (" in changed_lab
    assert "verdicts were given by another version and may change)" in changed_lab

    tom.goto(LAB)
    tom.get_by_role("link", name="See which").click()
    tom.get_by_role("button", name="Start a dry run").click()
    until(tom, "Dry run done", scripts=scripts)
    row = tom.locator("li.card", has_text="Sam Santos").filter(has_text="Passes now")
    expect(row).to_contain_text("is allowed by team.json")
    expect(row).to_contain_text("Every check passes.")
    tom.get_by_label("Why").fill("It asked for more than its text says.")
    tom.get_by_role("button", name="Apply this dry run").click()
    until(tom, "Applied", scripts=scripts)

    sam.goto("/day/")
    again = sam.get_by_role("region", name="Checked again")
    again.get_by_role("listitem").filter(has_text="Passes now").get_by_role("link").click()
    expect(sam.get_by_role("heading", name="Passed", exact=True)).to_be_visible()
    expect(sam.get_by_text("passed now.")).to_be_visible()
    expect(sam.get_by_text("It asked for more than its text says.")).to_be_visible()

    tom.get_by_text("Let the verdicts from before count again").click()
    tom.get_by_label("Why").fill("Its text is what was wrong.")
    tom.get_by_role("button", name="Undo this regrade").click()
    until(tom, "Undone", scripts=scripts)
    sam.reload()
    expect(sam.get_by_role("heading", name="Not yet", exact=True)).to_be_visible()
    expect(sam.get_by_text("Its text is what was wrong.")).to_be_visible()
