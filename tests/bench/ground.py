"""What is measured on: the portal as docker-compose.yml sets it up, with the course, the labs and
the demo's people, on a database and a broker of its own. Every part of every run gets a fresh copy,
so that none finds what another one left."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.broker import server_binary
from tests.databases import own_database
from tests.deployment import Deployment, environment, running, seed, set_up
from tests.prepared import copy_data, is_run
from tests.running import free_port
from tests.servers import Broker

# Looked at as ever, and never reached: nobody hands in as often as we do here.
OPEN = {"SUBMISSIONS_PER_MINUTE": "100000", "OPEN_ANSWERS": "100000"}
CHANGES = OPEN | {"DRAIN_SECONDS": "0", "LEGAL_DIR": "tests/fixtures/legal"}
CHANGES |= {"MFA_REQUIRED_FOR": "none"}  # of administrators, whose pages are measured as well
ON_SQLITE = {"WEB_WORKERS": "1"}  # as `make run`: one process writes at a time anyway


@dataclass(frozen=True, slots=True)
class Ground:
    """`server` is the address of a PostgreSQL; "" for SQLite."""

    server: str
    pattern: Deployment

    @contextlib.contextmanager
    def copied(self) -> Iterator[Deployment]:
        with contextlib.ExitStack() as stack:
            like = self.pattern.environment["DATABASE_URL"].rsplit("/", 1)[-1]
            copy = stack.enter_context(fresh(self.server, like=like))
            shutil.copytree(self.pattern.folder / "data", copy.folder / "data")
            key = self.pattern.environment["SECRET_KEY"]
            yield Deployment(copy.environment | {"SECRET_KEY": key})


@contextlib.contextmanager
def prepared(server: str) -> Iterator[Ground]:
    with fresh(server) as deployment:
        fill(deployment, is_on_sqlite=not server)
        yield Ground(server, deployment)


def fill(deployment: Deployment, *, is_on_sqlite: bool) -> None:
    """A first start, which the test of this bench need not wait for."""
    if is_on_sqlite and is_run():
        copy_data("synced", deployment.folder / "data")
        seed(deployment)
    else:
        set_up(deployment)


@contextlib.contextmanager
def fresh(server: str, **database: str) -> Iterator[Deployment]:
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        url = stack.enter_context(own_database(server, **database)) if server else ""
        broker = stack.enter_context(own_broker(folder, is_real=bool(server)))
        changes = CHANGES | ({} if server else ON_SQLITE)
        yield Deployment(environment(url, folder, broker) | changes)


@contextlib.contextmanager
def own_broker(folder: Path, *, is_real: bool) -> Iterator[str]:
    """A Redis where production has one, beside PostgreSQL, if it is here; else the portal's own
    Valkey."""
    redis = shutil.which("redis-server") if is_real else None
    broker = Broker(folder / "b.sock", free_port() if redis else 0, binary=redis or server_binary())
    broker.start()
    try:
        yield broker.url
    finally:
        broker.stop()


@contextlib.contextmanager
def serving(*services: str, **changes: str) -> Iterator[Deployment]:
    """Services of docker-compose.yml, as processes, on the copy that this process measures on."""
    with running(Deployment(dict(os.environ) | changes), *services) as deployment:
        yield deployment
