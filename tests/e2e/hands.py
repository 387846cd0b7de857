"""With what somebody uses a page: a mouse, or keys alone."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import fill_answer
from tests.e2e.test_keyboard import press, reach, type_answer


class Hand(Protocol):
    page: Page

    def press(self, what: Locator) -> None: ...
    def choose(self, radio: Locator) -> None: ...
    def pick(self, select: Locator, value: str) -> None: ...
    def type(self, field: Locator, text: str) -> None: ...
    def write(self, text: str) -> None: ...  # into a lab's editor


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        what.click()

    def choose(self, radio: Locator) -> None:
        radio.check()

    def pick(self, select: Locator, value: str) -> None:
        select.select_option(value)

    def type(self, field: Locator, text: str) -> None:
        field.fill(text)

    def write(self, text: str) -> None:
        fill_answer(self.page, text)


class WithoutScripts(Mouse):
    def write(self, text: str) -> None:
        self.page.locator("#answer").fill(text)


class Keys:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        press(self.page, what)

    def choose(self, radio: Locator) -> None:
        """Tab goes to the group, arrows in it; a box is reached by itself."""
        if radio.get_attribute("type") == "checkbox":
            press(self.page, radio, "Space")
            return
        group = self.page.locator("input[type=radio][name=chosen]")
        press(self.page, group.first, "Space")
        reach(self.page, radio, walk="ArrowDown")
        expect(radio).to_be_checked()

    def pick(self, select: Locator, value: str) -> None:
        reach(self.page, select)
        for _step in range(select.locator("option").count()):
            if select.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be picked")

    def type(self, field: Locator, text: str) -> None:
        reach(self.page, field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def write(self, text: str) -> None:
        type_answer(self.page, text)
