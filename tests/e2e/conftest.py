"""The journeys of the product in a real browser, against the real thing:
`manage.py run` on a folder of its own.

They run as a process of their own, because Playwright leaves an event loop running.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.regrading import sync
from tests.prepared import copy_data
from tests.running import PASSWORD, Portal, start_portal

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM_BIN") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), ""
)
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if CHROMIUM:
        return
    reason = "no Chromium here: Debian's chromium-headless-shell, or CHROMIUM_BIN=/path/to/one"
    if os.environ.get("CI"):
        pytest.exit(reason, returncode=1)
    for item in items:
        item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """With content of its own, for those who write it."""
    folder = tmp_path_factory.mktemp("portal")
    copy_data("seeded", folder)
    shutil.copytree(ROOT / "lessons" / "notes", folder / "notes")
    shutil.copytree(ROOT / "labs" / "catalog", folder / "catalog")
    portal = start_portal(folder)
    yield portal
    portal.stop()


@pytest.fixture
def changed_lab(portal: Portal) -> Iterator[str]:
    """What the plan says of “deny-wins”, which asks less until the test is over."""
    yield sync(portal)
    sync(portal, "back")


@pytest.fixture(scope="session")
def base_url(portal: Portal) -> str:
    return portal.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_ARGS}


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What the browser complained about; a test that expects a complaint removes it."""
    found: list[str] = []
    yield found
    assert found == []


def watch(page: Page, problems: list[str]) -> Page:
    page.on(
        "console",
        lambda message: message.type == "error" and problems.append(f"console: {message.text}"),
    )
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.set_default_timeout(10_000)
    return page


@pytest.fixture
def page(page: Page, problems: list[str]) -> Page:
    return watch(page, problems)


@pytest.fixture(scope="session")
def sign_in_states() -> dict[str, dict[str, object]]:
    return {}


@pytest.fixture
def page_of(
    browser: Browser,
    portal: Portal,
    problems: list[str],
    sign_in_states: dict[str, dict[str, object]],
) -> Iterator[Callable[..., Page]]:
    """A page of somebody who is signed in (once a session, by the form), or of a stranger: ''."""
    contexts: list[BrowserContext] = []

    def open_page(name: str, **options: object) -> Page:
        if name and name not in sign_in_states:
            sign_in_states[name] = signed_in_state(browser, portal, f"{name}@demo.example")
        state = sign_in_states[name] if name else None
        context = browser.new_context(base_url=portal.url, storage_state=state, **options)
        contexts.append(context)
        return watch(context.new_page(), problems)

    yield open_page
    for context in contexts:
        context.close()


def signed_in_state(browser: Browser, portal: Portal, email: str) -> dict[str, object]:
    context = browser.new_context(base_url=portal.url)
    page = context.new_page()
    sign_in(page, email)
    state = context.storage_state()
    context.close()
    return state


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/day/"))
