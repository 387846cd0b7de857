"""The comparison against a solver, on random pairs. z3 is a tool of the tests only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from labs.grading.iam.comparison.comparison import compare
from tests.labs.grading.iam.comparison.test_properties import side
from tests.labs.grading.iam.random_policies import ENVIRONMENT, policies

pytest.importorskip("z3")

PAIRS = 15


@pytest.mark.slow
def test_the_solver_agrees_wherever_it_decides():
    from tests.labs.grading.iam.z3_model import Undecided, exists

    decided = []

    @settings(max_examples=PAIRS, deadline=None, derandomize=True)
    @given(policies(2), policies(2))
    def check(one, other):
        found = compare(side(one), side(other), environment=ENVIRONMENT)
        try:
            solved = (exists(other, one), exists(one, other))
        except Undecided:
            return
        assert (found.learner_only is not None, found.expected_only is not None) == solved
        decided.append(solved)

    check()
    assert len(decided) >= PAIRS // 2
