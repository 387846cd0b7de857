"""The comparison against events decided one by one by a second evaluator."""

from __future__ import annotations

import random

import pytest

from labs.grading.messages.comparison.compare import compare
from tests.labs.grading.messages.point_evaluator import delivers
from tests.labs.grading.messages.random_filters import (
    SHAPE,
    a_neighbour,
    a_pattern,
    an_event,
    filter_of,
)

PAIRS, EVENTS = 120, 60


def test_the_engine_decides_every_event_as_the_second_evaluator_does() -> None:
    dice = random.Random(1)
    delivered = 0
    for _ in range(250):
        pattern = a_pattern(dice)
        found = filter_of(pattern)
        for _ in range(20):
            event = an_event(dice)
            wanted = delivers(pattern, event)
            assert found.delivers({key: tuple(values) for key, values in event.items()}) == wanted
            delivered += wanted
    assert 200 < delivered < 4000


@pytest.mark.parametrize("seed", [2, 3, 4])  # 3 × 120 × 60 events, about 21,600
def test_equal_filters_deliver_the_same_events_and_others_differ_as_shown(seed: int) -> None:
    dice = random.Random(seed)
    equal = 0
    for _ in range(PAIRS):
        mine = a_pattern(dice)
        theirs = a_neighbour(dice, mine)
        found = compare(filter_of(mine), filter_of(theirs), [SHAPE])
        for event, which in ((found.too_much, True), (found.too_little, False)):
            if event is not None:
                assert SHAPE.can_be(event)
                raw = {key: list(values) for key, values in event.items()}
                assert delivers(mine, raw) is which
                assert delivers(theirs, raw) is not which
        equal += found.equal
        for _ in range(EVENTS):
            event = an_event(dice)
            here, there = delivers(mine, event), delivers(theirs, event)
            if here and not there:
                assert found.too_much is not None
            if there and not here:
                assert found.too_little is not None
    assert 5 < equal < PAIRS - 30


def test_comparing_is_the_same_from_both_sides() -> None:
    dice = random.Random(5)
    for _ in range(PAIRS):
        one = filter_of(a_pattern(dice))
        other = filter_of(a_pattern(dice))
        there, back = compare(one, other, [SHAPE]), compare(other, one, [SHAPE])
        assert (there.too_much is None) is (back.too_little is None)
        assert (there.too_little is None) is (back.too_much is None)
