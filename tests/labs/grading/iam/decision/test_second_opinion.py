"""The engine against a second evaluator that was written from the guide alone and shares nothing
with it."""

from __future__ import annotations

import pytest

from labs.grading.iam.rows import decide_row
from tests.labs.grading.iam.plain_evaluator import decide
from tests.labs.grading.iam.random_rows import row
from tests.labs.grading.iam.samples import rows

ROWS = 20_000
PART = 2_500  # so that several workers share them


def test_the_second_evaluator_is_right_about_the_samples():
    found = {
        row["id"]: decide(row["policies"], row["request"]) for row in rows("iam-decisions.jsonl")
    }
    assert found == {row["id"]: row["expected"] for row in rows("iam-decisions.jsonl")}


@pytest.mark.parametrize("first", range(0, ROWS, PART))
def test_both_evaluators_decide_random_rows_alike(first):
    made = {seed: row(seed) for seed in range(first, first + PART)}
    found = {seed: decide(one["policies"], one["request"]) for seed, one in made.items()}
    assert found == {seed: decide_row(one)["decision"] for seed, one in made.items()}
    assert set(found.values()) == {"Allowed", "ImplicitlyDenied", "ExplicitlyDenied"}
