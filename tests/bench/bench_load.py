"""Many learners at once at a real server: 200 who read, complete and hand in; and each page as fast
as it comes. `python -m tests.bench.load` has more to choose from.

The floor is the bare page of Django behind the same server.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

from tests.bench.acts import crowd_of
from tests.bench.clock import share
from tests.bench.ground import serving
from tests.bench.load.floor import bare_server
from tests.bench.load.learners import PAGES, as_fast_as_they_come, study
from tests.bench.load.people import Crowd
from tests.bench.load.table import Figures
from tests.bench.row import Effort, Row

PEOPLE, LEARNERS = 1000, 200
BEFORE = 33  # requests a second, on two shared cores


def rows(effort: Effort) -> Iterator[Row]:
    crowd = crowd_of(PEOPLE)
    with serving("web", "worker") as deployment:
        url = deployment.address("web")
        with bare_server(deployment, int(os.environ["WEB_WORKERS"])) as floor:
            for page in PAGES:
                yield page_row(page, url, floor, crowd, effort.times(2))
        yield from together(url, crowd, effort.times(20))


def page_row(page: str, url: str, floor: str, crowd: Crowd, seconds: float) -> Row:
    figures = Figures(seconds)
    for name, where, path in (("bare", floor, "/bare/"), (page, url, page)):
        asyncio.run(as_fast_as_they_come(where, path, name, crowd, seconds, figures))
    refuse_failures(figures)
    ours, bare = (len(figures.taken[name]) / seconds for name in (page, "bare"))
    note = f"p95 {share(figures.taken[page], 0.95):.0f} ms"
    return Row(f"{page} as fast as it comes", ours, "requests/s", floor=bare, note=note)


def refuse_failures(figures: Figures) -> None:
    assert not figures.failed, figures.failed.most_common(3)


def together(url: str, crowd: Crowd, seconds: float) -> Iterator[Row]:
    figures = Figures(seconds)
    asyncio.run(study(url, crowd, LEARNERS, seconds, figures))
    taken = [one for found in figures.taken.values() for one in found]
    name, note = f"{LEARNERS} learners together", f"{seconds:.0f} s"
    goal = f"ours >= {4 * BEFORE}"
    yield Row(name, len(taken) / seconds, "requests/s", goals=(goal,), note=note)
    yield Row(f"{name}, p95", share(taken, 0.95), "ms", goals=("ours <= 2000",), note=note)
    note = ", ".join(f"{what}: {why}" for (what, why), _n in figures.failed.most_common(3))
    yield Row(f"{name}, errors", figures.failed.total(), "", goals=("ours <= 0",), note=note)
