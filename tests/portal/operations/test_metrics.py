"""The numbers are what happened, whichever process did it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from labs.models import State, Submission, Worker
from labs.sweeper import Sweeper
from labs.tally import tally as own
from labs.tasks import check
from portal.accounts.models import User
from portal.operations import from_tables
from portal.operations.metrics import Numbers
from tests.rows import make_lab, make_submission

pytestmark = pytest.mark.django_db


def ago(seconds: float):
    return timezone.now() - timedelta(seconds=seconds)


@pytest.fixture
def lab(course):
    return make_lab(course, "say-it", section="policy-structure")


def test_requests_of_two_processes_are_one_number(scrape, tally) -> None:
    other = type(tally)()
    for process, seconds in ((tally, 0.02), (other, 0.3), (other, 30.0)):
        process.count("requests", "day", "200")
        process.observe("request_seconds", "day", seconds=seconds)
        process.send()
    found = scrape()
    day = {"view": "day"}

    def bucket(le: str) -> float:
        return found["portal_request_seconds_bucket", frozenset({**day, "le": le}.items())]

    assert scrape.value("requests_total", view="day", status="200") == 3
    assert [bucket(le) for le in ("0.01", "0.025", "0.25", "0.5", "10.0", "+Inf")] == [
        0, 1, 1, 2, 2, 3
    ]  # fmt: skip
    assert scrape.value("request_seconds_count", **day) == 3
    assert scrape.value("request_seconds_sum", **day) == pytest.approx(30.32)


def test_streams_sweeps_and_messages(scrape, tally) -> None:
    assert scrape.value("publishes_total", outcome="refused") == 0
    assert scrape.value("sweeps_total", outcome="done") == 0
    tally.level("event_streams", 4)
    tally.count("publishes", "refused", amount=2)
    tally.count("swept", "freed", amount=3)
    tally.send()
    assert scrape.value("event_streams") == 4
    assert scrape.value("publishes_total", outcome="refused") == 2
    assert scrape.value("swept_total", what="freed") == 3


def test_a_workers_sweep_is_counted_and_sent(scrape, lea: User, lab) -> None:
    make_submission(lea, lab, state=State.CHECKING, lease_until=ago(60), claimed_at=ago(90))
    Sweeper(parent := object()).tick("portal@here")
    assert parent is not None
    assert scrape.value("sweeps_total", outcome="done") == 1
    assert scrape.value("swept_total", what="freed") == 1
    assert own.counts == {}


def test_messages_in_the_broker_by_queue(scrape, broker) -> None:
    from labs.tally import connect

    with connect() as client:
        client.lpush("portal:interactive", "one", "two")
    assert scrape.value("broker_messages", queue="interactive") == 2
    assert scrape.value("broker_messages", queue="bulk") == 0


def test_how_many_answers_wait_and_since_when(scrape, lea: User, lab) -> None:
    assert scrape.value("answers", state="queued") == 0
    assert scrape.value("oldest_answer_seconds", state="queued") == 0
    make_submission(lea, lab, created_at=ago(100))
    make_submission(lea, lab, created_at=ago(10))
    make_submission(lea, lab, state=State.CHECKING, created_at=ago(200))
    make_submission(lea, lab, state=State.GRADED, created_at=ago(900))
    assert scrape.value("answers", state="queued") == 2
    assert scrape.value("answers", state="checking") == 1
    assert 100 <= scrape.value("oldest_answer_seconds", state="queued") < 150
    assert 200 <= scrape.value("oldest_answer_seconds", state="checking") < 250


def test_what_could_not_be_checked(scrape, lea: User, lab) -> None:
    make_submission(lea, lab, state=State.FAULTED, fault="boom")
    make_submission(lea, lab, state=State.FAULTED, unreadable={"message": "?"})
    assert scrape.value("answers_faulted") == 1


def test_workers_that_live(scrape) -> None:
    assert scrape.value("worker_seen_seconds") is None
    Worker.objects.create(name="dead", seen_at=ago(4000))
    assert scrape.value("workers") == 0
    assert 4000 <= scrape.value("worker_seen_seconds") < 4050
    Worker.objects.create(name="alive")
    assert scrape.value("workers") == 1


def finished(row: Submission, *, seconds_ago: float, waited: float, took: float) -> None:
    end = ago(seconds_ago)
    begun = end - timedelta(seconds=took)
    Submission.objects.filter(pk=row.pk).update(
        finished_at=end, claimed_at=begun, created_at=begun - timedelta(seconds=waited)
    )


def test_checks_by_kind_each_once_however_often_one_looks(scrape, lea: User, lab) -> None:
    kind = {"kind": "iam-policy"}
    assert scrape.value("checking_seconds_count", **kind) == 0
    before = make_submission(lea, lab, state=State.GRADED)
    finished(before, seconds_ago=3600, waited=1, took=1)  # before this process began
    row = make_submission(lea, lab, state=State.GRADED)
    broken = make_submission(lea, lab, state=State.FAULTED, fault="boom")
    finished(row, seconds_ago=0, waited=2.0, took=0.2)
    finished(broken, seconds_ago=0, waited=0.0, took=9.0)
    scrape.later(seconds=30)
    for _look in range(2):
        assert scrape.value("checking_seconds_count", **kind) == 2
        assert scrape.value("checking_seconds_sum", **kind) == pytest.approx(9.2)
        assert scrape.value("checking_seconds_bucket", **kind, le="0.25") == 1
        assert scrape.value("waiting_seconds_bucket", **kind, le="1.0") == 1
        assert scrape.value("waiting_seconds_bucket", **kind, le="2.5") == 2
        assert scrape.value("checks_total", **kind, outcome="graded") == 1
        assert scrape.value("checks_total", **kind, outcome="faulted") == 1
    assert scrape.value("checking_seconds_count", kind="security-group") == 0


def test_a_check_leaves_its_times_on_the_row(lea: User, lab, settings) -> None:
    settings.CHECK_TRIES = 1
    row = make_submission(lea, lab)
    check(row.pk)
    row.refresh_from_db()
    assert row.created_at <= row.claimed_at <= row.finished_at


def test_a_moment_is_left_to_rows_that_are_just_being_committed(scrape, lea: User, lab) -> None:
    scrape()
    row = make_submission(lea, lab, state=State.GRADED)
    finished(row, seconds_ago=0, waited=0, took=1)
    assert scrape.value("checks_total", kind="iam-policy", outcome="graded") == 0
    scrape.later(seconds=30)
    assert scrape.value("checks_total", kind="iam-policy", outcome="graded") == 1


def test_a_broker_that_is_away_hides_nothing_of_the_database(scrape, broker) -> None:
    assert scrape.value("broker_up") == 1
    broker.stop()
    assert scrape.value("broker_up") == 0
    assert scrape.value("publishes_total", outcome="refused") is None
    assert scrape.value("answers", state="queued") == 0


def test_a_database_that_is_away_hides_nothing_of_the_broker(scrape, monkeypatch) -> None:
    assert scrape.value("database_up") == 1

    def away() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(from_tables, "open_answers", away)
    assert scrape.value("database_up") == 0
    assert scrape.value("answers", state="queued") is None
    assert scrape.value("broker_up") == 1


def test_content_is_missed(scrape) -> None:
    assert scrape.value("content_synced") == 0


def test_content_is_seen(scrape, course) -> None:
    assert scrape.value("content_synced") == 1


def test_asking_often_costs_no_more_than_asking_once(
    broker, monkeypatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr("portal.operations.from_tables.connection.close", lambda: None)
    numbers = Numbers()
    first = list(numbers.collect())
    with django_assert_num_queries(0):
        assert list(numbers.collect()) == first


def test_a_scrape_asks_as_often_however_many_answers_there_are(
    scrape, lea: User, lab, django_assert_num_queries
) -> None:
    scrape()
    queries = 7 if connection.vendor == "postgresql" else 6  # which has a clock of its own
    with django_assert_num_queries(queries):
        scrape()
    for _number in range(5):
        finished(make_submission(lea, lab, state=State.GRADED), seconds_ago=0, waited=1, took=1)
        make_submission(lea, lab)
    scrape.later(seconds=30)
    with django_assert_num_queries(queries):
        scrape()


def test_the_command_says_what_is_missing(settings) -> None:
    settings.METRICS_ADDRESS = None
    with pytest.raises(CommandError, match="Set METRICS_ADDRESS, for example to 127"):
        call_command("metrics")
