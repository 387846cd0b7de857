"""What a page does wrong for somebody: what axe finds, and what does not fit on the screen."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = {390: 844, 1280: 900}
VIOLATIONS = {"resultTypes": ["violations"]}
# What a theme changes is colours: of the other rules it is enough to ask in one.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
THEMES = {"dark": VIOLATIONS | {"runOnly": COLOURS}, "light": VIOLATIONS}


def all_faults(page: Page) -> list[str]:
    """Dark and light, narrow and wide; the page stays as it was looked at last."""
    looks = [(theme, width) for theme in THEMES for width in WIDTHS]
    return [fault for look in looks for fault in faults(page, *look, THEMES[look[0]])]


def faults(page: Page, theme: str, width: int, asked: dict[str, object] = VIOLATIONS) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.wait_for_timeout(50)
    where = f"{theme} {width}"
    found = [
        f"{where}: {row['id']} ({row['impact']}) {json.dumps(row['target'])}"
        for row in violations(page, asked)
    ]
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found + ([f"{where}: {overflow} px sideways overflow"] if overflow > 0 else [])


RUN = """asked => axe.run(asked).then(found =>
    found.violations.map(row => ({id: row.id, impact: row.impact, target: row.nodes[0].target})))"""


def violations(page: Page, asked: dict[str, object]) -> list[dict[str, Any]]:
    """Axe itself is half a megabyte: each page is sent it once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(RUN, asked)
    return found
