"""Learners who hand in, over HTTP or without a server: what they send, and all at once."""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence

from tests.bench.load.browser import Browser
from tests.bench.load.people import Crowd, fill
from tests.deployment import Deployment

LAB = "/labs/read-one-bucket/"
SUBMIT = f"{LAB}submit/"
REVISION = re.compile(r'name="revision"[^>]*value="(\d+)"')

Press = Callable[[], Awaitable[float]]  # milliseconds


def crowd_of(people: int) -> Crowd:
    """New learners, with sessions of the portal and of the bare page."""
    return fill(Deployment(dict(os.environ)), people)


def answer(number: int) -> str:
    """Wrong, and another one for each number."""
    statement = {"Sid": f"A{number}", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def form(page: str, text: str) -> dict[str, str]:
    """As the page of a lab sends it."""
    revision = REVISION.search(page)
    return {"key": str(uuid.uuid4()), "revision": revision[1] if revision else "0", "text": text}


async def accepted(browser: Browser, page: str, path: str, **fields: str) -> tuple[float, str]:
    """Milliseconds until the answer of the server, and what it says."""
    began = time.perf_counter()
    status, said = await browser.post(path, page, **fields)
    assert status == 200, f"{path} answers {status}"
    return 1000 * (time.perf_counter() - began), said


async def at_once(ready: Sequence[Awaitable[Press]]) -> list[float]:
    """All have their page open before the first of them presses the button."""
    acts = [await one for one in ready]
    return list(await asyncio.gather(*(act() for act in acts)))
