"""From the press of the button to the verdict on the screen: one learner, and 20 and 100 who press
at the same moment.

Each does what the page does: sends the form, opens the stream of events, and fetches the verdict
when it hears of a change. With Chromium one learner looks at a real page as well.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count

from tests.bench.acts import LAB, SUBMIT, Press, accepted, answer, at_once, crowd_of, form
from tests.bench.clock import share
from tests.bench.ground import serving
from tests.bench.load.browser import Browser
from tests.bench.row import Effort, Row
from tests.e2e.conftest import CHROMIUM, CHROMIUM_ARGS, sign_in
from tests.e2e.people import fill_answer
from tests.prepared import DEMO_PASSWORD

GOALS = {1: 300, 20: 1000, 100: 4000}
PATIENCE = 120  # seconds
STREAM = re.compile(r'data-live="([^"]+)"')
VERDICT = re.compile(r'id="verdict"[^>]*hx-get="([^"]+)"')
OBSERVE = """() => new MutationObserver(() => {
  const verdict = document.querySelector("#verdict .verdict[data-state=failed]");
  if (verdict && !document.body.dataset.seen) document.body.dataset.seen = Date.now();
}).observe(document.body, {subtree: true, childList: true, attributes: true})"""
numbers = count()


def rows(effort: Effort) -> Iterator[Row]:
    crowd = crowd_of(max(GOALS))
    with serving("web", "worker", "events") as deployment:
        web, events = deployment.address("web"), deployment.ports["events"]
        learners = [Browser(web, own) for own, _bare in crowd.sessions]
        with asyncio.Runner() as loop:
            for number, few in ((1, 10), (20, 2), (100, 1)):
                taken: list[float] = []
                loop.run(verdicts_of(learners[:1], events))  # the worker comes to life
                for _round in range(effort.times(few)):
                    taken += loop.run(verdicts_of(learners[:number], events))
                yield in_time(number, taken)
        if CHROMIUM:
            yield in_chromium(web, effort.times(5))


def in_time(number: int, taken: list[float]) -> Row:
    name = "p95 of one learner" if number == 1 else f"p95 of {number} at the same moment"
    note = f"p50 {statistics.median(taken):.0f} ms of {len(taken)} verdicts"
    return Row(name, share(taken, 0.95), "ms", goals=(f"ours <= {GOALS[number]}",), note=note)


async def verdicts_of(learners: Sequence[Browser], events: int) -> list[float]:
    async with asyncio.timeout(PATIENCE):
        return await at_once([open_lab(learner, events) for learner in learners])


async def open_lab(browser: Browser, events: int) -> Press:
    _status, page = await browser.get(LAB)
    return partial(press_and_wait, browser, page, events)


async def press_and_wait(browser: Browser, page: str, events: int) -> float:
    began = time.perf_counter()
    _taken, shown = await accepted(browser, page, SUBMIT, **form(page, answer(next(numbers))))
    if stream := STREAM.search(shown):
        await follow(browser, stream[1], VERDICT.search(shown), events)
    return 1000 * (time.perf_counter() - began)


async def follow(browser: Browser, stream: str, verdict: re.Match[str] | None, events: int) -> None:
    assert verdict, "the page does not say where its verdict is"
    reader, writer = await asyncio.open_connection("127.0.0.1", events)
    writer.write(f"GET {stream} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    try:
        while line := await reader.readline():
            if not line.startswith(b"data: "):
                continue
            _status, shown = await browser.get(verdict[1])
            if not STREAM.search(shown):
                return
        raise AssertionError("the stream ended without a verdict")
    finally:
        writer.close()


# --- In a real page -------------------------------------------------------------------------------


def in_chromium(url: str, times: int) -> Row:
    from playwright.sync_api import Page, sync_playwright

    def verdict(page: Page) -> float:
        page.goto(LAB)
        page.evaluate("document.querySelector('#verdict').replaceChildren()")
        page.evaluate(OBSERVE)
        fill_answer(page, answer(next(numbers)))
        pressed = time.time() * 1000
        page.locator("[data-submit]").click()
        page.locator("body[data-seen]").wait_for()
        return float(page.locator("body").get_attribute("data-seen") or 0) - pressed

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        page = browser.new_context(base_url=url).new_page()
        sign_in(page, "mia@demo.example", DEMO_PASSWORD)
        taken = [verdict(page) for _time in range(times)]
        browser.close()
    note = f"p50 {statistics.median(taken):.0f} ms of {len(taken)} verdicts"
    return Row("p95 of one learner, in Chromium", share(taken, 0.95), "ms", note=note)
