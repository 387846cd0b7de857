"""`manage.py run` on an empty data folder, used by people with a plain HTTP client."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.prepared import SQLITE, copy_data, made
from tests.running import PASSWORD, Portal, environment, free_port, start_portal
from tests.visitor import Page, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("one_command")]

CATALOG = Path(__file__).resolve().parents[1] / "labs" / "catalog"
LABS = {
    "read-one-bucket": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", '
    '"Resource": "*"}]}',
    "let-the-web-in": '{"inbound": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}], '
    '"outbound": []}',
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = start_portal(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.stop()


@pytest.fixture(scope="module")
def lea(portal: Portal) -> Visitor:
    visitor = Visitor(portal.url)
    assert visitor.sign_in("lea@demo.example", PASSWORD).url.endswith("/day/")
    return visitor


def verdict_page(visitor: Visitor, page: Page) -> Page:
    """The page once the worker has spoken."""
    deadline = time.monotonic() + 30
    while re.search(r'data-state="(queued|checking)"', page.source) and time.monotonic() < deadline:
        time.sleep(0.2)
        page = visitor.get(page.url)
    return page


def solution_for(page: Page, slug: str) -> str:
    """The solution of this learner's variant, as its author would put it together."""
    import tomllib

    lab = tomllib.loads((CATALOG / slug / "lab.toml").read_text())
    text = (CATALOG / slug / "solution.json").read_text()
    variants = lab.get("variants") or [{}]
    variant = next(
        row for row in variants if all(str(value) in page.text for value in shown(slug, row))
    )
    for name, value in variant.items():
        text = text.replace(f"<<{name}>>", str(value))
    return text


def shown(slug: str, variant: dict[str, str]) -> list[str]:
    """The values that the statement shows."""
    brief = (CATALOG / slug / "brief.md").read_text()
    return [str(value) for name, value in variant.items() if f"<<{name}>>" in brief]


def test_other_tests_begin_with_what_a_first_start_leaves(portal: Portal) -> None:
    """While nobody has done anything yet."""
    assert rows_in(made("seeded", SQLITE) / "data") == rows_in(portal.data_dir)


def rows_in(folder: Path) -> dict[str, int]:
    """How many there are, by table as it is defined; without what a worker writes once it runs."""
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as database:
        tables = database.execute(
            "select name, sql from sqlite_master "
            "where type = 'table' and name not in ('labs_chore', 'labs_worker')"
        )
        return {
            sql: database.execute(f'select count(*) from "{name}"').fetchone()[0]
            for name, sql in tables.fetchall()
        }


def test_a_learner_completes_a_lesson(lea: Visitor) -> None:
    course = lea.get("/learn/aws/")
    lesson = lea.get(course.links(r"^/learn/aws/[a-z0-9-]+/$")[-1])
    done = lea.send(lesson, r"/complete/$")
    assert (done.status, bool(re.search(r"/reopen/", done.source))) == (200, True)


@pytest.mark.parametrize("slug", sorted(LABS))
def test_a_right_answer_passes(lea: Visitor, slug: str) -> None:
    lab = lea.get(f"/labs/{slug}/")
    page = verdict_page(lea, lea.send(lab, r"/submit/$", text=solution_for(lab, slug)))
    assert 'data-state="passed"' in page.source


@pytest.mark.parametrize("slug", sorted(LABS))
def test_a_wrong_answer_fails_with_a_reason(lea: Visitor, slug: str) -> None:
    page = verdict_page(lea, lea.send(lea.get(f"/labs/{slug}/"), r"/submit/$", text=LABS[slug]))
    assert 'data-state="failed"' in page.source


@pytest.mark.parametrize("slug", sorted(LABS))
def test_a_broken_answer_points_at_the_place_and_loses_nothing(lea: Visitor, slug: str) -> None:
    lab = lea.get(f"/labs/{slug}/")
    broken = '{\n  "Statement": [,]\n}'
    page = lea.send(lab, r"/submit/$", text=broken)
    assert re.search(r"line 2, column 17", page.text, re.I), page.text
    assert page.form(r"/submit/$").fields["text"].strip() == broken


def test_the_instructor_sees_the_verdicts(portal: Portal, lea: Visitor) -> None:
    tom = Visitor(portal.url)
    tom.sign_in("tom@demo.example", PASSWORD)
    cohort = tom.get(tom.get("/day/").links(r"^/cohorts/[a-z0-9-]+/$")[0])
    assert "Lea" in cohort.text
    learner = next(
        tom.get(link) for link in cohort.links(r"/learners/\d+/$") if "Lea" in tom.get(link).text
    )
    submission = tom.get(learner.links(r"/submissions/\d+/$")[0])
    assert (submission.status, "Lea" in submission.text) == (200, True)


def test_an_outsider_finds_nothing(portal: Portal) -> None:
    stranger = Visitor(portal.url)
    assert [stranger.get(path).url for path in ("/day/", "/learn/aws/", "/labs/")] == [
        f"{portal.url}/accounts/login/?next={path}" for path in ("/day/", "/learn/aws/", "/labs/")
    ]


def test_a_second_portal_on_the_same_data_is_refused(portal: Portal) -> None:
    answer = run_in_vain(portal.data_dir, free_port())
    assert "The portal is running already" in answer


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} cannot be used (Address already in use)" in (
            answer := run_in_vain(tmp_path, port)
        )
    assert f"PORT={port + 1} make run" in answer


def run_in_vain(data_dir: Path, port: int) -> str:
    command = [sys.executable, "manage.py", "run", "--port", str(port)]
    answer = subprocess.run(
        command, env=environment(data_dir), capture_output=True, text=True, timeout=60
    )
    assert answer.returncode == 1
    return answer.stderr


def test_one_signal_ends_everything_and_the_data_survives(tmp_path: Path) -> None:
    copy_data("seeded", tmp_path)
    first = start_portal(tmp_path)
    lea = Visitor(first.url)
    lea.sign_in("lea@demo.example", PASSWORD)
    lesson = lea.get("/learn/aws/").links(r"^/learn/aws/[a-z0-9-]+/$")[-2]
    lea.send(lea.get(lesson), r"/complete/$")
    children = first.pids("")
    first.stop()
    assert (first.process.returncode, len(children)) == (0, 3)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]

    second = start_portal(tmp_path)
    try:
        again = Visitor(second.url)
        again.sign_in("lea@demo.example", PASSWORD)
        assert "/reopen/" in again.get(lesson).source
    finally:
        second.stop()


def test_a_runner_that_is_killed_leaves_nothing_that_serves_its_port(tmp_path: Path) -> None:
    copy_data("seeded", tmp_path)
    portal = start_portal(tmp_path)
    port = int(portal.url.rsplit(":", 1)[1])
    [web] = portal.pids("granian")
    os.kill(web, signal.SIGSTOP)  # it hears no signal that it could handle
    portal.process.kill()
    portal.process.wait()
    deadline = time.monotonic() + 20
    while is_taken(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_taken(port)


def is_taken(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
