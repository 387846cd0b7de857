"""How long learners wait for their verdicts while five thousand old answers are judged again, and
while that is applied: with a worker for bulk work beside, and with one worker for everything.

The floor is the same learners at the same work without a regrade.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.db import connection

from labs.models import Grade, State, Submission, Variant
from portal.accounts.models import User
from portal.regrades.models import Regrade, Stage
from tests.bench.acts import LAB, answer, crowd_of
from tests.bench.bench_on_screen import open_lab
from tests.bench.clock import share
from tests.bench.ground import serving
from tests.bench.load.browser import Browser
from tests.bench.load.people import Crowd
from tests.bench.row import Effort, Row
from tests.compose import SERVICES
from tests.deployment import Deployment

OLD = 5_000
LEARNERS = 20
THINKING = 2.0  # seconds on average between two answers of one learner
FIRST = 1_000_000  # the number of an old answer: none that is handed in here is the same
PATIENCE = 900  # seconds


def rows(effort: Effort) -> Iterator[Row]:
    crowd = crowd_of(LEARNERS)
    by = User.objects.create_superuser("regrades@load.example", name="Regrades")
    with serving("web", "worker", "bulk", "events") as deployment:
        yield from of_a_run(deployment, crowd, by, effort)
    with serving("web", "events") as deployment:
        deployment.launch("worker", everything())
        yield from of_a_run(deployment, crowd, by, effort, name=", one worker for both")


def everything() -> list[str]:
    """As `make run` has it."""
    command = [str(word) for word in SERVICES["worker"]["command"]]
    command[command.index("--queues") + 1] = "interactive,bulk"
    return command


def of_a_run(
    deployment: Deployment, crowd: Crowd, by: User, effort: Effort, *, name: str = ""
) -> Iterator[Row]:
    web, events = deployment.address("web"), deployment.ports["events"]
    learners = [Browser(web, own) for own, _bare in crowd.sessions[:LEARNERS]]
    variant = Variant.objects.get(lab__slug=LAB.strip("/").split("/")[-1], number=0)
    hand_in_long_ago(variant, crowd)
    study = partial(at_work, learners, events)
    with asyncio.Runner() as loop:
        loop.run(study(after(3)))  # everything comes to life
        floor = loop.run(study(after(effort.times(10))))
        regrade = Regrade.objects.begin(variant.lab, by=by)
        for stage, words in ((Stage.READY, "judged again"), (Stage.APPLIED, "applied")):
            begun = time.monotonic()
            taken = loop.run(study(partial(is_at, regrade.pk, stage)))
            yield in_time(f"p95 of 20 at work while {OLD} are {words}{name}", taken, floor)
            speed = OLD / (time.monotonic() - begun)
            yield Row(f"{words}{name}", speed, "answers/s", note="learners come first")
            Regrade.objects.get(pk=regrade.pk).apply(lowers=True, reason="A bench.", site=web)


def hand_in_long_ago(variant: Variant, crowd: Crowd) -> None:
    """Each of the people wrote many texts, each of them another one."""
    people = list(User.objects.filter(email__startswith="p", email__endswith="@load.example"))
    given = {"max_points": 4, "passed": False, "engine_version": "old", "content_hash": "old"}
    answers = Submission.objects.bulk_create(
        Submission(
            user=people[number % len(people)],
            lab_id=variant.lab_id,
            variant=variant,
            text=answer(FIRST + number),
            state=State.GRADED,
        )
        for number in range(OLD)
    )
    for one in answers:
        one.grade = Grade(submission=one, points=0, report={"findings": []}, rule="old", **given)
    Grade.objects.bulk_create(one.grade for one in answers)  # type: ignore[misc]
    Submission.objects.bulk_update(answers, ["grade"], batch_size=500)


# --- Learners -------------------------------------------------------------------------------------


async def at_work(
    browsers: Sequence[Browser], events: int, is_over: Callable[[], bool]
) -> list[float]:
    """Milliseconds from each press to its verdict, until something else is over."""
    over = asyncio.Event()
    found = [asyncio.create_task(learner(one, events, over)) for one in browsers]
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(is_over):
            await asyncio.sleep(0.2)
        over.set()
        return [one for taken in await asyncio.gather(*found) for one in taken]


async def learner(browser: Browser, events: int, over: asyncio.Event) -> list[float]:
    taken = []
    await asyncio.sleep(random.uniform(0, THINKING))
    while not over.is_set():
        press = await open_lab(browser, events)
        taken.append(await press())
        await asyncio.sleep(random.expovariate(1 / THINKING))
    return taken


def after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def is_at(pk: int, stage: str) -> bool:
    try:
        return Regrade.objects.filter(pk=pk, stage=stage).exists()
    finally:
        connection.close()  # of a thread that may never come back


def in_time(name: str, ours: list[float], floor: list[float]) -> Row:
    p95, least = share(ours, 0.95), share(floor, 0.95)
    note = f"p50 {statistics.median(ours):.0f} ms of {len(ours)} verdicts"
    return Row(name, p95, "ms", floor=least, goals=("ours <= 1000",), note=note)
