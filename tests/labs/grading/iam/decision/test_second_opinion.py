"""The engine against a second evaluator that was written from the guide alone and shares nothing
with it."""

from __future__ import annotations

from labs.grading.iam.rows import decide_row
from tests.labs.grading.iam.plain_evaluator import decide
from tests.labs.grading.iam.random_rows import row
from tests.labs.grading.iam.samples import rows

SEEDS = range(400)


def test_the_second_evaluator_is_right_about_the_samples():
    found = {
        row["id"]: decide(row["policies"], row["request"]) for row in rows("iam-decisions.jsonl")
    }
    assert found == {row["id"]: row["expected"] for row in rows("iam-decisions.jsonl")}


def test_both_evaluators_decide_random_rows_alike():
    found = {seed: decide(row(seed)["policies"], row(seed)["request"]) for seed in SEEDS}
    assert found == {seed: decide_row(row(seed))["decision"] for seed in SEEDS}
    assert set(found.values()) == {"Allowed", "ImplicitlyDenied", "ExplicitlyDenied"}
