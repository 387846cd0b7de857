"""Who asks, in the account that owns a resource and elsewhere."""

from __future__ import annotations

import pytest

from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.comparison.requesters import requesters_for
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.policy_reader import read_policy

OWNER = "111122223333"
QUEUE = f"arn:aws:sqs:eu-west-2:{OWNER}:jobs"
KEY = f"arn:aws:kms:eu-west-2:{OWNER}:key/1"
ROLE = f"arn:aws:iam::{OWNER}:role/worker"
PARTNER = "arn:aws:iam::444455556666:role/partner"


def allow(principal: str, action: str, resource: str) -> dict[str, object]:
    found = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": action}
    return found | ({"Resource": resource} if resource else {})


def root(account: str = OWNER) -> str:
    return f"arn:aws:iam::{account}:root"


def relation(expected: list[dict[str, object]], learner: list[dict[str, object]]) -> str:
    policies = [CompiledPolicy(read_policy({"Statement": rows})) for rows in (expected, learner)]
    sides = [[Layer("answer", (policy,), names_principals=True)] for policy in policies]
    asked = list(requesters_for((), policies, owner=OWNER))
    return compare(*sides, requesters=asked, owner=OWNER).relation


SEND = allow(PARTNER, "sqs:SendMessage", QUEUE)


def test_naming_the_owner_s_own_account_lets_nobody_in():
    """The statement with which every queue begins."""
    assert relation([SEND], [SEND, allow(root(), "sqs:*", QUEUE)]) == "equal"


@pytest.mark.parametrize(
    "more",
    [
        allow(ROLE, "sqs:*", QUEUE),
        allow("*", "sqs:ReceiveMessage", QUEUE),
        allow(root("444455556666"), "sqs:SendMessage", QUEUE),
    ],
    ids=["a role by name", "everybody", "another account"],
)
def test_naming_somebody_does(more: dict[str, object]):
    assert relation([SEND], [SEND, more]) == "learner_wider"


def test_a_role_by_name_is_not_replaced_by_its_account():
    named = allow(ROLE, "sqs:ReceiveMessage", QUEUE)
    assert relation([named], [allow(root(), "sqs:ReceiveMessage", QUEUE)]) == "learner_narrower"


def test_a_deny_for_the_own_account_stops_those_who_had_permission():
    deny = {**allow(root(), "sqs:*", QUEUE), "Effect": "Deny"}
    assert relation([SEND], [SEND, deny]) == "learner_narrower"


@pytest.mark.parametrize(
    ("action", "resource"), [("kms:Decrypt", KEY), ("sts:AssumeRole", "")], ids=["key", "role"]
)
def test_keys_and_roles_are_entered_by_their_policy_alone(action: str, resource: str):
    partner, own = allow(PARTNER, action, resource), allow(root(), action, resource)
    assert relation([partner], [partner, own]) == "learner_wider"
