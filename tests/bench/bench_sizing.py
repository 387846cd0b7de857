"""What one request, one verdict and one learner cost: the figures of portal/OPERATING.md.

    python -m tests.bench.bench_sizing [TIMES]

Starts the services of docker-compose.yml as processes, on PostgreSQL and Redis, and counts
processor time (of the processes themselves, so that a busy machine changes little), resident
memory, and bytes in the database.
"""

from __future__ import annotations

import sys
import time

import psycopg

from tests.bench.acts import answer
from tests.bench.processes import family, megabytes_of, seconds_of
from tests.deployment import Deployment, deployed
from tests.prepared import DEMO_PASSWORD
from tests.test_one_command import verdict_page
from tests.visitor import Visitor

TIMES = int(sys.argv[1]) if len(sys.argv) > 1 else 200
VERDICTS = max(20, TIMES // 5)
OPEN = {"SUBMISSIONS_PER_MINUTE": "10000", "OPEN_ANSWERS": "10000"}
ROOMS = (
    "select coalesce(sum(pg_total_relation_size(oid)), 0) from pg_class "
    "where relkind = 'r' and relnamespace = 'public'::regnamespace"
)


class Meter:
    """Processor time of a service and of the database behind it, from here on."""

    def __init__(self, deployment: Deployment, service: str) -> None:
        self.pid = deployment.processes[service].pid
        self.database = psycopg.connect(deployment.environment["DATABASE_URL"], autocommit=True)
        self.begun = self.now()

    def now(self) -> dict[int, float]:
        """Seconds of the service, under 0, and of each process of the database."""
        question = (
            "select pid from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid()"
        )
        backends = [pid for (pid,) in self.database.execute(question)]
        return {0: seconds_of(family(self.pid))} | {pid: seconds_of([pid]) for pid in backends}

    def show(self, what: str, times: int) -> None:
        spent = {pid: now - self.begun.get(pid, 0) for pid, now in self.now().items()}
        service = spent.pop(0)
        print(
            f"{what}: {1000 * service / times:.1f} ms of the service, "
            f"{1000 * sum(spent.values()) / times:.1f} ms of the database"
        )


def pages(deployment: Deployment, lea: Visitor) -> None:
    lessons = lea.get("/learn/aws/").links(r"^/learn/aws/[a-z0-9-]+/$")
    for path in lessons[:10]:
        lea.get(path)
    meter = Meter(deployment, "web")
    for number in range(TIMES):
        lea.get(lessons[number % len(lessons)])
    meter.show("lesson page", TIMES)
    meter = Meter(deployment, "web")
    for _ in range(TIMES):
        lea.get("/labs/read-one-bucket/")
    meter.show("lab page", TIMES)


def verdicts(deployment: Deployment, lea: Visitor) -> None:
    database = psycopg.connect(deployment.environment["DATABASE_URL"], autocommit=True)
    page = lea.get("/labs/read-one-bucket/")
    verdict_page(lea, lea.send(page, r"/submit/$", text=answer(0)))
    database.execute("vacuum full")
    before = database.execute(ROOMS).fetchone()
    web, worker = Meter(deployment, "web"), Meter(deployment, "worker")
    for number in range(1, VERDICTS + 1):
        page = lea.send(page, r"/submit/$", text=answer(number))
    verdict_page(lea, page)
    while database.execute(
        "select 1 from labs_submission where state in ('queued', 'checking') limit 1"
    ).fetchone():
        time.sleep(0.2)
    web.show("handing in, and the page after it", VERDICTS)
    worker.show("verdict", VERDICTS)
    database.execute("vacuum full")
    after = database.execute(ROOMS).fetchone()
    assert before
    assert after
    print(f"stored: {(after[0] - before[0]) / VERDICTS / 1000:.1f} kB a verdict, indexes included")


def main() -> None:
    services = ("web", "events", "worker")
    with deployed(*services, **OPEN) as deployment:
        lea = Visitor(deployment.address("web"))
        lea.sign_in("lea@demo.example", DEMO_PASSWORD)
        pages(deployment, lea)
        verdicts(deployment, lea)
        for service in services:
            sizes = megabytes_of(family(deployment.processes[service].pid))
            print(f"memory of {service}: {sum(sizes)} MB in {len(sizes)} processes: {sizes}")


if __name__ == "__main__":
    main()
