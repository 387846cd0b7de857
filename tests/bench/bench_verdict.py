"""From the commit of a verdict to its text in a real page, and from the press of the button to it.

    python -m tests.bench.bench_verdict [SUBMISSIONS]

Starts the portal as `make run` does, with one browser. Needs Chromium.
"""

from __future__ import annotations

import datetime
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import CHROMIUM, CHROMIUM_ARGS, sign_in
from tests.e2e.people import fill_answer
from tests.running import Portal, start_portal

SUBMISSIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 30
SLUG = "read-one-bucket"
OBSERVE = """() => new MutationObserver(() => {
  const verdict = document.querySelector("#verdict .verdict[data-state=failed]");
  if (verdict && !document.body.dataset.seen) document.body.dataset.seen = Date.now();
}).observe(document.body, {subtree: true, childList: true, attributes: true})"""


def answer(number: int) -> str:
    statement = f'{{"Sid":"A{number}","Effect":"Allow","Action":"s3:*","Resource":"*"}}'
    return f'{{"Version":"2012-10-17","Statement":[{statement}]}}'


def finished_at(portal: Portal) -> float:
    database = sqlite3.connect(portal.data_dir / "portal.sqlite3")
    try:
        [(text,)] = database.execute(
            "select finished_at from labs_submission order by id desc limit 1"
        )
    finally:
        database.close()
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC).timestamp() * 1000


def one(page: Page, portal: Portal, number: int) -> tuple[float, float]:
    page.goto(f"/labs/{SLUG}/")
    page.evaluate("document.querySelector('#verdict').replaceChildren()")
    page.evaluate(OBSERVE)
    fill_answer(page, answer(number))
    pressed = time.time() * 1000
    page.locator("[data-submit]").click()
    page.locator("body[data-seen]").wait_for()
    seen = float(page.locator("body").get_attribute("data-seen") or 0)
    return seen - finished_at(portal), seen - pressed


def show(name: str, figures: list[float]) -> None:
    figures = sorted(figures)
    p95 = figures[int(len(figures) * 0.95)]
    print(
        f"{name}: p50 {statistics.median(figures):.0f} ms, p95 {p95:.0f} ms, max {figures[-1]:.0f} "
        "ms"
    )


def main() -> None:
    portal = start_portal(Path(tempfile.mkdtemp(prefix="bench-verdict-")))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
            page = browser.new_context(base_url=portal.url).new_page()
            sign_in(page, "mia@demo.example")
            figures = [one(page, portal, number) for number in range(SUBMISSIONS)]
            browser.close()
    finally:
        portal.stop()
    show(f"{len(figures)} verdicts, commit to text in the page", [lag for lag, _whole in figures])
    show("press of the button to text in the page", [whole for _lag, whole in figures])


if __name__ == "__main__":
    main()
