"""Many learners at once on PostgreSQL and Redis, and a bare Django page in the same run.

    python -m tests.bench.load [--learners 500] [--seconds 60] [--people 1000 10000] [--workers 2]
    python -m tests.bench.load --workers 1 2 --threads 2 4 8 --checkers 1 2    # each with each
    python -m tests.bench.load --pages        # pages alone, as fast as they come, beside the floor

Starts the services of docker-compose.yml as processes, with a database of its own. Each learner
reads, completes, looks at labs and hands in, and thinks in between; errors are whatever a browser
would show. The load comes from this machine too: what is printed is a lower bound.
"""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime
from itertools import product
from typing import NamedTuple

from tests.bench.load.floor import bare_server
from tests.bench.load.learners import PAGES, as_fast_as_they_come, study
from tests.bench.load.people import Crowd, fill
from tests.bench.load.table import Figures, show, verdict_times
from tests.deployment import Deployment, deployed, running

FEW, WARM = 20, 10.0  # learners, seconds
LIMITS = {"SUBMISSIONS_PER_MINUTE": "1000", "OPEN_ANSWERS": "100", "LOG_LEVEL": "WARNING"}


def main() -> None:
    asked = arguments()
    for people in asked.people:
        with deployed(**LIMITS) as deployment:
            crowd = fill(deployment, people)
            print(f"\n{people} people")
            all_sizes = [
                Sizes(*one) for one in product(asked.workers, asked.threads, asked.checkers)
            ]
            found = [(sizes, measure(deployment, crowd, asked, sizes)) for sizes in all_sizes]
        for sizes, short in found:
            print(sizes, short or "", sep=": ")


class Sizes(NamedTuple):
    """Processes and threads."""

    workers: int
    threads: int
    checkers: int

    def __str__(self) -> str:
        return f"{self.workers} web workers of {self.threads} threads, {self.checkers} checkers"


class Short(NamedTuple):
    """Acts a second, and milliseconds."""

    rate: float
    late: float
    late_in: float
    half: int
    most: int
    errors: int

    def __str__(self) -> str:
        waits = f"p95 {self.late:.0f} ms, of handing in {self.late_in:.0f} ms"
        verdicts = f"verdicts p50 {self.half} ms, p95 {self.most} ms"
        return f"{self.rate:.0f} acts/s, {waits}; {verdicts}; errors {self.errors}"


def measure(deployment: Deployment, crowd: Crowd, asked: argparse.Namespace, sizes: Sizes) -> None:
    web = {"WEB_WORKERS": str(sizes.workers), "WEB_THREADS": str(sizes.threads)}
    deployment.environment |= web
    print(f"\n{sizes}, {asked.seconds} s")
    with running(deployment, "web"):
        deployment.start("worker", "--concurrency", str(sizes.checkers))
        url = deployment.address("web")
        if asked.pages:
            return pages(url, crowd, asked.seconds, deployment, sizes.workers)
        return together(url, crowd, asked, deployment)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load")
    parser.add_argument("--learners", type=int, default=500, help="at the same time")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--people", type=int, nargs="+", default=[1000], help="in the database")
    parser.add_argument("--workers", type=int, nargs="+", default=[2], help="of the web service")
    parser.add_argument("--threads", type=int, nargs="+", default=[4], help="of each web worker")
    parser.add_argument("--checkers", type=int, nargs="+", default=[2], help="that check answers")
    parser.add_argument("--pages", action="store_true", help="each page by itself, and the floor")
    return parser.parse_args()


def together(url: str, crowd: Crowd, asked: argparse.Namespace, deployment: Deployment) -> None:
    """After some seconds in which processes start and read what they keep."""
    asyncio.run(study(url, crowd, FEW, WARM, Figures(WARM)))
    since, figures = datetime.now(UTC), Figures(asked.seconds)
    asyncio.run(study(url, crowd, asked.learners, asked.seconds, figures))
    show(figures)
    half, most, _last = verdict_times(deployment, since=since, patience=60)
    return Short(
        figures.rate,
        figures.late(*figures.taken),
        figures.late("hand in"),
        half,
        most,
        figures.errors,
    )


def pages(url: str, crowd: Crowd, seconds: float, deployment: object, workers: int) -> None:
    """Alternating with the floor, so that a busy machine is busy for both."""
    each = seconds / (2 * len(PAGES))
    figures = Figures(each)
    with bare_server(deployment, workers) as floor:
        for page in PAGES:
            for name, where, path in (("bare", floor, "/bare/"), (page, url, page)):
                asyncio.run(as_fast_as_they_come(where, path, name, crowd, each, figures))
    show(figures, floor="bare", times={"bare": len(PAGES)})


if __name__ == "__main__":
    main()
