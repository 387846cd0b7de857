"""What learners do, and for how long they think."""

from __future__ import annotations

import asyncio
import json
import random
import time

from tests.bench.acts import form
from tests.bench.load.browser import Browser
from tests.bench.load.people import Crowd
from tests.bench.load.table import Figures

THINKING = 2.0  # seconds on average between two acts of one learner
LAB = "/labs/let-the-web-in/"
ACTS = {"lesson": 50, "day": 10, "course": 5, "labs": 5, "lab": 8, "complete": 12, "hand in": 10}
PAGES = ["/learn/aws/security-groups/", "/day/", "/learn/aws/", "/labs/", "/labs/read-one-bucket/"]
READERS = 32  # connections that ask for one page as fast as it comes


async def study(url: str, crowd: Crowd, learners: int, seconds: float, figures: Figures) -> None:
    """All of them from the first second on, each at another moment."""
    end = time.monotonic() + seconds
    sessions = [own for own, _bare in crowd.sessions]
    tasks = [
        asyncio.create_task(learner(Browser(url, sessions[n % len(sessions)]), crowd, end, figures))
        for n in range(learners)
    ]
    await asyncio.gather(*tasks)


async def learner(browser: Browser, crowd: Crowd, end: float, figures: Figures) -> None:
    await asyncio.sleep(random.uniform(0, THINKING))
    while time.monotonic() < end:
        name = random.choices(list(ACTS), weights=list(ACTS.values()))[0]
        try:
            await act(name, browser, crowd, figures)
        except (OSError, EOFError, ValueError) as error:
            figures.fail(name, repr(error))
        await asyncio.sleep(random.expovariate(1 / THINKING))
    browser.close()


async def act(name: str, browser: Browser, crowd: Crowd, figures: Figures) -> None:
    lesson = random.choice(crowd.lessons)
    match name:
        case "complete":
            page = await timed("lesson", figures, browser.get(lesson))
            await timed(name, figures, browser.post(f"{lesson}complete/", page))
        case "hand in":
            await hand_in(browser, figures)
        case _:
            addresses = {"lesson": lesson, "day": "/day/", "course": "/learn/aws/"}
            addresses |= {"labs": "/labs/", "lab": LAB}
            await timed(name, figures, browser.get(addresses[name]))


async def hand_in(browser: Browser, figures: Figures) -> None:
    page = await timed("lab", figures, browser.get(LAB))
    fields = form(page, rule_for(random.randint(1, 60_000)))
    await timed("hand in", figures, browser.post(f"{LAB}submit/", page, **fields))


def rule_for(port: int) -> str:
    rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port + 1}
    rule |= {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    return json.dumps({"inbound": [rule], "outbound": []})


async def timed(name: str, figures: Figures, asked: object) -> str:
    began = time.monotonic()
    status, page = await asked  # type: ignore[misc]
    figures.note(name, time.monotonic() - began)
    if status not in (200, 204):
        figures.fail(name, f"status {status}")
    return str(page)


async def as_fast_as_they_come(
    url: str, path: str, name: str, crowd: Crowd, seconds: float, figures: Figures
) -> None:
    end = time.monotonic() + seconds
    which = 1 if name == "bare" else 0

    async def read(number: int) -> None:
        browser = Browser(url, crowd.sessions[number % len(crowd.sessions)][which])
        while time.monotonic() < end:
            await timed(name, figures, browser.get(path))
        browser.close()

    await asyncio.gather(*(read(number) for number in range(READERS)))
