"""The commands of docker-compose.yml as plain processes, on a real PostgreSQL and a real Redis."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.compose import SERVICES
from tests.deployment import Deployment, deployed, wait_for
from tests.prepared import DEMO_PASSWORD
from tests.readers import PEOPLE, Reader
from tests.test_one_command import LABS, verdict_page
from tests.visitor import Visitor

IMPATIENT = {"SUBMISSIONS_PER_MINUTE": "10000", "OPEN_ANSWERS": "10000", "SWEEP_SECONDS": "1"}
IMPATIENT |= {"DRAIN_SECONDS": "2"}
STEPS = [["worker", "bulk", "events"], ["web"], ["web2"]]  # as OPERATING.md has them
UPGRADED = [service for step in STEPS for service in step]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.xdist_group("deployment"),
]


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    with deployed("backup", *UPGRADED, **IMPATIENT) as deployment:
        deployment.start_proxy()
        wait_for(f"{deployment.address('proxy')}/healthz")
        yield deployment


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


def check_health(deployment: Deployment, service: str) -> int:
    """The service's own health check, with this machine's ports and folders."""
    test = SERVICES[service]["healthcheck"]["test"]
    here = {
        "127.0.0.1:8000": f"127.0.0.1:{deployment.ports['web']}",
        "127.0.0.1:8001": f"127.0.0.1:{deployment.ports['events']}",
        "/tmp/worker-lives": deployment.environment["HEARTBEAT_FILE"],
        "/backups": deployment.environment["BACKUP_DIR"],
    }
    words = test[1:] if test[0] == "CMD" else ["sh", "-c", test[1]]
    for inside, outside in here.items():
        words = [word.replace(inside, outside) for word in words]
    return subprocess.run(words, env=deployment.environment, capture_output=True).returncode


@pytest.mark.parametrize("service", ["web", "events", "worker", "bulk", "backup"])
def test_every_service_becomes_healthy(deployment: Deployment, service: str) -> None:
    deadline = time.monotonic() + 30
    while check_health(deployment, service) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert check_health(deployment, service) == 0, deployment.log(service)


def test_a_worker_that_stands_still_is_unhealthy(deployment: Deployment) -> None:
    lives = Path(deployment.environment["HEARTBEAT_FILE"])
    for service in ("worker", "bulk"):
        deployment.processes[service].send_signal(signal.SIGSTOP)
    try:
        old = time.time() - 300
        os.utime(lives, (old, old))
        assert check_health(deployment, "worker") == 1
    finally:
        for service in ("worker", "bulk"):
            deployment.processes[service].send_signal(signal.SIGCONT)


def test_the_backup_of_the_night_is_one_that_can_be_read(deployment: Deployment) -> None:
    [kept] = Path(deployment.environment["BACKUP_DIR"]).glob("portal-*.tar.gz")
    listed = deployment.run("python", "manage.py", "backups", "--list")
    assert listed.startswith(f"{kept}  {kept.stat().st_size:,} bytes")
    names = subprocess.run(["tar", "tzf", str(kept)], capture_output=True, text=True, check=True)
    assert names.stdout.split() == ["manifest.json", "database"]


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
    web = deployment.processes["web"].pid
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


def handed_in(deployment: Deployment) -> list[tuple[str, int]]:
    """State and number of grades of every answer of the test."""
    question = (
        "select s.state, (select count(*) from labs_grade g where g.submission_id = s.id) "
        "from labs_submission s where s.text like '%by ___-%'"
    )
    with psycopg.connect(deployment.environment["DATABASE_URL"]) as database:
        return database.execute(question).fetchall()


def test_an_upgrade_under_load_fails_no_request_and_loses_no_answer(
    deployment: Deployment,
) -> None:
    until = threading.Event()
    people = [Reader(name, deployment.address("proxy"), DEMO_PASSWORD, until) for name in PEOPLE]
    for person in people:
        person.start()
    begun = time.monotonic()
    for step in STEPS:
        deployment.restart(*step)
    until.set()
    for person in people:
        person.join(60)
    done = sum((person.done for person in people), Counter())
    print(f"{time.monotonic() - begun:.1f} s under load: {dict(done)}")

    assert [line for person in people for line in person.failed] == []
    assert min(done["page"], done["answer"]) > 10
    deadline = time.monotonic() + 60
    while {state for state, _grades in handed_in(deployment)} != {"graded"}:
        assert time.monotonic() < deadline, Counter(handed_in(deployment))
        time.sleep(0.5)
    assert Counter(handed_in(deployment)) == {("graded", 1): done["answer"]}
