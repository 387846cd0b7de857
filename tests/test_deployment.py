"""The commands of docker-compose.yml as plain processes, on a real PostgreSQL and a real Redis."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import yaml

from portal.broker import is_answering
from tests.running import free_port
from tests.test_one_command import LABS, verdict_page
from tests.visitor import Visitor

ROOT = Path(__file__).resolve().parents[1]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")

DEMO_PASSWORD = secrets.token_hex(16)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.xdist_group("deployment"),
]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A database of its own on the server, dropped afterwards."""
    name = f"portal_{secrets.token_hex(4)}"
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        missing(f"no PostgreSQL at {POSTGRES}: {error}")
    with server:
        server.execute(f'create database "{name}"')
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
        server.execute(f'drop database "{name}" with (force)')


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def environment(database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """As docker-compose.yml fills it in, without TLS."""
    if not is_answering(REDIS):
        missing(f"no Redis at {REDIS}")
    without = {"DJANGO_SETTINGS_MODULE", "CI"}
    clean = {name: value for name, value in os.environ.items() if name not in without}
    return clean | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "HTTPS": "0",
        "EMAIL_HOST": "none",
        "BEHIND_PROXY": "1",
        "DATABASE_URL": database,
        "REDIS_URL": REDIS,
    }


class Deployment:
    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.ports = {"web": free_port(), "events": free_port()}
        self.processes: list[subprocess.Popen[bytes]] = []

    def run(self, *command: str) -> None:
        subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, timeout=120
        )

    def start(self, service: str) -> None:
        command = [str(word) for word in SERVICES[service]["command"]]
        if service in self.ports:
            command[command.index("--port") + 1] = str(self.ports[service])
            command[command.index("--host") + 1] = "127.0.0.1"
        self.processes.append(
            subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)
        )

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(40)

    def address(self, service: str) -> str:
        return f"http://127.0.0.1:{self.ports[service]}"


@pytest.fixture(scope="module")
def deployment(environment: dict[str, str]) -> Iterator[Deployment]:
    deployment = Deployment(environment)
    # A step of the image
    deployment.run("python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    deployment.run(*SERVICES["setup"]["command"])
    deployment.run("python", "manage.py", "seed_demo", "--password", DEMO_PASSWORD)
    for service in ("web", "events", "worker"):
        deployment.start(service)
    try:
        wait_for(f"{deployment.address('web')}/readyz")
        yield deployment
    finally:
        deployment.stop()


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def test_an_answer_travels_through_every_service(deployment: Deployment) -> None:
    lea = Visitor(deployment.address("web"))
    lea.sign_in("lea@demo.example", DEMO_PASSWORD)
    page = lea.send(lea.get("/labs/let-the-web-in/"), r"/submit/$", text=LABS["let-the-web-in"])
    live = re.search(r'data-live="([^"]+)"', page.source)
    if live:  # still open: the events service tells when it is not
        with urllib.request.urlopen(
            deployment.address("events") + live.group(1), timeout=30
        ) as stream:
            assert b"data: graded" in stream.read()
    assert 'data-state="failed"' in verdict_page(lea, lea.get("/labs/let-the-web-in/")).source


def test_static_files_are_served_with_names_that_may_be_kept_for_ever(
    deployment: Deployment,
) -> None:
    page = Visitor(deployment.address("web")).get("/")
    sheet = re.search(r'href="(/static/css/portal\.[0-9a-f]+\.css)"', page.source)
    assert sheet, "the stylesheet has no hashed name"
    with urllib.request.urlopen(deployment.address("web") + sheet.group(1), timeout=5) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_database_is_ready_and_the_broker_answers(deployment: Deployment) -> None:
    assert (
        '"database": "ok", "broker": "ok"'
        in Visitor(deployment.address("web")).get("/readyz").source
    )


def test_visitors_who_send_a_form_byte_by_byte_stop_nobody(deployment: Deployment) -> None:
    head = "POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400\r\n\r\n"
    slow = [
        socket.create_connection(("127.0.0.1", deployment.ports["web"]), timeout=5)
        for _number in range(12)
    ]
    try:
        for connection in slow:
            connection.sendall(head.encode() + b"x")
        with urllib.request.urlopen(f"{deployment.address('web')}/", timeout=5) as page:
            assert page.status == 200
    finally:
        for connection in slow:
            connection.close()


def test_a_dead_web_worker_comes_back(deployment: Deployment) -> None:
    web = deployment.processes[0].pid
    before = children_of(web)
    for child in before:
        os.kill(child, signal.SIGKILL)
    wait_for(f"{deployment.address('web')}/readyz")
    assert not set(children_of(web)) & set(before)


def children_of(pid: int) -> list[int]:
    """Workers, and not the helpers that Python starts for them."""
    words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    spawned = [int(word) for word in words]
    return [one for one in spawned if b"resource_tracker" not in command_of(one)]


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
