"""What must hold whatever the log is."""

from __future__ import annotations

from random import Random

import pytest

from labs.grading.health.simulation.run import Run
from labs.grading.health.simulation.simulator import simulate
from labs.grading.health.simulation.world import Log, Reply
from tests.labs.grading.health.logs import DEAD, FINE, REFUSES, group, log, phase, target, visitors

REPLIES = [FINE, DEAD, REFUSES, Reply(200, 4), Reply(404)]


def any_log(dice: Random) -> Log:
    """Some targets, some of which die and come back, one of which leaves."""
    targets = []
    for name in "abcd"[: dice.randint(2, 4)]:
        times = sorted(dice.sample(range(1, 500), dice.randint(0, 4)))
        phases = [phase(0, FINE), *(phase(at, dice.choice(REPLIES)) for at in times)]
        targets.append(target(name, *phases))
    people = (
        visitors(count=150, apart=3, seconds=dice.randint(1, 90)),
        visitors(kind="shopper", count=10, apart=9, every=30, times=9, session=120),
    )
    return log(*targets, seconds=500, crowd=people, leaves=((dice.randint(50, 400), "a"),))


@pytest.mark.parametrize("seed", range(40))
def test_the_same_settings_and_log_are_the_same_run(seed: int) -> None:
    found = any_log(Random(seed))
    assert simulate(group(), found) == simulate(group(), found)


@pytest.mark.parametrize("seed", range(40))
def test_spans_follow_each_other_to_the_end(seed: int) -> None:
    run = simulate(group(), any_log(Random(seed)))
    for seen in run.seen:
        assert seen.spans[-1].end == 500
        pairs = zip(seen.spans, seen.spans[1:], strict=False)
        assert all(one.end == other.start for one, other in pairs)
        assert all(one.start < one.end for one in seen.spans)


@pytest.mark.parametrize("seed", range(40))
def test_a_longer_delay_cuts_no_more(seed: int) -> None:
    found = any_log(Random(seed))
    cuts = [len(simulate(group(delay=delay), found).cuts) for delay in (0, 5, 20, 60, 100, 300)]
    assert cuts == sorted(cuts, reverse=True)
    assert cuts[-1] == 0


@pytest.mark.parametrize("seed", range(40))
def test_a_higher_threshold_notices_no_earlier(seed: int) -> None:
    """The first target that goes out, at the same interval."""
    found = any_log(Random(seed))
    firsts = [first_out(simulate(group(unhealthy=most), found)) for most in (2, 3, 5, 10)]
    assert firsts == sorted(firsts)


def first_out(run: Run) -> int:
    starts = [
        span.start for seen in run.seen for span in seen.spans if span.state.value == "unhealthy"
    ]
    return min(starts, default=10**6)


@pytest.mark.parametrize("seed", range(40))
def test_a_longer_cookie_loses_no_more_sessions_of_the_living(seed: int) -> None:
    """Where nobody dies or leaves."""
    dice = Random(seed)
    people = visitors(
        kind="shopper", count=12, apart=dice.randint(1, 20), every=30, times=9, session=120
    )
    found = log(target("a"), target("b"), target("c"), seconds=500, crowd=(people,))
    assert simulate(group(cookie=31), found).moves == ()
    assert simulate(group(cookie=600), found).moves == ()
    assert len(simulate(group(cookie=10), found).moves) == len(simulate(group(), found).moves)


@pytest.mark.parametrize("seed", range(40))
def test_every_request_is_counted_once(seed: int) -> None:
    found = any_log(Random(seed))
    run = simulate(group(cookie=60), found)
    assert len(run.hits) == len(found.visits())
    assert sum(run.shares(0).values()) == len([hit for hit in run.hits if hit.target])
