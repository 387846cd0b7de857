"""The arithmetic of the EC2 Auto Scaling User Guide, "Step and simple scaling policies"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labs.grading.scaling.group.adjustment import changed, held, rounded, step_for
from labs.grading.scaling.group.model import CHANGE, EXACT, PERCENT, STEP, Policy
from tests.labs.grading.scaling.groups import IN, OUT, alarm, group_of, step, steps


def policy(adjustment_type: str, least_change: int = 0) -> Policy:
    return Policy("p", STEP, (), adjustment_type=adjustment_type, least_change=least_change)


@pytest.mark.parametrize(
    ("computed", "becomes"),
    [(12.7, 12), (0.67, 1), (-0.58, -1), (-6.67, -6), (0, 0), (1, 1), (-1, -1), (1.99, 1)],
)
def test_a_percentage_is_rounded_as_the_guide_says(computed: float, becomes: int) -> None:
    """Values greater than 1 down, between 0 and 1 to 1, between 0 and -1 to -1, others up."""
    assert rounded(computed) == becomes


def test_a_least_magnitude_holds_for_percentages() -> None:
    """25 % of 4 instances is 1; with a MinAdjustmentMagnitude of 2 two are added."""
    assert changed(4, policy(PERCENT), 25) == 5
    assert changed(4, policy(PERCENT, 2), 25) == 6
    assert changed(4, policy(PERCENT, 2), -25) == 2
    assert changed(100, policy(PERCENT, 2), 25) == 125
    assert changed(0, policy(PERCENT, 2), 25) == 0


def test_three_types_of_adjustment() -> None:
    """ChangeInCapacity: 3 instances and 5 more are 8; ExactCapacity 5 is 5; PercentChange: 10
    instances and 10 percent are 11."""
    assert changed(3, policy(CHANGE), 5) == 8
    assert changed(3, policy(EXACT), 5) == 5
    assert changed(10, policy(PERCENT), 10) == 11


@given(st.integers(0, 500), st.integers(-300, 300), st.integers(0, 20))
def test_what_shall_grow_never_shrinks(capacity: int, percent: int, least: int) -> None:
    after = changed(capacity, policy(PERCENT, least), percent)
    assert (after >= capacity) if percent >= 0 else (after <= capacity)
    assert after != capacity or not percent or not capacity


@given(st.integers(0, 500), st.integers(0, 500), st.integers(-300, 300))
def test_a_larger_group_is_never_the_smaller_one_afterwards(one: int, two: int, by: int) -> None:
    if by >= -100:
        small, large = sorted((one, two))
        after = [changed(capacity, policy(PERCENT), by) for capacity in (small, large)]
        assert after[0] <= after[1] + 1  # rounding may bring them level, or swap neighbours


@given(st.integers(-50, 600), st.integers(0, 500), st.integers(0, 500))
def test_a_size_is_held_between_the_limits(capacity: int, one: int, two: int) -> None:
    least, most = sorted((one, two))
    assert least <= held(capacity, least, most) <= most


@pytest.mark.parametrize(
    ("value", "adjustment"),
    [(50, 0), (59.9, 0), (60, 10), (69.9, 10), (70, 30), (1000, 30)],
)
def test_above_the_threshold_the_lower_bound_belongs_to_the_step(
    value: float, adjustment: int
) -> None:
    """The guide's table for a threshold of 50: 0 to 10 nothing, 10 to 20 ten, 20 and more thirty
    percent."""
    table = [step(0, 10, 0), step(10, 20, 10), step(20, None, 30)]
    [found] = group_of(steps("out", table, alarm(OUT, 50))).policies
    chosen = step_for(found.steps, found.alarms[0], value)
    assert chosen is not None
    assert chosen.adjustment == adjustment


@pytest.mark.parametrize(
    ("value", "adjustment"),
    [(50, 0), (40.1, 0), (40, -10), (30.1, -10), (30, -30), (0, -30)],
)
def test_below_the_threshold_the_upper_bound_belongs_to_the_step(
    value: float, adjustment: int
) -> None:
    table = [step(-10, 0, 0), step(-20, -10, -10), step(None, -20, -30)]
    [found] = group_of(steps("in", table, alarm(IN, 50))).policies
    chosen = step_for(found.steps, found.alarms[0], value)
    assert chosen is not None
    assert chosen.adjustment == adjustment


def test_no_step_holds_on_the_other_side() -> None:
    [found] = group_of(steps("out", [step(0, None, 1)], alarm(OUT, 50))).policies
    assert step_for(found.steps, found.alarms[0], 49) is None
