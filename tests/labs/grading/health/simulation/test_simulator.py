"""What the User Guide for Application Load Balancers says, second by second: “Health checks for
Application Load Balancer target groups”, “Edit target group attributes for your Application Load
Balancer”."""

from __future__ import annotations

import pytest

from labs.grading.health.simulation.run import Reason, Run, State
from labs.grading.health.simulation.world import NEVER, Deployment, Phase, Reply
from tests.labs.grading.health.logs import (
    CHECK,
    DEAD,
    FINE,
    PAGE,
    REFUSES,
    phase,
    replay,
    states,
    target,
    visitors,
)

BEGIN = (0, State.HEALTHY, Reason.NONE)


def crowd(count: int = 300) -> tuple:
    """A visitor every second."""
    return (visitors(count=count),)


def dying(at: int, reply: Reply, back: int = 1000) -> Run:
    return replay(target("a", phase(0, FINE), phase(at, reply), phase(back, FINE)))


# --- Health checks --------------------------------------------------------------------------------


def test_a_new_target_is_in_service_after_one_pass() -> None:
    """“Each new target must pass one health check to be considered healthy.”"""
    run = replay(target("a", registers=7), settings={"healthy": 10})
    assert states(run, "a") == [(7, State.HEALTHY, Reason.NONE)]
    slow = target("b", phase(0, Reply(200, 3)), registers=7)
    begin = (7, State.INITIAL, Reason.CHECKING)
    assert states(replay(slow), "b") == [begin, (10, State.HEALTHY, Reason.NONE)]


@pytest.mark.parametrize(
    ("reply", "seconds", "reason"),
    [
        (DEAD, 120, Reason.MISMATCH),
        (Reply(404), 120, Reason.MISMATCH),
        (REFUSES, 120, Reason.FAILED),
        (Reply(0, NEVER), 125, Reason.TIMEOUT),
        (Reply(200, 6), 125, Reason.TIMEOUT),
    ],
)
def test_failures_in_a_row_take_a_target_out_with_their_reason(
    reply: Reply, seconds: int, reason: Reason
) -> None:
    """Checks at 110 and 120, the second of two failures; a time-out shows 5 seconds later."""
    assert states(dying(101, reply), "a") == [BEGIN, (seconds, State.UNHEALTHY, reason)]


def test_an_answer_within_the_time_out_passes() -> None:
    assert states(dying(101, Reply(200, 5)), "a") == [BEGIN]


def test_one_failure_between_passes_takes_nothing_out() -> None:
    assert states(dying(101, DEAD, back=115), "a") == [BEGIN]


@pytest.mark.parametrize(("healthy", "seconds"), [(2, 170), (5, 200), (10, 250)])
def test_passes_in_a_row_bring_it_back(healthy: int, seconds: int) -> None:
    run = replay(
        target("a", phase(0, FINE), phase(101, DEAD), phase(155, FINE)),
        settings={"healthy": healthy},
    )
    assert states(run, "a")[-1] == (seconds, State.HEALTHY, Reason.NONE)


@pytest.mark.parametrize(("codes", "fine"), [(((200, 200),), False), (((200, 399),), True)])
def test_the_matcher_decides_which_codes_pass(codes: tuple, fine: bool) -> None:
    run = replay(target("a", phase(0, Reply(302))), settings={"codes": codes})
    assert (len(states(run, "a")) == 1) is fine


def test_the_query_of_a_path_belongs_to_the_same_page() -> None:
    run = replay(target("a"), settings={"path": f"{CHECK}?full=1"})
    assert states(run, "a") == [BEGIN]


def test_requests_go_to_healthy_targets_in_turn() -> None:
    run = replay(target("a"), target("b"), target("c"), crowd=crowd(9))
    assert [hit.target for hit in run.hits] == ["a", "b", "c"] * 3


def test_no_request_goes_to_a_target_that_is_out() -> None:
    run = replay(target("a"), target("b", phase(0, DEAD)), crowd=crowd())
    assert [hit.second for hit in run.dead()] == [1, 3, 5, 7, 9]


def test_requests_go_to_all_where_none_is_healthy() -> None:
    """“If a target group contains only unhealthy registered targets, the load balancer routes
    requests to all those targets, regardless of their health status.”"""
    run = replay(target("a", phase(0, DEAD, FINE)), target("b", phase(0, DEAD)), crowd=crowd(100))
    late = [hit for hit in run.hits if hit.second > 20]
    assert {hit.target for hit in late} == {"a", "b"}
    assert all(hit.open for hit in late)


def test_without_a_target_there_is_nobody_to_answer() -> None:
    run = replay(target("a", registers=50), crowd=crowd(60))
    assert [hit.second for hit in run.dead()] == list(range(50))


# --- Deregistration -------------------------------------------------------------------------------


def leaving(delay: int) -> Run:
    """b leaves at 100 while it answers somebody until 141."""
    uploads = visitors(kind="upload", count=2, first=80, apart=1, seconds=60)
    return replay(
        target("a"),
        target("b"),
        leaves=((100, "b"),),
        settings={"delay": delay},
        crowd=(uploads, visitors(count=200, first=100)),
    )


def test_a_target_is_draining_until_its_delay_has_passed() -> None:
    """“The status of the target is displayed as draining until the deregistration delay timeout
    expires” – even when all its requests are finished."""
    assert states(leaving(90), "b") == [
        BEGIN,
        (100, State.DRAINING, Reason.DRAINING),
        (190, State.UNUSED, Reason.UNREGISTERED),
    ]


def test_a_draining_target_gets_no_new_requests() -> None:
    """“The load balancer stops routing requests to a target as soon as you deregister it.”"""
    assert {hit.target for hit in leaving(90).hits if hit.second >= 100} == {"a"}


@pytest.mark.parametrize(("delay", "cut"), [(0, 1), (1, 1), (39, 1), (40, 1), (41, 0), (300, 0)])
def test_a_request_longer_than_the_delay_is_cut(delay: int, cut: int) -> None:
    """The upload to b begins at 81 and ends at 141."""
    cuts = leaving(delay).cuts
    assert [(one.second, one.target, one.begun) for one in cuts] == [(100 + delay, "b", 81)] * cut


def test_a_deployment_waits_for_each_delay() -> None:
    boots = (phase(0, DEAD), phase(15, FINE))
    run = replay(
        target("a"),
        target("b"),
        target("c", *boots, registers=None),
        target("d", *boots, registers=None),
        deployment=Deployment(10, (("a", "c"), ("b", "d"))),
        settings={"delay": 60, "healthy": 2},
        seconds=400,
    )
    # Failures at 0 and 10, passes at 20 and 30 after each registration, and then the delay
    assert run.deployed == 10 + 2 * (30 + 60)
    assert run.of("d").started == 100


def test_a_deployment_with_a_target_that_never_passes_does_not_end() -> None:
    run = replay(
        target("a"),
        target("b", phase(0, DEAD), registers=None),
        deployment=Deployment(10, (("a", "b"),)),
    )
    assert run.deployed is None
    assert run.of("a").state(299) == State.HEALTHY


# --- Stickiness -----------------------------------------------------------------------------------


def shopping(cookie: int, *, every: int = 20, renews: bool = True) -> Run:
    """Two shoppers, one second apart, five requests each."""
    shoppers = visitors(kind="shopper", count=3, every=every, times=5, session=100)
    return replay(
        target("a"), target("b"), settings={"cookie": cookie}, crowd=(shoppers,), renews=renews
    )


def test_without_stickiness_a_session_is_lost() -> None:
    assert shopping(0).moves


def test_with_a_cookie_a_visitor_comes_back() -> None:
    run = shopping(21)
    assert run.moves == ()
    of_each = {hit.who: {one.target for one in run.hits if one.who == hit.who} for hit in run.hits}
    assert all(len(targets) == 1 for targets in of_each.values())


def test_a_cookie_shorter_than_the_pause_keeps_nobody() -> None:
    assert shopping(20).hits == shopping(0).hits


def test_a_cookie_that_is_not_renewed_ends_during_the_visit() -> None:
    assert shopping(50).moves == ()
    assert shopping(50, renews=False).moves


def test_a_cookie_leads_to_a_healthy_target_only() -> None:
    """“If a target fails or becomes unhealthy, the load balancer stops routing requests to that
    target, and chooses a new healthy target.”"""
    shopper = visitors(kind="shopper", every=5, times=20, session=100)
    run = replay(
        target("a", phase(0, FINE), phase(31, DEAD)),
        target("b"),
        settings={"cookie": 1000},
        crowd=(shopper,),
    )
    assert [hit.second for hit in run.dead()] == [35, 40, 45]
    assert [(move.second, move.before, move.now) for move in run.moves] == [(50, "a", "b")]


def test_a_path_that_is_not_there_is_404() -> None:
    assert Phase(0, {PAGE: FINE}).reply("/nowhere").status == 404
    assert Phase(0, {"*": DEAD}).reply("/nowhere").status == 502
