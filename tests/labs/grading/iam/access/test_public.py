"""Who gets in from outside: `public.jsonl` has policies of resources and roles, with `public` as
"The meaning of 'public'" (Amazon S3 User Guide) and CheckNoPublicAccess have it."""

from __future__ import annotations

import json

import pytest

from labs.grading.iam.access.public import public_access
from labs.grading.iam.comparison.possible import impossibility
from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.language.principals import read_caller
from labs.grading.iam.policy_rows import compile_document
from labs.grading.iam.rows import lint_row, public_row
from tests.labs.grading.iam.samples import rows

ROWS = rows("public.jsonl")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_policy_is_public_or_not(row):
    assert public_row(row)["public"] is row["public"]


def test_both_sides_are_tried():
    assert [sum(row["public"] is side for row in ROWS) for side in (True, False)] == [35, 32]


@pytest.mark.parametrize("row", [row for row in ROWS if row["public"]], ids=lambda row: row["id"])
def test_whoever_gets_in_is_named_nowhere(row):
    request = public_access([compile_document(row["policy"], "p")]).request
    account = read_caller(request.principal).account
    assert account is None or account not in str(row["policy"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["public"]], ids=lambda row: row["id"])
def test_the_engine_lets_the_outsider_in(row):
    policy = compile_document(row["policy"], "p")
    found = public_access([policy]).request
    request = Request(found.principal, found.action, found.resource, found.context)
    stranger_may = compile_document(
        {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}, "the stranger's own"
    )
    decision = Policies(resource=policy, identity=(stranger_may,)).decide(request)
    assert str(decision.outcome) == "Allowed"
    assert impossibility(found.action, found.resource, found.context, found.principal) == ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_linter_says_the_same(row):
    """Also with a Deny, and with conditions that outsiders can meet."""
    policy_type = "trust" if "sts:AssumeRole" in str(row["policy"]) else "resource"
    text = json.dumps(row["policy"])
    codes = [found["code"] for found in lint_row({"type": policy_type, "policy": text})["findings"]]
    assert ("iam.public" in codes) is row["public"]


def test_a_search_that_ends_early_says_so():
    policy = compile_document(ROWS[-2]["policy"], "p")
    assert public_access([policy], steps=0).is_granted is None
