"""The grid of a cohort in a browser: arrow keys, links without a script, and a small screen."""

from __future__ import annotations

from playwright.sync_api import Page, expect

GRID = "/cohorts/demo/"


def place(page: Page) -> list[int]:
    """Row and column of the cell that has the focus."""
    return page.evaluate(
        "(() => { const cell = document.activeElement.closest('td, th');"
        " return [cell.parentElement.rowIndex, cell.cellIndex]; })()"
    )


def test_arrow_keys_go_from_cell_to_cell(page_of) -> None:
    page = page_of("tom")
    page.goto(GRID)
    page.locator("table[data-arrows] tbody a").first.focus()
    rows = page.locator("table[data-arrows] tbody tr")
    end = [rows.count() + 1, rows.first.evaluate("row => row.cells.length - 1")]
    end_of_column = [min(11, rows.count() + 1), 5]
    for key, where in (
        ("ArrowRight", [2, 4]),
        ("ArrowDown", [3, 4]),
        ("ArrowRight", [3, 5]),
        ("ArrowUp", [2, 5]),
        ("Home", [2, 0]),
        ("ArrowLeft", [2, 0]),
        ("Control+End", end),
        ("ArrowDown", end),
        ("Control+Home", [2, 0]),
        ("ArrowUp", [1, 4]),  # the first column whose name is a link
        ("ArrowRight", [1, 5]),
        ("ArrowDown", [2, 5]),
        ("ArrowUp", [1, 5]),
        ("PageDown", end_of_column),
    ):
        page.keyboard.press(key)
        assert place(page) == where, key


def test_one_tab_goes_in_and_one_out(page_of) -> None:
    page = page_of("tom")
    page.goto(GRID)
    assert page.locator("table[data-arrows] a:not([tabindex='-1'])").count() == 1
    page.locator("table[data-arrows] tbody a").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert not page.evaluate("!!document.activeElement.closest('table[data-arrows] tbody')")
    page.keyboard.press("Shift+Tab")
    assert place(page) == [2, 4]


def test_a_cell_opens_its_story_and_arrows_lead_on(page_of) -> None:
    page = page_of("tom")
    page.goto(GRID)
    page.locator("tbody tr", has_text="Sam Santos").locator("td[data-state=failed] a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sam Santos")
    expect(page.get_by_role("region", name="Table of attempts").locator("tbody tr")).to_have_count(
        4
    )
    before = page.url
    page.wait_for_load_state()  # until scripts hear keys
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda address: address != before)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(before)


def test_names_and_titles_stay_while_one_scrolls(page_of) -> None:
    page = page_of("tom")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(GRID)
    region = page.get_by_role("region", name="Learners, lessons and labs")
    region.scroll_into_view_if_needed()
    region.evaluate("box => box.scrollTo(600, 0)")
    name = page.locator("table[data-arrows] tbody th").first
    left = region.bounding_box()["x"]
    assert left - 1 <= name.bounding_box()["x"] <= left + 2
    assert name.bounding_box()["width"] < 160
