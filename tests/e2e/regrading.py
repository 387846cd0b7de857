"""A lab that changes, and pages that follow work that takes its time."""

from __future__ import annotations

import subprocess
import sys

from playwright.sync_api import Page, expect

from tests.running import Portal, environment

PATIENCE = 30_000


def sync(portal: Portal, *how: str) -> str:
    command = [sys.executable, "-m", "tests.e2e.changed_lab", *how]
    return subprocess.run(
        command, env=environment(portal.data_dir), capture_output=True, text=True, check=True
    ).stdout


def until(page: Page, words: str, *, scripts: bool = True) -> None:
    """What the page itself shows in the end; without scripts, once one looks again."""
    seen = page.locator(".page-head .badge", has_text=words)
    for _look in range(PATIENCE // 500):
        if seen.is_visible():
            return
        again = page.get_by_role("link", name="Look again")
        if not scripts and again.count():
            again.click()
        page.wait_for_timeout(500)
    expect(seen).to_be_visible()
