"""The services of docker-compose.yml as plain processes, on a real PostgreSQL and a real Redis."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal.broker import is_answering
from tests import prepared
from tests.compose import ROOT, SERVICES, caddyfile
from tests.databases import missing, own_database
from tests.prepared import DEMO_PASSWORD, POSTGRESQL
from tests.running import free_port
from tests.servers import Broker

SERVERS = {"web", "web2", "events"}
PATIENCE = {"worker": 60, "bulk": 60}  # seconds that a service may take to end


@contextlib.contextmanager
def own_redis(folder: Path) -> Iterator[str]:
    """A real Redis of its own: what is published is heard in every database of a server."""
    binary = shutil.which("redis-server")
    if not binary:
        missing("no redis-server here")
    broker = Broker(folder / "redis.sock", free_port(), binary=binary or "")
    broker.start()
    assert is_answering(broker.url)
    yield broker.url
    broker.stop()


def environment(database: str, folder: Path, redis: str) -> dict[str, str]:
    """As docker-compose.yml fills it in, without TLS and mail."""
    inside: dict[str, str] = SERVICES["web"]["environment"]
    return inside | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATA_DIR": str(folder / "data"),
        "BACKUP_DIR": str(folder / "backups"),
        "HEARTBEAT_FILE": str(folder / "worker-lives"),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": "",
        "HTTPS": "0",
        "EMAIL_HOST": "none",
        "DATABASE_URL": database,
        "DATABASE_PASSWORD": "",
        "REDIS_URL": redis,
    }


@dataclass
class Deployment:
    environment: dict[str, str]
    root: Path = ROOT
    ports: dict[str, int] = field(
        default_factory=lambda: {name: free_port() for name in (*sorted(SERVERS), "proxy")}
    )
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return Path(self.environment["HOME"])

    def run(self, *command: str) -> str:
        answer = subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    def start(self, service: str, *more: str) -> None:
        """`more`: options in the place of those that its command has."""
        command = [*map(str, SERVICES[service]["command"]), *more]
        if service in SERVERS:
            command[command.index("--port") + 1] = str(self.ports[service])
            command[command.index("--host") + 1] = "127.0.0.1"
        if command[0] == "celery":
            command += ["--hostname", f"{service}@%h"]
        self.launch(service, command)

    def start_proxy(self) -> None:
        """Caddy with the configuration of docker-compose.yml."""
        caddy = shutil.which("caddy", path=self.environment["PATH"])
        if not caddy:
            missing("no caddy here")
            return
        here = {name: f"127.0.0.1:{self.ports[name]}" for name in sorted(SERVERS, reverse=True)}
        text = caddyfile(**here).replace("{\n", "{\n  admin off\n", 1)
        file = self.folder / "Caddyfile"
        file.write_text(text.replace("{$SITE}", f"http://127.0.0.1:{self.ports['proxy']}"))
        self.launch("proxy", [caddy, "run", "--adapter", "caddyfile", "--config", str(file)])

    def launch(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=self.root, env=self.environment, stdout=log, stderr=log
            )

    def stop(self, *services: str) -> None:
        """All together, as compose does."""
        for name in services:
            self.processes[name].terminate()
        for name in services:
            self.processes.pop(name).wait(PATIENCE.get(name, 30))

    def restart(self, *services: str) -> None:
        """As `docker compose up --detach --wait` makes containers anew."""
        self.stop(*services)
        for service in services:
            self.start(service)
        for service in SERVERS & set(services):
            wait_for(f"{self.address(service)}/readyz")

    def address(self, service: str) -> str:
        return f"http://127.0.0.1:{self.ports[service]}"

    def log(self, service: str) -> str:
        return (self.folder / f"{service}.log").read_text()


@contextlib.contextmanager
def deployed(*services: str, **given: str) -> Iterator[Deployment]:
    """A deployment with the demo's people in it."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deployed-")))
        (folder / "backups").mkdir()
        redis = stack.enter_context(own_redis(folder))
        copied = {"like": prepared.template("seeded")} if prepared.is_run() else {}
        database = stack.enter_context(own_database(**copied))
        deployment = Deployment(environment(database, folder, redis) | given)
        if copied:
            prepared.copy_data("seeded", folder / "data", POSTGRESQL)
        else:
            set_up(deployment)
        with running(deployment, *services):
            yield deployment


def set_up(deployment: Deployment) -> None:
    # A step of the image
    deployment.run("python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    deployment.run(*SERVICES["setup"]["command"])
    seed(deployment)


def seed(deployment: Deployment) -> None:
    deployment.run("python", "manage.py", "seed_demo", "--password", DEMO_PASSWORD)


@contextlib.contextmanager
def running(deployment: Deployment, *services: str) -> Iterator[Deployment]:
    try:
        for service in services:
            deployment.start(service)
        for service in SERVERS & set(services):
            wait_for(f"{deployment.address(service)}/readyz")
        yield deployment
    finally:
        deployment.stop(*deployment.processes)


def wait_for(url: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")
