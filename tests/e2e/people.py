"""What people do again and again, in their words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.running import Portal

CATALOG = Path(__file__).resolve().parents[2] / "labs" / "catalog"
CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")


def invite(page: Page) -> str:
    """An instructor reads an open invitation code."""
    page.goto("/day/")
    page.locator("main a[href^='/cohorts/']").first.click()
    page.get_by_text("People", exact=True).click()
    page.get_by_role("link", name="Invitations", exact=True).click()
    found = CODE.search(page.get_by_role("main").inner_text())
    assert found, "the instructor sees no code"
    return found.group()


def sign_up(
    page: Page, code: str, *, email: str, name: str, password: str = "three-quiet-otters"
) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("code|account", re.I)).first.click()
    page.get_by_label("Invitation code").fill(code)
    page.get_by_label("Your name").fill(name)
    page.get_by_label(re.compile("e-?mail", re.I)).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(re.compile("/day/"))


def fill_answer(page: Page, text: str) -> None:
    """Into the editor when it is there, else into the plain field."""
    editor = page.locator(".cm-content")
    expect(editor).to_be_visible()
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)
    expect(page.locator("#answer")).to_have_value(text)


def verdict(page: Page, state: str, *, seconds: float = 45) -> Locator:
    found = page.locator(f"#verdict .verdict[data-state={state}]")
    expect(found).to_be_visible(timeout=seconds * 1000)
    return page.locator("#verdict")


def solution_on(page: Page, slug: str) -> str:
    """The solution of the variant that this page's statement shows."""
    folder = CATALOG / slug
    brief = (folder / "brief.md").read_text()
    text = (folder / "solution.json").read_text()
    shown = page.locator("[data-part=statement] > .prose").text_content() or ""
    variants = tomllib.loads((folder / "lab.toml").read_text()).get("variants") or [{}]
    for variant in variants:
        if all(str(value) in shown for name, value in variant.items() if f"<<{name}>>" in brief):
            for name, value in variant.items():
                text = text.replace(f"<<{name}>>", str(value))
            return text
    raise AssertionError(f"no variant of {slug} is on this page")


def new_cohort(portal: Portal, *, course: str, slug: str) -> str:
    """A cohort of another course, made by the operator; its invitation code."""
    return portal.manage(
        "shell",
        "--no-imports",
        "--command",
        "from lessons.models import Course; from portal.cohorts.models import Cohort, Invitation; "
        f"course = Course.objects.create(slug={course!r}, title={course!r}); "
        f"cohort = Cohort.objects.create(slug={slug!r}, name={slug!r}, course=course); "
        "print(Invitation.objects.create(cohort=cohort))",
    ).strip()
