"""How long an accepted answer takes where fifty a second come, each at its own moment and not in
step with the server; and whether the verdicts keep up."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from itertools import count, cycle, islice

from labs.models import Submission, Variant
from tests.bench.acts import LAB, SUBMIT, accepted, answer, crowd_of, form
from tests.bench.bench_workers import LAB as SLUG
from tests.bench.bench_workers import hand_in, wait_for
from tests.bench.clock import share
from tests.bench.ground import serving
from tests.bench.load.browser import Browser
from tests.bench.row import Effort, Row

LEARNERS = 100
A_SECOND = 50
WARMING_UP = 3  # seconds

Taken = tuple[float, float]  # when it was due, in seconds; after how many milliseconds it was taken


def rows(effort: Effort) -> Iterator[Row]:
    crowd = crowd_of(LEARNERS)
    with serving("web", "worker") as deployment:
        browsers = [Browser(deployment.address("web"), own) for own, _bare in crowd.sessions]
        texts = half_right()
        wake_the_worker(texts)
        taken = asyncio.run(steadily(browsers, texts, WARMING_UP + effort.times(5)))
        waiting = Submission.objects.open().count()
    counted = [ms for due, ms in taken if due >= WARMING_UP]
    note = f"{len(counted)} answers, half of them right; {waiting} wait for a verdict at the end"
    name = f"p95 where {A_SECOND} a second come"
    yield Row(name, share(counted, 0.95), "ms", goals=("ours <= 50",), note=note)


def wake_the_worker(texts: Iterator[str]) -> None:
    """It comes to life later than the pages do."""
    variant = Variant.objects.get(lab__slug=SLUG, number=0)
    waiting = hand_in([(variant, text) for text in islice(texts, 20)])
    wait_for(waiting, len(waiting))


def half_right() -> Iterator[str]:
    right = Variant.objects.get(lab__slug=SLUG, number=0).solution
    return (right if number % 2 else answer(number) for number in count())


async def steadily(browsers: list[Browser], texts: Iterator[str], seconds: float) -> list[Taken]:
    """However long the ones before take."""
    learners = [Learner(browser, (await browser.get(LAB))[1]) for browser in browsers]
    acts, due, begin = [], 0.0, time.perf_counter()
    for learner in cycle(learners):
        due += random.expovariate(A_SECOND)
        if due > seconds:
            break
        await asyncio.sleep(max(0.0, begin + due - time.perf_counter()))
        acts.append(asyncio.create_task(learner.hand_in(next(texts), begin, due)))
    return list(await asyncio.gather(*acts))


class Learner:
    def __init__(self, browser: Browser, page: str) -> None:
        self.browser, self.page, self.lock = browser, page, asyncio.Lock()
        self.form = page  # with the revision of the draft, which each answer brings anew

    async def hand_in(self, text: str, begin: float, due: float) -> Taken:
        """Since it was due, so that a late start counts as well."""
        async with self.lock:
            fields = form(self.form, text)
            _ms, self.form = await accepted(self.browser, self.page, SUBMIT, **fields)
        return due, 1000 * (time.perf_counter() - begin - due)
