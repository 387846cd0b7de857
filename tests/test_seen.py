"""A running portal, seen as its operator sees it: numbers, lines, errors and traces."""

from __future__ import annotations

import json
import os
import re
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collector import Collector, wait_for
from tests.portal.operations.promql import not_shown
from tests.prepared import copy_data
from tests.running import PASSWORD, Portal, free_port, start_portal
from tests.test_one_command import LABS, verdict_page
from tests.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("seen")]
SECRET = "never-to-be-seen"


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with Collector() as collector:
        yield collector


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def portal(
    tmp_path_factory: pytest.TempPathFactory, collector: Collector, metrics_port: int
) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("seen")
    copy_data("seeded", folder)
    portal = start_portal(
        folder,
        DJANGO_SETTINGS_MODULE="tests.seen_settings",
        LOG_FORMAT="json",
        METRICS_ADDRESS=f"127.0.0.1:{metrics_port}",
        SENTRY_DSN=f"http://key@127.0.0.1:{collector.port}/1",
        OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{collector.port}",
        OTEL_BSP_SCHEDULE_DELAY="200",
    )
    yield portal
    portal.stop()


@pytest.fixture(scope="module")
def lea(portal: Portal) -> Visitor:
    """Signed in, and her answer was checked."""
    visitor = Visitor(portal.url)
    visitor.sign_in("lea@demo.example", PASSWORD)
    lab = visitor.get("/labs/let-the-web-in/")
    page = visitor.send(lab, r"/submit/$", text=LABS["let-the-web-in"])
    assert 'data-state="failed"' in verdict_page(visitor, page).source
    return visitor


def lines(portal: Portal, **wanted: object) -> list[dict[str, object]]:
    """Of the log, those that say this."""
    found = []
    for line in portal.log.read_text().splitlines():
        _process, _bar, said = line.partition("| ")
        if said.startswith("{"):
            found.append(json.loads(said))
    return [line for line in found if wanted.items() <= line.items()]


def scrape(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def value(text: str, sample: str) -> float:
    found = re.search(rf"^{re.escape(sample)} (\S+)$", text, re.M)
    return float(found[1]) if found else 0.0


def test_the_id_of_an_answer_is_in_its_line(portal: Portal, lea: Visitor) -> None:
    given = lea.get("/day/").headers["X-Request-ID"]
    [line] = wait_for(lambda: lines(portal, request_id=given))
    assert (line["view"], line["status"], line["method"]) == ("day", 200, "GET")
    assert isinstance(line["user"], int)


def test_one_id_from_the_form_to_the_worker(portal: Portal, lea: Visitor) -> None:
    [sent] = lines(portal, view="labs:submit")
    [checked] = lines(portal, logger="labs.tasks", request_id=sent["request_id"])
    assert (checked["kind"], checked["state"]) == ("security-group", "graded")
    assert checked["process"] != sent["process"]
    celery = lines(portal, logger="celery.app.trace", request_id=sent["request_id"])
    assert ["succeeded" in str(line["message"]) for line in celery] == [True]
    assert portal.manage(
        "shell", "--verbosity=0", "-c",
        "from labs.models import Submission as S; print(S.objects.latest('pk').request_id)",
    ).strip() == sent["request_id"]  # fmt: skip


def test_no_password_is_in_the_log(portal: Portal, lea: Visitor) -> None:
    log = portal.log.read_text()
    assert "account_login" in log
    assert f"password {PASSWORD}" in log  # the greeting, where the demo's sign-ins are printed
    assert log.count(PASSWORD) == 1


def test_request_and_check_are_one_trace(collector: Collector, lea: Visitor) -> None:
    def pair() -> tuple[object, object] | None:
        spans = {span.name: span for span in collector.spans()}
        names = ("POST labs:submit", "labs.check")
        return tuple(spans[name] for name in names) if set(names) <= set(spans) else None

    request, task = wait_for(pair)
    assert request.trace_id == task.trace_id
    assert task.parent_span_id == request.span_id
    ids = [
        {one.key: one.value.string_value for one in span.attributes}["request_id"]
        for span in (request, task)
    ]
    assert ids[0] == ids[1] != ""
    assert b"sessionid" not in b"".join(collector.bodies("/v1/traces"))


def test_an_error_is_reported_without_what_was_typed(
    portal: Portal, collector: Collector, lea: Visitor
) -> None:
    page = lea.get(f"/fails/?password={SECRET}")
    assert page.status == 500
    error = wait_for(collector.errors)[0]
    assert error["exception"]["values"][-1]["type"] == "RuntimeError"
    assert error["tags"]["request_id"] == page.headers["X-Request-ID"]
    sent = b"".join(collector.bodies("/envelope/"))
    assert (SECRET.encode() in sent, b"[hidden]" in sent) == (False, True)
    assert SECRET not in portal.log.read_text()
    assert "this address always fails" in portal.log.read_text()


def test_numbers_of_every_process(portal: Portal, lea: Visitor, metrics_port: int) -> None:
    submitted = re.compile(r'portal_requests_total\{.*view="labs:submit"\} 1')
    wait_for(lambda: submitted.search(scrape(metrics_port)))
    wait_for(lambda: value(scrape(metrics_port), 'portal_sweeps_total{outcome="done"}') >= 1)
    checks = 'portal_checks_total{kind="security-group",outcome="graded"}'
    wait_for(lambda: value(scrape(metrics_port), checks) >= 1)
    text = scrape(metrics_port)
    assert value(text, "portal_database_up") == value(text, "portal_broker_up") == 1
    assert value(text, "portal_workers") == 1


def test_no_number_is_served_to_visitors(portal: Portal) -> None:
    assert Visitor(portal.url).get("/metrics").status == 404


def test_a_web_worker_that_is_killed_takes_no_number_with_it(
    portal: Portal, lea: Visitor, metrics_port: int
) -> None:
    day = re.compile(r'portal_requests_total\{status="200",view="day"\} (\S+)')

    def days() -> float:
        found = day.search(scrape(metrics_port))
        return float(found[1]) if found else 0.0

    lea.get("/day/")
    before = wait_for(days)
    [server] = portal.pids("granian")
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    for child in children:
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes() or len(children) == 1:
            os.kill(int(child), signal.SIGKILL)
    wait_for(lambda: portal_answers(portal))
    lea.get("/day/")
    wait_for(lambda: days() > before)


def portal_answers(portal: Portal) -> bool:
    try:
        return Visitor(portal.url).get("/healthz").status == 200
    except OSError:
        return False


def test_every_metric_of_the_rules_and_the_dashboard_is_shown(
    portal: Portal, lea: Visitor, metrics_port: int
) -> None:
    wait_for(lambda: "portal_requests_total{" in scrape(metrics_port))
    text = scrape(metrics_port)
    assert "portal_checking_seconds_bucket" in text
    assert not_shown(text) == []
