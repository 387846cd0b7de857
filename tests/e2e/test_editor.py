"""The editor of the lab page, drafts that survive, lessons without a network, and the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import sign_in

LAB = "/labs/read-one-bucket/"
PageOf = Callable[..., Page]


def open_lab(page: Page, *, empty: bool = True) -> Locator:
    page.goto(LAB)
    editor = page.locator(".cm-content")
    expect(editor).to_be_visible()
    editor.click()
    if empty:
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
    return editor


def test_the_editor_completes_actions_and_condition_keys(page_of: PageOf) -> None:
    page = page_of("mia")
    open_lab(page)
    page.keyboard.type('{"Statement": [{"Action": "s3:GetObjectTagg')
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_contain_text("s3:GetObjectTagging")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.keyboard.press("Control+a")
    page.keyboard.type(
        '{"Statement": [{"Action": "s3:GetObject", "Condition": {"Bool": {"aws:SecureT'
    )
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_contain_text("aws:SecureTransport")


def test_the_servers_own_parser_marks_the_place_while_typing(page_of: PageOf) -> None:
    page = page_of("mia")
    open_lab(page)
    page.keyboard.type('{"Version": nothing')
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)


def test_a_verdict_marks_its_lines_until_they_are_edited(page_of: PageOf) -> None:
    page = page_of("mia")
    open_lab(page)
    statement = (
        '{"Effect": "Allow", "Action": "s3:DeleteObject", "Resource": '
        '"arn:aws:s3:::no-such-bucket/*"}'
    )
    page.keyboard.insert_text(f'{{"Version": "2012-10-17", "Statement": [\n{statement}\n]}}')
    page.keyboard.press("Control+Enter")
    expect(page.locator("#verdict .verdict[data-state=failed]")).to_be_visible(timeout=15_000)
    marked = page.locator(".cm-lintRange-error")
    expect(marked).to_have_text(statement)
    link = page.locator("#verdict a[data-mark]").first
    message = link.get_attribute("data-message")
    assert message
    link.click()
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("F8")
    expect(page.locator(".cm-tooltip-lint")).to_contain_text(message)
    page.reload()
    expect(marked).to_have_text(statement)
    page.locator("#verdict a[data-line]").first.click()
    page.keyboard.type(" ")
    expect(marked).to_have_count(0)


def test_formatting_changes_white_space_alone(page_of: PageOf) -> None:
    page = page_of("mia")
    open_lab(page)
    page.keyboard.insert_text('{"a":12345678901234567890,"a":[1,2],"b":{"c":"x  y"}}')
    page.get_by_role("button", name="Format").click()
    expected = (
        '{\n  "a": 12345678901234567890,\n  "a": [1, 2],\n  "b": {\n    "c": "x  y"\n  }\n}\n'
    )
    assert page.locator("#answer").input_value() == expected


def test_the_keyboard_leaves_the_editor_and_the_page_says_how(page_of: PageOf) -> None:
    page = page_of("mia")
    editor = open_lab(page, empty=False)
    expect(editor).to_have_accessible_description(
        "Ctrl Enter submits · Ctrl Space completes · Esc then Tab leaves the editor"
    )
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()


def test_what_is_typed_offline_is_kept_and_saved_later(
    page_of: PageOf, problems: list[str]
) -> None:
    page = page_of("mia")
    open_lab(page)
    state = page.locator("[data-draft-state]")
    page.context.set_offline(True)
    page.keyboard.insert_text('{"typed": "offline"}')
    expect(state).to_contain_text("Offline", timeout=8_000)
    kept = page.evaluate(
        "Object.entries(localStorage).find(([key]) => key.startsWith('draft:'))[1]"
    )
    assert json.loads(kept)["text"] == '{"typed": "offline"}'
    page.context.set_offline(False)
    expect(state).to_contain_text("Saved", timeout=8_000)
    page.reload()
    assert page.locator("#answer").input_value() == '{"typed": "offline"}'
    problems.clear()  # the browser itself logs the lost requests


def test_two_tabs_do_not_overwrite_each_other_silently(page_of: PageOf) -> None:
    one, two = page_of("mia"), page_of("mia")
    open_lab(one, empty=False)
    open_lab(two)
    two.keyboard.insert_text('{"tab": 2}')
    expect(two.locator("[data-draft-state]")).to_contain_text("Saved", timeout=8_000)
    two.wait_for_timeout(2_000)
    one.keyboard.type(" ")
    expect(one.locator("[data-draft-state]")).to_contain_text("Not saved", timeout=8_000)
    one.goto(LAB)
    expect(one.locator("#draft-offer")).to_be_visible()
    one.get_by_role("button", name="Keep the draft shown here").click()
    assert one.locator("#answer").input_value() == '{"tab": 2}'


@pytest.mark.parametrize("shortcuts", ["on", "off"])
def test_single_keys_work_on_the_page_and_not_in_fields(page_of: PageOf, shortcuts: str) -> None:
    page = page_of("mia")
    page.goto("/learn/aws/")
    page.evaluate("value => { document.body.dataset.shortcuts = value; }", shortcuts)
    page.keyboard.press("?")
    expect(page.locator("#shortcuts[open]")).to_have_count(1 if shortcuts == "on" else 0)


def test_a_visited_lesson_is_read_offline_and_forgotten_at_sign_out(
    page: Page, problems: list[str]
) -> None:
    sign_in(page, "sam@demo.example")  # a session of its own, since it is ended below
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto("/learn/aws/")
    lesson = page.locator("main a[href^='/learn/aws/']").last.get_attribute("href")
    page.goto(lesson)
    title = page.locator("h1").inner_text()
    page.context.set_offline(True)
    page.goto(lesson)
    assert page.locator("h1").inner_text() == title
    expect(page.locator(".toast")).to_contain_text("You are offline")
    page.goto("/labs/")
    expect(page.locator("h1")).to_have_text("You are offline")
    page.context.set_offline(False)
    page.goto("/day/")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    assert page.evaluate("caches.has('lessons')") is False
    problems.clear()
