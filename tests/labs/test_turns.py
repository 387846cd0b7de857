"""Whose turn it is, on the real table: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Barrier, Thread
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from labs.models import Lab, State, Submission
from labs.queue import enqueue, publish_new
from labs.tasks import check
from portal.accounts.models import User
from tests.rows import make_submission, make_user

People = Callable[[int, int], list[User]]


@pytest.fixture
def people(db: None) -> People:
    """So many learners of a crowd."""
    made: list[User] = []

    def make(count: int, crowd: int) -> list[User]:
        users = [
            make_user(f"N{len(made) + number} of {crowd}", password=None) for number in range(count)
        ]
        made.extend(users)
        return users

    return make


@pytest.fixture
def hand_in(lab: Lab) -> Iterator[Callable[..., Submission]]:
    """Answers, each a little later than the one before."""
    start, count = timezone.now() - timedelta(seconds=30), 0

    def submit(user: User, crowd: int = 1, **fields: object) -> Submission:
        nonlocal count
        count += 1
        fields = {"created_at": start + timedelta(milliseconds=count)} | fields
        return make_submission(user, lab, crowd=crowd, **fields)

    return submit


def taken() -> Submission:
    row = Submission.objects.take_next()
    assert row is not None
    return row


def finish(row: Submission) -> None:
    Submission.objects.filter(pk=row.pk).update(state=State.GRADED, finished_at=timezone.now())


def test_who_came_first_is_served_first_among_equals(people: People, hand_in: Callable) -> None:
    rows = [hand_in(user) for user in people(4, 1)]
    assert [taken().pk for _row in rows] == [row.pk for row in rows]


def test_one_learner_of_another_crowd_waits_for_one_and_not_for_two_hundred(
    people: People, hand_in: Callable
) -> None:
    for user in people(200, 1):
        hand_in(user)
    for _number in range(20):
        finish(taken())
    [lonely] = people(1, 2)
    row = hand_in(lonely, 2)
    assert row.pk in {taken().pk, taken().pk}


def test_a_learner_with_four_answers_is_served_once_before_others_are(
    people: People, hand_in: Callable
) -> None:
    [eager, *others] = people(6, 1)
    greedy = [hand_in(eager) for _number in range(4)]
    rest = [hand_in(user) for user in others]
    order = []
    for _number in range(9):
        order.append(taken())
        finish(order[-1])
    assert [row.pk for row in order] == [greedy[0].pk, *[row.pk for row in rest], *pks(greedy[1:])]


def pks(rows: list[Submission]) -> list[int]:
    return [row.pk for row in rows]


def test_nobody_is_checked_twice_at_once_while_others_wait(
    people: People, hand_in: Callable
) -> None:
    [alone] = people(1, 2)
    mine = [hand_in(alone, 2) for _number in range(3)]
    others = [hand_in(user, 1) for user in people(5, 1)]
    first = [taken() for _number in range(6)]  # nobody finishes meanwhile
    assert {row.pk for row in first} == {mine[0].pk, *pks(others)}
    assert taken().pk == mine[1].pk  # nobody else is left


def test_what_failed_before_comes_last_and_one_at_a_time(people: People, hand_in: Callable) -> None:
    one, two, three = people(3, 1)
    failed = [hand_in(one, tries=1), hand_in(two, tries=1)]
    fresh = hand_in(three)
    assert [taken().pk, taken().pk] == [fresh.pk, failed[0].pk]
    assert Submission.objects.take_next() is None  # a worker stays free
    later = hand_in(three)
    assert taken().pk == later.pk


def test_what_failed_a_minute_ago_has_turns_like_any_other(
    people: People, hand_in: Callable
) -> None:
    one, two = people(2, 1)
    aged = hand_in(one, tries=1, created_at=timezone.now() - timedelta(seconds=61))
    hand_in(two)
    assert taken().pk == aged.pk


def test_a_worker_that_died_over_a_retry_blocks_others_until_its_lease_ends(
    people: People, hand_in: Callable
) -> None:
    one, two = people(2, 1)
    hand_in(one, tries=1)
    second = hand_in(two, tries=1)
    dead = taken()
    Submission.objects.filter(pk=dead.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert taken().pk == second.pk


def test_a_clock_that_was_wrong_for_a_while_puts_no_crowd_last(
    people: People, hand_in: Callable
) -> None:
    one, two = people(2, 1)
    far = timezone.now() + timedelta(days=1)
    hand_in(one, state=State.GRADED, claimed_at=far)
    mine = hand_in(one)
    hand_in(two, claimed_at=timezone.now() - timedelta(seconds=5), state=State.GRADED)
    hand_in(two)
    assert taken().pk == mine.pk


def test_the_end_of_a_retry_rings_for_the_next(
    people: People, hand_in: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(check, "apply_async", lambda args, headers, retry: rung.extend(args))
    one, two = people(2, 1)
    first, second = hand_in(one, text="allow", tries=1), hand_in(two, text="allow", tries=1)
    check(first.pk)
    assert rung == [second.pk]
    check(second.pk)
    assert rung == [second.pk]


def test_a_first_try_is_short_and_what_needs_longer_gets_it_at_once(
    people: People, hand_in: Callable, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FIRST_CHECK_SECONDS, settings.CHECK_SECONDS = 0.2, 60
    rung: list[int] = []
    monkeypatch.setattr(check, "apply_async", lambda args, headers, retry: rung.extend(args))
    [one] = people(1, 1)
    row = hand_in(one, text="loop")
    check(row.pk)
    row.refresh_from_db()
    assert (row.state, row.fault, rung) == (State.QUEUED, "processor time used up", [row.pk])
    assert taken().seconds == 60


@pytest.mark.parametrize("seed", range(6))
def test_whatever_arrives_everybody_is_served_in_turn(
    seed: int, people: People, hand_in: Callable
) -> None:
    """Three crowds of any size hand in as they like while two workers take, finish and fail."""
    dice = random.Random(seed)
    users = {crowd: people(dice.randint(1, 6), crowd) for crowd in (1, 2, 3)}
    arrivals = [crowd for crowd in users for _number in range(dice.choice([2, 10, 30]))]
    dice.shuffle(arrivals)
    served: list[Submission] = []
    running: list[Submission] = []
    waited: dict[int, int] = {}
    while arrivals or Submission.objects.open().exists():
        for _number in range(min(len(arrivals), dice.randint(0, 4))):
            crowd = arrivals.pop()
            hand_in(dice.choice(users[crowd]), crowd)
        if len(running) < 2 and (row := Submission.objects.take_next()):
            running.append(row)
            waited = {crowd: waited.get(crowd, 0) + 1 for crowd in idle_crowds(running)}
            waited[row.crowd] = 0
            assert max(waited.values()) <= 2  # a turn of each other crowd
        elif running:
            served.append(running.pop(dice.randrange(len(running))))
            finish(served[-1])
    assert len(served) == len(set(pks(served))) == Submission.objects.count()
    assert {row.tries for row in served} == {1}


def idle_crowds(running: list[Submission]) -> set[int]:
    """Those of whom somebody waits who is not being served already."""
    waiting = Submission.objects.filter(state=State.QUEUED)
    return set(
        waiting.exclude(user__in=[row.user_id for row in running]).values_list("crowd", flat=True)
    )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
def test_eight_workers_at_once_take_one_answer_of_each_learner(
    people: People, hand_in: Callable
) -> None:
    for user in people(8, 1):
        for _number in range(2):
            hand_in(user)
    start, rows = Barrier(8), []

    def work() -> None:
        start.wait()
        rows.append(taken())
        connection.close()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({row.user_id for row in rows}) == 8


# --- Not everybody rings --------------------------------------------------------------------------


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(check, "apply_async", lambda args, **_options: found.extend(args))
    return found


def test_one_bell_is_enough_for_all_who_wait(
    people: People, hand_in: Callable, rung: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labs.tasks.AT_A_STRETCH", 60.0)  # however busy the machine is
    rows = [hand_in(one, text="allow") for one in people(5, 1)]
    check(rows[0].pk)
    assert {Submission.objects.get(pk=row.pk).state for row in rows} == {State.GRADED}
    assert rung == []


def test_whoever_stops_before_the_end_of_the_line_passes_the_bell_on(
    people: People, hand_in: Callable, rung: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labs.tasks.AT_A_STRETCH", 0.0)
    first, second, third = (hand_in(one, text="allow") for one in people(3, 1))
    check(first.pk)
    assert Submission.objects.filter(state=State.QUEUED).count() == 2
    assert rung == [second.pk]
    check(second.pk)
    assert rung == [second.pk, third.pk]
    check(third.pk)
    assert rung == [second.pk, third.pk]


def test_whoever_fails_while_others_wait_passes_the_bell_on(
    people: People, hand_in: Callable, rung: list[int]
) -> None:
    poison, honest = people(2, 1)
    failing, waiting = hand_in(poison, text="explode"), hand_in(honest, text="allow")
    check(failing.pk)
    assert Submission.objects.get(pk=waiting.pk).state == State.QUEUED
    assert waiting.pk in rung


@pytest.mark.parametrize(("waiting", "rings"), [(15, True), (16, False)])
def test_nobody_rings_behind_many_whose_check_is_followed_by_the_next(
    people: People,
    hand_in: Callable,
    rung: list[int],
    lab: Lab,
    django_capture_on_commit_callbacks: Callable,
    waiting: int,
    rings: bool,
) -> None:
    for one in people(waiting, 1):
        hand_in(one, publishes=1)
    [last] = people(1, 2)
    with django_capture_on_commit_callbacks(execute=True):
        row = enqueue(last, lab.variants.get(), text="allow", key=uuid.uuid4())
    assert rung == ([row.pk] if rings else [])


def test_of_many_at_the_same_moment_the_first_ring_though_each_sees_all_others(
    people: People, hand_in: Callable, rung: list[int]
) -> None:
    rows = [hand_in(one, publishes=1) for one in people(40, 1)]
    for row in reversed(rows):
        publish_new(row)
    assert sorted(rung) == [row.pk for row in rows[:16]]


def test_a_worker_that_loses_its_database_passes_the_bell_on_after_a_pause(
    people: People, hand_in: Callable, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    told: list[object] = []
    monkeypatch.setattr(check, "apply_async", lambda **options: told.append(options))
    monkeypatch.setattr("labs.tasks.check_taken", Mock(side_effect=OperationalError("gone")))
    [one] = people(1, 1)
    row = hand_in(one)
    with pytest.raises(OperationalError):
        check(row.pk)
    [message] = told
    assert (message["args"], message["countdown"]) == ([row.pk], settings.SWEEP_SECONDS)


def test_what_was_put_back_is_left_alone_until_its_pause_is_over(
    people: People, hand_in: Callable
) -> None:
    [one] = people(1, 1)
    hand_in(one, publishes=1)
    row = taken()
    assert row.put_back()
    row.refresh_from_db()
    assert row.tries == 0
    assert Submission.objects.take_next() is None
    Submission.objects.update(next_publish=timezone.now())
    assert taken().pk == row.pk


def test_those_who_are_being_checked_or_failed_before_let_others_ring(
    people: People,
    hand_in: Callable,
    rung: list[int],
    lab: Lab,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    others = [{"state": State.CHECKING}, {"tries": 1}, {"publishes": 0}]  # the last was put back
    for number, one in enumerate(people(60, 1)):
        hand_in(one, **({"publishes": 1} | others[number % 3]))
    [last] = people(1, 2)
    with django_capture_on_commit_callbacks(execute=True):
        row = enqueue(last, lab.variants.get(), text="allow", key=uuid.uuid4())
    assert rung == [row.pk]
