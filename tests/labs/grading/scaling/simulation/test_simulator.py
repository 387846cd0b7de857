"""Documented behaviour of groups, minute by minute. Pages are those of the EC2 Auto Scaling User
Guide."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.grading.scaling.simulation.simulator import simulate
from labs.grading.scaling.simulation.world import World
from tests.labs.grading.scaling.groups import (
    IN,
    OUT,
    Segments,
    action,
    alarm,
    day_of,
    desired,
    group_of,
    run_of,
    simple,
    step,
    steps,
    target,
)

PERCENT = {"AdjustmentType": "PercentChangeInCapacity"}
ONE_MORE = [step(0, None, 1)]
ONE_LESS = [step(None, 0, -1)]


def example(**more: object) -> list[dict]:
    """The two policies of "Step and simple scaling policies"; both thresholds are 50 there."""
    add = [step(0, 10, 0), step(10, 20, 10), step(20, None, 30)]
    remove = [step(-10, 0, 0), step(-20, -10, -10), step(None, -20, -30)]
    return [
        steps("out", add, alarm(OUT, 50), **PERCENT | more),
        steps("in", remove, alarm(IN, 50), **PERCENT | more),
    ]


def test_the_worked_example_of_step_scaling() -> None:
    """Page "Step and simple scaling policies": 10 instances; the metric rises to 60: 11; to 70: 14;
    falls to 40: 13; to 30: 10. Loads are chosen so that the CPU is that of the example."""
    group = group_of(*example(), MinSize=2, MaxSize=50, DesiredCapacity=10)
    load = [[500, 2], [600, 1], [770, 1], [560, 1], [390, 1], [500, 3]]
    run = run_of(group, load)
    assert desired(run) == [10, 11, 14, 13, 10]


def test_two_breaches_of_the_same_step_are_one_change() -> None:
    """Page "Step and simple scaling policies", "Instance warmup": the metric gets to 60, then to 62
    while the new instance warms up: 11 stay. It gets to 70: 30 percent of 10 are 13."""
    group = group_of(
        *example(EstimatedInstanceWarmup=600), MinSize=2, MaxSize=50, DesiredCapacity=10
    )
    assert desired(run_of(group, [[500, 2], [600, 1], [682, 1], [682, 1]])) == [10, 11]
    assert desired(run_of(group, [[500, 2], [600, 1], [682, 1], [770, 1], [650, 2]])) == [
        10,
        11,
        13,
    ]


def test_nothing_is_removed_while_something_warms_up() -> None:
    """Page "Set the default instance warmup": scale-in is blocked while instances warm up."""
    policies = (
        steps("out", ONE_MORE, alarm(OUT, 80), EstimatedInstanceWarmup=300),
        steps("in", ONE_LESS, alarm(IN, 40), EstimatedInstanceWarmup=300),
    )
    run = run_of(group_of(*policies, DesiredCapacity=2), [[100, 2], [170, 1], [60, 20]])
    added = next(change.minute for change in run.changes if change.is_out)
    removed = next(change.minute for change in run.changes if not change.is_out)
    assert removed - added == 5


def test_no_policy_leaves_the_limits() -> None:
    """Page "Scaling limits": never above the maximum, never below the minimum."""
    policies = (steps("out", [step(0, None, 50)], alarm(OUT, 50)),
                steps("in", [step(None, 0, -50)], alarm(IN, 40)))  # fmt: skip
    group = group_of(*policies, MinSize=2, MaxSize=7, DesiredCapacity=3)
    assert desired(run_of(group, [[300, 5], [10, 5]])) == [3, 7, 2]


def test_the_largest_capacity_counts_out_and_in() -> None:
    """Page "Multiple dynamic scaling policies": the policy that provides the largest capacity, for
    scale out and for scale in."""
    out = [steps(f"out-{by}", [step(0, None, by)], alarm(OUT, 80)) for by in (1, 4)]
    assert desired(run_of(group_of(*out, DesiredCapacity=2), [[180, 2]])) == [2, 6]
    less = [steps(f"in-{by}", [step(None, 0, -by)], alarm(IN, 10)) for by in (1, 4)]
    assert desired(run_of(group_of(*less, DesiredCapacity=9), [[20, 2]])) == [9, 8]


def test_a_policy_that_adds_wins_over_one_that_removes() -> None:
    policies = (steps("out", ONE_MORE, alarm(OUT, 30)), steps("in", ONE_LESS, alarm(IN, 60)))
    assert desired(run_of(group_of(*policies, DesiredCapacity=4), [[200, 2]])) == [4, 5]


def test_target_tracking_rounds_up() -> None:
    """Page "Target tracking scaling policies": 4 instances at 61 % with a target of 50
    are 4.88, so 5."""
    run = run_of(group_of(target(50), DesiredCapacity=4), [[244, 6]])
    assert desired(run) == [4, 5]


def test_target_tracking_waits_for_so_many_minutes_as_the_lab_says() -> None:
    for minutes in (1, 3, 5):
        run = run_of(group_of(target(50), DesiredCapacity=4), [[300, 9]], out_minutes=minutes)
        assert run.changes[0].minute == minutes


def test_target_tracking_adds_where_any_asks_and_removes_where_all_agree() -> None:
    """Page "Target tracking scaling policies", "Considerations"."""
    both = (target(50, "low"), target(90, "high"))
    assert desired(run_of(group_of(*both, DesiredCapacity=4), [[280, 5]])) == [4, 6]
    load: Segments = [[240, 40]]  # 60 % of 4: far below 90, and above 50 · 90 %
    assert desired(run_of(group_of(target(90, "high"), DesiredCapacity=4), load)) == [4, 3]
    calm = run_of(group_of(target(66, "low"), target(90, "high"), DesiredCapacity=4), load)
    assert desired(calm) == [4]


def test_a_policy_that_may_not_remove_is_not_asked() -> None:
    """DisableScaleIn: "only the policies with the scale-in portion enabled" have to agree."""
    both = (target(20, "low", scales_in=False), target(90, "high"))
    run = run_of(group_of(*both, DesiredCapacity=8), [[150, 40]])
    assert min(run.desired) < 8
    alone = run_of(group_of(target(90, scales_in=False), DesiredCapacity=8), [[150, 40]])
    assert desired(alone) == [8]


def test_target_tracking_removes_step_by_step() -> None:
    run = run_of(group_of(target(50), DesiredCapacity=8), [[50, 30]], in_minutes=10, in_step=2)
    assert [(change.minute, change.after) for change in run.changes] == [
        (10, 6),
        (11, 4),
        (12, 2),
        (13, 1),
    ]


def test_a_processor_shows_no_more_than_a_hundred_percent() -> None:
    """At 300 % of what two can do, a target of 50 % asks for four and not for twelve."""
    run = run_of(group_of(target(50), DesiredCapacity=2), [[600, 4]], boot=3)
    assert desired(run) == [2, 4]


def test_simple_scaling_waits_for_its_cooldown() -> None:
    """Page "Scaling cooldowns": it begins when the last instance is in service."""
    policy = simple("out", 1, alarm(OUT, 50), Cooldown=300)
    run = run_of(group_of(policy, DesiredCapacity=1), [[90, 2], [5000, 30]], boot=2)
    minutes = [change.minute for change in run.changes]
    assert {after - before for before, after in pairwise(minutes)} == {7}


def test_one_cooldown_holds_for_all_simple_policies_and_for_no_other() -> None:
    """Page "Scaling cooldowns": target tracking, step and scheduled scaling do not
    wait."""
    out, less = simple("out", 3, alarm(OUT, 80)), simple("in", -1, alarm(IN, 40))
    run = run_of(group_of(out, less, DesiredCapacity=2), [[170, 1], [60, 12]])
    assert [change.minute for change in run.changes] == [1, 6, 11]
    quick = steps("in", ONE_LESS, alarm(IN, 40))
    run = run_of(group_of(out, quick, DesiredCapacity=2), [[170, 1], [60, 3]])
    assert [change.minute for change in run.changes] == [1, 2, 3]


def test_an_alarm_wants_so_many_of_the_last_periods() -> None:
    """CloudWatch User Guide, "Using Amazon CloudWatch alarms", "Evaluating an alarm"."""
    load = [[100, 5], [180, 1], [100, 1], [180, 1], [100, 9]]
    for wanted, minutes in ((3, []), (2, [8]), (1, [6])):
        call = alarm(OUT, 80, 3, DatapointsToAlarm=wanted)
        run = run_of(group_of(steps("out", ONE_MORE, call), DesiredCapacity=2), load)
        assert [change.minute for change in run.changes] == minutes


def test_a_period_is_an_average() -> None:
    call = alarm(OUT, 50, Period=300)
    run = run_of(group_of(steps("out", ONE_MORE, call), DesiredCapacity=1), [[10, 4], [100, 4]])
    assert run.changes[0].minute == 7  # 10 10 100 100 100 → 64; a minute before 46


def test_a_scheduled_action_sets_sizes_and_policies_may_change_them_again() -> None:
    """Page "Scheduled scaling": minimum, maximum and desired; the group scales within the
    new limits."""
    up = action("up", "10 12 * * *", MinSize=5)
    down = action("down", "20 12 * * *", MinSize=1, DesiredCapacity=2)
    run = run_of(group_of(actions=[up, down], DesiredCapacity=1), [[10, 30]])
    assert [(one.minute, one.before, one.after) for one in run.changes] == [(10, 1, 5), (20, 5, 2)]


def test_a_lower_minimum_removes_nothing_and_a_lower_maximum_does() -> None:
    lower = [action("min", "5 12 * * *", MinSize=1), action("max", "9 12 * * *", MaxSize=3)]
    run = run_of(group_of(actions=lower, MinSize=6), [[10, 15]])
    assert desired(run) == [6, 3]
    assert [(cut.minute, cut.before, cut.after) for cut in run.cuts] == [(9, 6, 3)]


@pytest.mark.parametrize(
    "sizes", [{"MinSize": 50}, {"DesiredCapacity": 50}, {"DesiredCapacity": 0}, {"MaxSize": 0}]
)
def test_an_action_whose_sizes_contradict_the_groups_fails(sizes: dict) -> None:
    """Page "Scheduled scaling": a minimum above the maximum is an error, and nothing changes."""
    run = run_of(group_of(actions=[action("bad", "5 12 * * *", **sizes)], MaxSize=9), [[10, 15]])
    assert desired(run) == [1]
    assert [failure.minute for failure in run.failures] == [5]


def test_a_recurrence_follows_the_clock_of_its_zone() -> None:
    """Page "Scheduled scaling": UTC, unless a time zone is given; summer time is followed."""
    for start, minute in (("2026-11-27T12:00", 60), ("2026-07-10T12:00", 0)):
        up = action("up", "0 13 * * 5", DesiredCapacity=3, TimeZone="Europe/London")
        day = day_of([[10, 90]], start, "Europe/London")
        run = simulate(group_of(actions=[up]), day, World(100, 0))
        assert [change.minute for change in run.changes] == [minute]


def test_an_action_without_recurrence_runs_once() -> None:
    once = {"ScheduledActionName": "once", "StartTime": "2026-11-27T12:07:00Z", "MinSize": 4}
    run = run_of(group_of(actions=[once]), [[10, 20]])
    assert [(change.minute, change.after) for change in run.changes] == [(7, 4)]


def test_a_recurrence_begins_and_ends() -> None:
    """Page "Scheduled scaling": StartTime and EndTime are the first and the last moment of it."""
    every = action("up", "* * * * *", DesiredCapacity=2, StartTime="2026-11-27T12:05:00Z")
    run = run_of(group_of(actions=[every]), [[10, 20]])
    assert run.changes[0].minute == 5
    ended = action("up", "* * * * *", DesiredCapacity=2, EndTime="2026-11-27T11:00:00Z")
    assert run_of(group_of(actions=[ended]), [[10, 20]]).changes == []


def test_an_instance_answers_after_it_has_booted_and_is_paid_for_at_once() -> None:
    run = run_of(
        group_of(actions=[action("up", "5 12 * * *", DesiredCapacity=3)]), [[250, 12]], boot=4
    )
    assert run.in_service == [1] * 9 + [3] * 3
    assert run.desired == [1] * 5 + [3] * 7
    assert run.overloaded() == list(range(9))
    assert run.instance_minutes() == 5 + 21


def test_a_group_of_nothing_is_overloaded_by_everything() -> None:
    run = run_of(group_of(target(50), MinSize=0, MaxSize=5), [[0, 5], [10, 5]])
    assert run.overloaded() == [5, 6, 7, 8, 9]


def test_a_flap_is_a_change_of_direction_within_the_window() -> None:
    moves = [(5, 3), (10, 1), (40, 4), (42, 6)]
    actions = [
        action(f"at-{at}", f"{at} 12 * * *", DesiredCapacity=to) for at, to in moves if at < 60
    ]
    run = run_of(group_of(actions=actions), [[10, 60]])
    assert [flap.minute for flap in run.flaps(15)] == [10]
    assert [flap.minute for flap in run.flaps(30)] == [10, 40]


# --- What always holds ---------------------------------------------------------------------------

policies = st.one_of(
    st.builds(lambda value: target(value, warmup=60), st.integers(1, 120)),
    st.builds(
        lambda by, at, kind: steps("out", [step(0, None, by)], alarm(OUT, at), AdjustmentType=kind),
        st.integers(0, 300),
        st.integers(1, 100),
        st.sampled_from(["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]),
    ),
    st.builds(lambda by, at: steps("in", [step(None, 0, -by)], alarm(IN, at)),
              st.integers(0, 200), st.integers(1, 100)),
    st.builds(lambda by, at: simple("simple", by, alarm(OUT, at), Cooldown=60),
              st.integers(-9, 9), st.integers(1, 100)),
)  # fmt: skip
schedules = st.builds(
    lambda at, sizes: action("a", f"{at} 12 * * *", **sizes),
    st.integers(0, 59),
    st.dictionaries(
        st.sampled_from(["MinSize", "MaxSize", "DesiredCapacity"]), st.integers(0, 60), min_size=1
    ),
)
loads = st.lists(
    st.tuples(st.integers(0, 9000), st.integers(1, 25)).map(list), min_size=1, max_size=6
)


@settings(max_examples=150, deadline=None)
@given(st.lists(policies, max_size=3), st.lists(schedules, max_size=3), loads, st.integers(0, 6))
def test_a_group_is_never_outside_its_limits_and_fares_the_same_again(
    some: list[dict], actions: list[dict], load: Segments, boot: int
) -> None:
    unique = list({one["PolicyName"]: one for one in some}.values())
    named = [one | {"ScheduledActionName": f"a{at}"} for at, one in enumerate(actions)]
    group = group_of(*unique, actions=named, MinSize=1, MaxSize=40, DesiredCapacity=2)
    run, again = (run_of(group, load, boot=boot) for _ in range(2))
    for size, serving, (least, most) in zip(run.desired, run.in_service, run.limits, strict=True):
        assert least <= size <= most
        assert 0 <= serving <= size
    assert (run.desired, run.in_service) == (again.desired, again.in_service)


@settings(max_examples=60, deadline=None)
@given(loads, st.integers(1, 60), st.integers(0, 40))
def test_more_instances_never_answer_less(load: Segments, size: int, more: int) -> None:
    small, large = (run_of(group_of(MinSize=count), load) for count in (size, size + more))
    assert all(large.errors(minute) <= small.errors(minute) for minute in range(len(small.desired)))
    assert large.instance_minutes() >= small.instance_minutes()


@settings(max_examples=60, deadline=None)
@given(loads, st.integers(20, 90), st.integers(3, 40))
def test_a_higher_maximum_never_answers_less_where_nothing_is_removed(
    load: Segments, at: int, most: int
) -> None:
    policy = steps("out", [step(0, None, 2)], alarm(OUT, at))
    small, large = (
        run_of(group_of(policy, MaxSize=count, DesiredCapacity=1), load, boot=2)
        for count in (most, most + 10)
    )
    assert len(large.overloaded()) <= len(small.overloaded())
