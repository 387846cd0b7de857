"""Each request has an id, a line, and its place in the numbers."""

from __future__ import annotations

import logging

import pytest

from labs.request_id import HEADER
from labs.tally import tally
from portal.accounts.models import User
from portal.operations.requests import note_refused
from tests.rows import signed_in


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """Without the duration, which is only looked at."""
    names = ("method", "view", "status", "user")
    lines = [vars(record) for record in caplog.records if record.name == "portal.requests"]
    assert all(line["ms"] >= 0 for line in lines)
    return [{name: line[name] for name in names} for line in lines]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "portal.requests")
    return caplog


@pytest.fixture
def counted(settings, monkeypatch) -> dict[tuple[str, ...], float]:
    settings.METRICS_ADDRESS = ("127.0.0.1", 9100)
    monkeypatch.setattr(tally, "sender", __import__("os").getpid())  # nothing is sent
    tally.take()
    yield tally.counts
    tally.take()


def test_one_line_for_each_request_with_a_number_and_no_name(lea: User, log) -> None:
    assert signed_in(lea).get("/day/").status_code == 200
    assert lines_of(log) == [{"method": "GET", "view": "day", "status": 200, "user": lea.pk}]
    assert lea.email not in log.text


def test_who_signs_in_is_known_in_the_line_of_that_request(lea: User, client, log) -> None:
    form = {"login": lea.email, "password": "a-long-enough-secret"}
    client.post("/accounts/login/", form)
    assert lines_of(log)[-1] == {
        "method": "POST", "view": "account_login", "status": 302, "user": lea.pk
    }  # fmt: skip


def test_an_address_that_leads_nowhere_is_not_in_the_line(db, client, log) -> None:
    client.get("/no/such/page-of-mine/")
    assert lines_of(log) == [{"method": "GET", "view": "(none)", "status": 404, "user": None}]
    [record] = [one for one in log.records if one.name == "portal.requests"]
    assert "page-of-mine" not in str(vars(record))


def test_static_files_are_told_to_those_alone_who_want_every_line(db, client, log) -> None:
    client.get("/static/css/portal.css")
    [record] = [one for one in log.records if one.name == "portal.requests"]
    assert (record.view, record.levelno) == ("(static)", logging.DEBUG)


def test_monitors_that_ask_all_the_time_are_neither_told_nor_counted(client, log, counted) -> None:
    client.get("/healthz")
    assert lines_of(log) == []
    assert counted == {}


def test_requests_are_counted_by_view_and_status(db, client, counted) -> None:
    client.get("/no/such/page/")
    client.get("/no/such/other/")
    client.get("/day/")
    assert counted["requests", "(none)", "404"] == 2
    assert counted["requests", "day", "302"] == 1
    assert sum(n for key, n in counted.items() if key[:2] == ("request_seconds", "(none)")) > 2


def test_what_never_came_to_django_is_told_and_counted(log, counted) -> None:
    note_refused(413)
    assert counted["requests", "(front)", "413"] == 1
    assert "refused 413" in log.text


def test_every_answer_has_an_id_of_its_own(db, client) -> None:
    first, second = client.get("/"), client.get("/")
    assert len(first.headers[HEADER]) == len(second.headers[HEADER]) == 32
    assert first.headers[HEADER] != second.headers[HEADER]


def test_the_id_of_a_proxy_is_taken(db, client, settings) -> None:
    settings.TRUST_REQUEST_ID = True
    assert client.get("/", headers={HEADER: "from-the-proxy"}).headers[HEADER] == "from-the-proxy"


@pytest.mark.parametrize(("trusted", "given"), [(False, "from-anybody"), (True, "two words")])
def test_an_id_of_anybody_s_is_not(db, client, settings, trusted: bool, given: str) -> None:
    settings.TRUST_REQUEST_ID = trusted
    answer = client.get("/", headers={HEADER: given})
    assert len(answer.headers[HEADER]) == 32


def test_a_page_that_fails_has_an_id_too(db, client, monkeypatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("portal.search.render", lambda *args: 1 / 0)
    monkeypatch.setattr("portal.views.render", lambda *args: 1 / 0)
    answer = client.get("/")
    assert (answer.status_code, len(answer.headers[HEADER])) == (500, 32)
