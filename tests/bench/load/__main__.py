"""Many learners at once on PostgreSQL and Redis, and a bare Django page in the same run.

    python -m tests.bench.load [--learners 500] [--seconds 60] [--people 1000 10000] [--workers 2]
    python -m tests.bench.load --pages        # pages alone, as fast as they come, beside the floor

Starts the services of docker-compose.yml as processes, with a database of its own. Each learner
reads, completes, looks at labs and hands in, and thinks in between; errors are whatever a browser
would show. The load comes from this machine too: what is printed is a lower bound.
"""

from __future__ import annotations

import argparse
import asyncio

from tests.bench.load.floor import bare_server
from tests.bench.load.learners import PAGES, as_fast_as_they_come, study
from tests.bench.load.people import Crowd, fill
from tests.bench.load.table import Figures, show, verdict_times
from tests.deployment import deployed

PASSWORD = "learn-by-doing-together"
LIMITS = {"SUBMISSIONS_PER_MINUTE": "1000", "OPEN_ANSWERS": "100", "LOG_LEVEL": "WARNING"}


def main() -> None:
    asked = arguments()
    for people in asked.people:
        for workers in asked.workers:
            settings = LIMITS | {"WEB_WORKERS": str(workers)}
            with deployed("web", "worker", password=PASSWORD, **settings) as deployment:
                crowd = fill(deployment, people)
                print(f"\n{people} people, {workers} web workers, {asked.seconds} s")
                url = deployment.address("web")
                if asked.pages:
                    pages(url, crowd, asked.seconds, deployment, workers)
                else:
                    together(url, crowd, asked.learners, asked.seconds, deployment)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load")
    parser.add_argument("--learners", type=int, default=500, help="at the same time")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--people", type=int, nargs="+", default=[1000], help="in the database")
    parser.add_argument("--workers", type=int, nargs="+", default=[2], help="of the web service")
    parser.add_argument("--pages", action="store_true", help="each page by itself, and the floor")
    return parser.parse_args()


def together(url: str, crowd: Crowd, learners: int, seconds: float, deployment: object) -> None:
    figures = Figures(seconds)
    asyncio.run(study(url, crowd, learners, seconds, figures))
    show(figures)
    verdict_times(deployment, patience=60)


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
