"""Cases written from the documentation's words, before the engine was read.

`documented-decisions.jsonl`: `page` is the page of the IAM User Guide
(docs.aws.amazon.com/IAM/latest/UserGuide/…) or of
another guide that decides the case. `documented-pairs.jsonl`: rewritings that change nothing,
and small changes that do.
"""

from __future__ import annotations

import pytest

from labs.grading.iam.policy_rows import read_policies, read_request
from labs.grading.iam.rows import compare_row, decide_row
from tests.labs.grading.iam.samples import rows

BOB = "arn:aws:iam::123456789012:user/bob"


def test_requests_are_decided_as_the_documentation_says():
    found = {row["id"]: decide_row(row)["decision"] for row in rows("documented-decisions.jsonl")}
    assert found == {row["id"]: row["expected"] for row in rows("documented-decisions.jsonl")}


@pytest.mark.parametrize("row", rows("documented-pairs.jsonl"), ids=lambda row: row["id"])
def test_pairs_are_related_as_the_documentation_says(row):
    answer = compare_row(row)
    assert (answer["relation"], answer.get("exact", True)) == (row["relation"], True)
    if any(
        "rincipal" in str(statement) for side in ("expected", "learner") for statement in row[side]
    ):
        return  # decided for each caller; the others for nobody in particular
    for name, verdicts in (("learner_only", (False, True)), ("expected_only", (True, False))):
        if answer[name]:
            request = {
                "principal": BOB,
                **answer[name],
                "context": {**row["env"], **answer[name]["context"]},
            }
            assert (
                allowed(row["expected"], request),
                allowed(row["learner"], request),
            ) == verdicts


def allowed(documents, request):
    policies = read_policies({"identity": documents}, trust_assumed=True)
    return policies.decide(read_request({**request, "resource_account": "123456789012"})).allowed
