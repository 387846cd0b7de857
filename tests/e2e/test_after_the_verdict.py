"""The lab page once an answer is handed in: the verdict is in view, says when it is old,
and earlier texts come back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import fill_answer, solution_on, verdict

SLUG = "read-one-bucket"
LAB = f"/labs/{SLUG}/"
WIDE = {"width": 1280, "height": 800}
SMALL = {"width": 390, "height": 844}
PageOf = Callable[..., Page]


def answer(bucket: str) -> str:
    statement = (
        f'{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{bucket}/*"}}'
    )
    return f'{{"Version": "2012-10-17", "Statement": [\n{statement}\n]}}'


def open_editor(page: Page) -> Locator:
    page.goto(LAB)
    tab = page.locator(".lab-tabs label", has=page.locator("[value=editor]"))
    expect(page.locator(".cm-content")).to_be_attached()
    if tab.is_visible():
        tab.click()
    return page.locator(".cm-content")


def hand_in(page: Page, text: str) -> None:
    fill_answer(page, text)
    page.keyboard.press("Control+Enter")


def top_of(target: Locator) -> float:
    box = target.bounding_box()
    assert box is not None
    return box["y"]


def text_in(page: Page) -> str:
    return page.locator("#answer").input_value()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
@pytest.mark.parametrize("viewport", [WIDE, SMALL], ids=["wide", "small"])
def test_the_verdict_comes_into_view_and_is_announced(
    page_of: PageOf, viewport: dict[str, int], motion: str
) -> None:
    page = page_of("sam", viewport=viewport, reduced_motion=motion)
    open_editor(page)
    hand_in(page, answer(f"in-view-{viewport['width']}-{motion}"))
    title = verdict(page, "failed").locator(".verdict-title")
    page.wait_for_function(
        "() => { const {top, bottom} = document.querySelector('.verdict-title')"
        ".getBoundingClientRect(); return top > 50 && bottom < innerHeight / 2; }"
    )
    expect(title).to_be_in_viewport()
    expect(page.locator("#verdict-news")).to_contain_text("Not yet.")
    if viewport is WIDE:  # the caret stays
        expect(page.locator(".cm-content")).to_be_focused()
    else:  # the editor is not to be seen any more
        expect(page.locator("[data-part=verdict].lab-pane")).to_be_focused()


@pytest.mark.parametrize("viewport", [WIDE, SMALL], ids=["wide", "small"])
def test_whoever_goes_on_typing_is_left_in_peace(page_of: PageOf, viewport: dict[str, int]) -> None:
    page = page_of("sam", viewport=viewport)
    editor = open_editor(page)
    slow = "**/submit/"
    page.route(slow, lambda route: (page.wait_for_timeout(500), route.continue_()))
    hand_in(page, answer(f"typing-on-{viewport['width']}"))
    page.keyboard.type("  ")
    there = page.get_by_role("link", name="To the verdict")
    expect(there).to_be_visible(timeout=15_000)
    expect(page.locator("#verdict .verdict[data-state=failed]")).to_be_attached(timeout=15_000)
    expect(editor).to_be_focused()
    expect(page.locator("#verdict-news")).to_contain_text("Not yet.")
    page.keyboard.type(" ")
    there.click()
    expect(page.locator("#verdict .verdict-title")).to_be_in_viewport()
    expect(page.locator("[data-part=verdict].lab-pane")).to_be_focused()
    page.unroute(slow)


def test_a_verdict_says_while_it_is_old(page_of: PageOf) -> None:
    page = page_of("sam")
    editor = open_editor(page)
    hand_in(page, answer("grows-old"))
    verdict(page, "failed")
    old = page.locator("[data-old-verdict]")
    expect(old).to_be_hidden()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    expect(old).to_contain_text("not about what stands in the editor now.")
    expect(old).to_be_visible()
    page.keyboard.press("Backspace")
    expect(old).to_be_hidden()
    page.keyboard.type(" ")
    expect(page.locator("[data-draft-state]")).to_contain_text("Saved")
    page.reload()
    expect(old).to_be_visible()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    expect(old).to_be_hidden()


def test_an_earlier_answer_comes_back_and_what_was_typed_with_it(page_of: PageOf) -> None:
    page = page_of("sam")
    open_editor(page)
    with page.expect_response(f"**{LAB}attempts/"):  # the list has it
        hand_in(page, answer("comes-back"))
    verdict(page, "failed")
    fill_answer(page, '{"typed": "a moment ago, not saved yet"}')
    page.get_by_role("button", name="Bring back").first.click()
    expect(page.locator("#answer")).to_have_value(answer("comes-back"))
    expect(page.locator(".cm-content")).to_be_visible()
    assert page.url.endswith(LAB)
    expect(page.locator("#draft-offer")).to_be_hidden()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#answer")).to_have_value('{"typed": "a moment ago, not saved yet"}')


def test_one_starts_again_and_can_go_back(page_of: PageOf) -> None:
    page = page_of("sam", viewport=SMALL)
    open_editor(page)
    fill_answer(page, '{"typed": "before"}')
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("#answer")).not_to_have_value('{"typed": "before"}')
    expect(page.locator(".cm-content")).to_be_visible()  # this part of the page, not the task
    assert "s3:ListBucket" in text_in(page)
    page.get_by_role("link", name="All texts that were kept").click()
    expect(page.locator("main pre").first).to_contain_text('{"typed": "before"}')
    page.get_by_role("button", name="Bring it back").first.click()
    expect(page.locator("#answer")).to_have_value('{"typed": "before"}')


def test_a_lost_line_while_starting_again_loses_nothing(
    page_of: PageOf, problems: list[str]
) -> None:
    page = page_of("sam")
    open_editor(page)
    page.context.set_offline(True)
    fill_answer(page, '{"typed": "offline, then start again"}')
    page.get_by_role("button", name="Start again").click()
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    open_editor(page)
    expect(page.locator("#answer")).to_have_value('{"typed": "offline, then start again"}')
    problems.clear()


def test_texts_come_back_without_javascript(page_of: PageOf) -> None:
    page = page_of("sam", java_script_enabled=False)
    page.goto(LAB)
    page.locator("#answer").fill("typed without a script")
    page.get_by_role("button", name="Start again").click()
    assert "s3:ListBucket" in text_in(page)
    page.get_by_role("button", name="Bring it back").click()
    assert text_in(page) == "typed without a script"


def test_after_a_pass_the_page_leads_on_and_offers_another_variant(page_of: PageOf) -> None:
    page = page_of("sam")
    open_editor(page)
    solution = solution_on(page, SLUG)
    hand_in(page, solution)
    passed = verdict(page, "passed")
    expect(passed.get_by_role("link", name="Next:")).to_be_visible()
    expect(passed.get_by_text("Back to the lesson:")).to_be_visible()
    passed.get_by_role("link", name="Compare with our solution").click()
    mine = page.locator("section", has=page.locator("#mine-title"))
    model = page.locator("section", has=page.locator("#model-title"))
    assert top_of(mine) == top_of(model)  # side by side
    page.set_viewport_size(SMALL)
    assert top_of(mine) < top_of(model)
    page.set_viewport_size(WIDE)
    page.goto(LAB)
    task = page.locator("[data-part=statement] .prose").first.inner_text()
    page.get_by_role("button", name="Practise with another variant").click()
    expect(page.locator("#answer")).not_to_have_value(solution)
    assert page.locator("[data-part=statement] .prose").first.inner_text() != task
    expect(page.locator("[data-old-verdict]")).to_be_visible()
