"""Random cases that independent evaluators have decided."""

from __future__ import annotations

import pytest

from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.sampling import allows, request_of
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import principal_keys
from labs.grading.iam.language.principals import read_caller
from labs.grading.iam.policy_rows import compile_document, read_policies, read_request
from labs.grading.iam.rows import compare_row
from tests.labs.grading.iam.samples import rows

BOB = "arn:aws:iam::123456789012:user/bob"


def side(documents):
    return [Layer("policy", tuple(compile_document(document, "policy") for document in documents))]


def test_all_300_sample_requests_are_decided_as_expected():
    found = {
        row["id"]: str(read_policies(row["policies"]).decide(read_request(row["request"])).outcome)
        for row in rows("iam-decisions.jsonl")
    }
    assert found == {row["id"]: row["expected"] for row in rows("iam-decisions.jsonl")}
    assert len(found) == 300


@pytest.mark.parametrize("row", rows("reported-decisions.jsonl"), ids=lambda row: row["id"])
def test_a_request_that_was_once_decided_wrongly_is_decided_right(row):
    found = read_policies(row["policies"]).decide(read_request(row["request"]))
    assert str(found.outcome) == row["expected"]


@pytest.mark.parametrize("row", rows("reported-pairs.jsonl"), ids=lambda row: row["id"])
def test_a_pair_that_was_once_compared_wrongly_is_compared_right(row):
    found = compare_row(row)
    assert (found["relation"], found.get("exact", True)) == (row["relation"], True)


@pytest.mark.parametrize("row", rows("iam-pairs.jsonl"), ids=lambda row: row["id"])
def test_a_sample_pair_is_compared_exactly_and_its_counterexamples_hold(row):
    expected, learner = side(row["expected"]), side(row["learner"])
    found = compare(expected, learner, environment=row["env"])
    assert (found.relation, found.exact) == (row["relation"], True)
    for case, wider, narrower in (
        (found.learner_only, learner, expected),
        (found.expected_only, expected, learner),
    ):
        if case:
            request = request_of(case.action, case.resource, case.context, row["env"], Requester())
            assert (
                allows(wider, request, Requester()),
                allows(narrower, request, Requester()),
            ) == (
                True,
                False,
            )


@pytest.mark.parametrize("row", rows("iam-pairs.jsonl"), ids=lambda row: row["id"])
def test_a_counterexample_is_decided_differently_by_the_whole_decision_engine(row):
    found = compare(side(row["expected"]), side(row["learner"]), environment=row["env"])
    for case, verdicts in (
        (found.learner_only, (False, True)),
        (found.expected_only, (True, False)),
    ):
        if case:
            request = read_request(
                {
                    "principal": BOB,
                    "action": case.action,
                    "resource": case.resource,
                    "resource_account": "123456789012",
                    "context": {**row["env"], **case.context},
                }
            )
            decided = tuple(
                read_policies({"identity": row[name]}, trust_assumed=True).decide(request).allowed
                for name in ("expected", "learner")
            )
            assert decided == verdicts


def test_the_keys_that_follow_a_user():
    assert principal_keys(read_caller(BOB))["aws:username"] == "bob"
