"""The comparison against requests decided one by one, over lists of rules by chance."""

from __future__ import annotations

import random

import pytest

from labs.grading.balancing.comparison.compare import compare
from labs.grading.balancing.comparison.reach import reached
from labs.grading.balancing.routing.decision import deciding, outcome
from tests.labs.grading.balancing.random_rules import (
    LISTENER,
    a_neighbour,
    a_request,
    some_rules,
)

PAIRS, REQUESTS = 170, 60


@pytest.mark.parametrize("seed", [1, 2, 3])  # 3 × 170 × 60 requests
def test_equal_lists_answer_every_request_alike_and_others_the_one_that_is_shown(seed: int) -> None:
    dice = random.Random(seed)
    equal = 0
    for _ in range(PAIRS):
        mine = some_rules(dice)
        theirs = a_neighbour(dice, mine) if dice.random() < 0.7 else some_rules(dice)
        found = compare(mine, theirs, LISTENER)
        if found is not None:
            got, wanted = (outcome(one, found.request, LISTENER) for one in (mine, theirs))
            assert got != wanted
            assert (got, wanted) == (found.got, found.wanted)
            continue
        equal += 1
        for _ in range(10 * REQUESTS):
            request = a_request(dice)
            assert outcome(mine, request, LISTENER) == outcome(theirs, request, LISTENER)
    assert 10 < equal < PAIRS - 50


@pytest.mark.parametrize("seed", [4, 5])
def test_a_difference_between_two_lists_is_never_missed(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(PAIRS):
        mine = some_rules(dice)
        theirs = a_neighbour(dice, mine)
        requests = [a_request(dice) for _ in range(REQUESTS)]
        if any(outcome(mine, one, LISTENER) != outcome(theirs, one, LISTENER) for one in requests):
            assert compare(mine, theirs, LISTENER) is not None


def test_comparing_is_the_same_from_both_sides() -> None:
    dice = random.Random(6)
    for _ in range(PAIRS):
        mine = some_rules(dice)
        theirs = a_neighbour(dice, mine)
        there, back = compare(mine, theirs, LISTENER), compare(theirs, mine, LISTENER)
        assert (there is None) is (back is None)


def test_a_rule_is_reached_where_some_request_meets_it_first_and_only_there() -> None:
    dice = random.Random(7)
    for _ in range(PAIRS):
        rules = some_rules(dice, most=6)
        found = reached(rules, LISTENER)
        for rule, request in found:
            assert request is None or deciding(rules, request) == rule
        met = {rule.path for rule, request in found if request is not None}
        for _ in range(REQUESTS):
            assert deciding(rules, a_request(dice)).path in met
