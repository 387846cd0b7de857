"""Counts of many processes, added up in a Redis of the test's own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from labs import tally as module
from labs.tally import Tally, connect, levels_key, read_counts, read_levels
from tests.servers import Broker, running_broker


@pytest.fixture
def broker(settings) -> Iterator[Broker]:
    with running_broker() as broker:
        settings.REDIS_URL, settings.METRICS_ADDRESS = broker.url, ("127.0.0.1", 9100)
        yield broker


def counted() -> dict[tuple[str, ...], float]:
    with connect() as client:
        return dict(read_counts(client))


def levels() -> dict[str, int]:
    with connect() as client:
        return dict(read_levels(client))


def test_the_counts_of_two_processes_are_added_up(broker: Broker) -> None:
    first, second = Tally(), Tally()
    first.count("requests", "day", "200")
    second.count("requests", "day", "200", amount=2)
    second.count("requests", "day", "500")
    assert (first.send(), second.send()) == (True, True)
    assert counted() == {("requests", "day", "200"): 3, ("requests", "day", "500"): 1}


def test_what_was_sent_is_not_sent_again(broker: Broker) -> None:
    tally = Tally()
    tally.count("sweeps", "done")
    tally.send()
    tally.send()
    assert counted() == {("sweeps", "done"): 1}


def test_a_duration_goes_into_the_bucket_that_just_holds_it(broker: Broker) -> None:
    tally = Tally()
    for seconds in (0.01, 0.011, 99.0):
        tally.observe("request_seconds", "day", seconds=seconds)
    tally.send()
    assert counted() == {
        ("request_seconds", "day", "0.01"): 1,
        ("request_seconds", "day", "0.025"): 1,
        ("request_seconds", "day", "+Inf"): 1,
        ("request_seconds", "day", "sum"): pytest.approx(99.021),
    }


def test_what_redis_did_not_take_is_sent_once_it_is_back(broker: Broker) -> None:
    tally = Tally()
    tally.count("publishes", "refused")
    broker.stop()
    assert tally.send() is False
    tally.count("publishes", "refused")
    broker.start()
    assert tally.send() is True
    assert counted() == {("publishes", "refused"): 2}


def test_open_streams_are_those_of_the_processes_that_live(broker: Broker) -> None:
    here, there = Tally(), Tally()
    here.level("event_streams", 3)
    here.level("event_streams", -1)
    there.level("event_streams", 5)
    here.send()
    there.send()
    assert levels() == {"event_streams": 7}
    with connect() as client:  # as after KEPT seconds without a word
        client.delete(levels_key(there.own_name()))
    assert levels() == {"event_streams": 2}
    with connect() as client:
        assert client.smembers(module.PROCESSES) == {here.own_name()}


def test_a_forked_process_is_another_process(broker: Broker, monkeypatch) -> None:
    tally = Tally()
    name = tally.own_name()
    assert tally.own_name() == name
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert tally.own_name() != name


def test_nothing_is_counted_or_sent_while_nobody_asks(broker: Broker, settings) -> None:
    settings.METRICS_ADDRESS = None
    tally = Tally()
    tally.count("sweeps", "done")
    tally.observe("request_seconds", "day", seconds=1.0)
    tally.level("event_streams", 1)
    tally.keep_sending()
    assert (tally.counts, tally.levels, tally.sender, tally.send()) == ({}, {}, 0, False)
    assert counted() == {}


def test_a_server_sends_by_itself(broker: Broker, monkeypatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0.02)
    tally = Tally()
    tally.count("sweeps", "done")
    tally.keep_sending()
    deadline = module.threading.Event()
    for _number in range(500):
        if counted():
            break
        deadline.wait(0.02)
    assert counted() == {("sweeps", "done"): 1}
