"""What an accepted answer costs: processor time and queries of the request, and how long learners
wait for it who hand in together at a real server.

The floor is a bare page of Django that stores the same row and nothing else.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import count, cycle

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labs.models import Lab, Submission
from tests.bench import bare
from tests.bench.acts import LAB, SUBMIT, Press, accepted, answer, at_once, crowd_of, form
from tests.bench.clock import Work, cpu_ms, in_turns, share
from tests.bench.ground import serving
from tests.bench.load.browser import Browser
from tests.bench.load.floor import bare_server
from tests.bench.load.people import Crowd
from tests.bench.reader import Reader
from tests.bench.row import Effort, Row

LEARNERS = 20
THINKING = 2.0  # seconds on average between two answers of one learner
TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
numbers = count()


def rows(effort: Effort) -> Iterator[Row]:
    crowd = crowd_of(LEARNERS)
    yield from costs(crowd, effort)
    with serving("web", "worker") as deployment:
        workers = int(os.environ["WEB_WORKERS"])
        with bare_server(deployment, workers) as floor:
            yield from waits(deployment.address("web"), floor, crowd, effort)


# --- Without a server -----------------------------------------------------------------------------


def costs(crowd: Crowd, effort: Effort) -> Iterator[Row]:
    ours = [Reader(WSGIHandler(), own) for own, _bare in crowd.sessions]
    floor = [Reader(bare.handler(), bare_one) for _own, bare_one in crowd.sessions]
    ready = {"ours": partial(next_of, cycle(ours), ready_to_hand_in)}
    ready["floor"] = partial(next_of, cycle(floor), ready_to_store)
    taken = in_turns(ready, effort.times(30), clock=lambda prepare: cpu_ms(prepare()))
    figures = {name: statistics.median(found) for name, found in taken.items()}
    yield Row("an accepted answer", **figures, unit="ms CPU", goals=("ours <= 15",))
    ready_to_hand_in(ours[0])()  # so that there is a draft, as mostly
    asked = {"ours": queries(ready_to_hand_in(ours[0])), "floor": queries(ready_to_store(floor[0]))}
    yield Row("its queries", **asked, unit="", goals=("ours <= 8",), note="BEGIN and COMMIT apart")


def next_of(readers: Iterator[Reader], ready: Callable[[Reader], Work]) -> Work:
    return ready(next(readers))


def ready_to_hand_in(reader: Reader) -> Work:
    page = reader.get(LAB).content.decode()
    return partial(reader.post, SUBMIT, page, form(page, answer(next(numbers))))


def ready_to_store(reader: Reader) -> Work:
    page = reader.get("/bare/").content.decode()
    return partial(reader.post, "/bare/", page, same_row())


def same_row() -> dict[str, str]:
    variant = Lab.objects.get(slug=LAB.strip("/").split("/")[-1]).variants.first()
    return {
        "lab_id": str(variant.lab_id),
        "variant_id": str(variant.pk),
        "text": answer(next(numbers)),
    }


def queries(work: Work) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(not one["sql"].startswith(TRANSACTIONS) for one in captured)


# --- At a real server -----------------------------------------------------------------------------


def waits(url: str, floor: str, crowd: Crowd, effort: Effort) -> Iterator[Row]:
    ours = [Browser(url, own) for own, _bare in crowd.sessions]
    bare_ones = [Browser(floor, bare) for _own, bare in crowd.sessions]
    row, loop = same_row(), asyncio.Runner()
    with loop:
        taken, least = [], []
        for _round in range(1 + effort.times(4)):
            let_the_worker_finish()
            taken += loop.run(at_once([open_lab(browser) for browser in ours]))
            let_the_worker_finish()
            least += loop.run(at_once([open_bare(browser, row) for browser in bare_ones]))
        yield in_time(
            "p95 of 20 who hand in at the same moment", taken[LEARNERS:], least[LEARNERS:]
        )
        seconds = effort.times(5)
        found = loop.run(at_work(ours, open_lab, seconds))
        let_the_worker_finish()
        bottom = loop.run(at_work(bare_ones, partial(open_bare, row=row), seconds))
        yield in_time("p95 of 20 at work, an answer each 2 s", found, bottom)


def let_the_worker_finish() -> None:
    """What it checks would take the time of whoever is next."""
    while Submission.objects.open().exists():
        time.sleep(0.05)


def in_time(name: str, ours: list[float], floor: list[float]) -> Row:
    p95, least = share(ours, 0.95), share(floor, 0.95)
    note = f"p50 {statistics.median(ours):.0f} ms of {len(ours)} answers"
    return Row(name, p95, "ms", floor=least, goals=("ours <= 100",), note=note)


Ready = Callable[[Browser], Awaitable[Press]]


async def open_lab(browser: Browser) -> Press:
    _status, page = await browser.get(LAB)
    fields = form(page, answer(next(numbers)))

    async def press() -> float:
        return (await accepted(browser, page, SUBMIT, **fields))[0]

    return press


async def open_bare(browser: Browser, row: dict[str, str]) -> Press:
    _status, page = await browser.get("/bare/")

    async def press() -> float:
        return (await accepted(browser, page, "/bare/", **row))[0]

    return press


async def at_work(browsers: list[Browser], open_page: Ready, seconds: float) -> list[float]:
    """Each thinks for itself."""
    end = time.monotonic() + seconds

    async def learner(browser: Browser) -> list[float]:
        taken = []
        await asyncio.sleep(random.uniform(0, THINKING))
        while time.monotonic() < end:
            press = await open_page(browser)
            taken.append(await press())
            await asyncio.sleep(random.expovariate(1 / THINKING))
        return taken

    found = await asyncio.gather(*(learner(browser) for browser in browsers))
    return [one for taken in found for one in taken]
