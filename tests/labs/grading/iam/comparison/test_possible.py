"""Every counterexample is a request that AWS could be asked, and is decided differently."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.comparison.possible import impossibility
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.sampling import sampled_difference
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.sent_keys import with_sent_keys
from labs.grading.iam.language.principals import read_caller
from labs.grading.iam.policy_rows import compile_document, read_policies, read_request
from labs.grading.iam.rows import compare_row
from tests.labs.grading.iam.random_policies import RESOURCES, statements
from tests.labs.grading.iam.samples import rows

OBJECT = "arn:aws:s3:::b/k"
TOPIC = "arn:aws:sns:eu-west-1:111122223333:news"
OTHER = "444455556666"
INSTANCE = "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0"
SIDES = ("expected", "learner")
AMBER = "arn:aws:iam::111122223333:user/amber"
PAIRS = [row for name in ("iam", "documented", "reported") for row in rows(f"{name}-pairs.jsonl")]

IMPOSSIBLE = {
    "no such action": ("s3:Invent", "*", {}),
    "an ARN of another kind": ("s3:GetObject", "arn:aws:s3:::course", {}),
    "a key of another action": ("s3:GetObject", OBJECT, {"s3:prefix": "x"}),
    "another Region": ("ec2:StopInstances", INSTANCE, {"aws:RequestedRegion": "us-east-1"}),
    "another account": ("ec2:StopInstances", INSTANCE, {"aws:ResourceAccount": OTHER}),
    "no policy lets a stranger in": (
        "ec2:StopInstances",
        INSTANCE,
        {"aws:PrincipalAccount": OTHER},
    ),
    "both ways at once": (
        "s3:GetObject",
        OBJECT,
        {"aws:SourceIp": "203.0.113.7", "aws:SourceVpce": "vpce-1"},
    ),
    "two tags of one name": (
        "ec2:StopInstances",
        INSTANCE,
        {"aws:ResourceTag/a": "x", "ec2:ResourceTag/a": "y"},
    ),
    "two times": (
        "s3:GetObject",
        OBJECT,
        {"aws:CurrentTime": "2026-01-01T00:00:00Z", "aws:EpochTime": "1"},
    ),
    "no value of the key": ("s3:GetObject", OBJECT, {"aws:PrincipalAccount": "me"}),
    "an identity as source": (
        "s3:GetObject",
        OBJECT,
        {"aws:SourceArn": TOPIC},
        AMBER,
    ),
    "an anonymous caller with a name": ("s3:GetObject", OBJECT, {"aws:username": "a"}, "*"),
    "another user's name": ("s3:GetObject", OBJECT, {"aws:username": "lea"}, AMBER),
}  # fmt: skip
POSSIBLE = {
    "a plain request": ("s3:GetObject", OBJECT, {}),
    "another account's bucket": ("s3:GetObject", OBJECT, {"aws:ResourceAccount": OTHER}, AMBER),
    "a role of another account": ("sts:AssumeRole", "arn:aws:iam::444455556666:role/r", {}, AMBER),
    "a service for a topic": (
        "sqs:SendMessage",
        "arn:aws:sqs:eu-west-1:111122223333:q",
        {"aws:SourceArn": TOPIC, "aws:SourceAccount": "111122223333"},
        "sns.amazonaws.com",
    ),
    "an action without a resource": ("ec2:DescribeInstances", "*", {"ec2:Region": "eu-west-1"}),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_aws_is_never_asked_is_known(name):
    assert impossibility(*IMPOSSIBLE[name])


@pytest.mark.parametrize("name", POSSIBLE)
def test_what_aws_may_be_asked_is_known(name):
    assert not impossibility(*POSSIBLE[name])


def cases_of(row):
    found = compare_row(row)
    for name in ("learner_only", "expected_only"):
        if case := found[name]:
            yield name, {**case, "context": {**row["env"], **case["context"]}}


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: row["id"])
def test_the_counterexamples_of_a_sample_are_possible(row):
    for _, case in cases_of(row):
        assert not impossibility(
            case["action"], case["resource"], case["context"], case.get("principal", "")
        )


RICH = [
    {"Bool": {"aws:SecureTransport": "true"}},
    {"Bool": {"aws:ViaAWSService": "false"}},
    {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
    {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}},
    {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}},
    {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}},
    {"StringLike": {"aws:ResourceAccount": "1111*"}},
    {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}},
    {"StringEquals": {"aws:ResourceTag/Team": "a"}},
    {"StringLike": {"ec2:ResourceTag/Team": "a*"}},
    {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f67890"}},
    {"Null": {"aws:SourceVpc": "true"}},
    {"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
    {"NumericLessThan": {"aws:EpochTime": "1790000000"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}},
    {"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
    {"StringLike": {"aws:username": "a*"}},
    {"ForAnyValue:StringEquals": {"aws:CalledVia": "athena.amazonaws.com"}},
    {"StringNotEquals": {"aws:CalledViaFirst": "cloudformation.amazonaws.com"}},
    {"StringLike": {"s3:prefix": ["", "home/*"]}},
    {"StringEquals": {"ec2:InstanceType": "t3.micro"}},
    {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}},
    {"StringEquals": {"aws:SourceAccount": "111122223333"}},
]
ACTIONS = [
    "s3:GetObject",
    "s3:*Object",
    "s3:ListBucket",
    "ec2:StopInstances",
    "ec2:RunInstances",
    "sqs:*",
    "iam:PassRole",
    "sts:AssumeRole",
    "*",
]
PRINCIPALS = [
    "*",
    {"AWS": "111122223333"},
    {"AWS": ["arn:aws:iam::111122223333:role/app", AMBER]},
    {"Service": "sns.amazonaws.com"},
    {"Federated": "accounts.google.com"},
]
EC2 = ["arn:aws:ec2:*:111122223333:instance/*", "arn:aws:iam::*:role/app"]
identity = statements(
    actions=ACTIONS,
    resources=[*(text for text in RESOURCES if "username" not in text), *EC2],
    conditions=RICH,
)
resource = statements(
    actions=["s3:GetObject", "s3:*", "s3:ListBucket"],
    resources=["arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x*"],
    conditions=RICH,
    principals=PRINCIPALS,
)


def row_of(one, other, env):
    documents = [[{"Version": "2012-10-17", "Statement": found}] for found in (one, other)]
    return {"expected": documents[0], "learner": documents[1], "env": env}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(identity, min_size=1, max_size=3),
    st.lists(identity, min_size=1, max_size=3),
    st.sampled_from([{}, {"aws:PrincipalArn": AMBER, "aws:PrincipalAccount": "111122223333"}]),
)
def test_counterexamples_of_identity_policies_are_possible_and_decided_differently(one, other, env):
    row = row_of(one, other, env)
    for name, case in cases_of(row):
        assert not impossibility(case["action"], case["resource"], case["context"]), case
        request = with_sent_keys(read_request({**case, "principal": None}))
        answers = [allowed_by(row[side], request) for side in SIDES]
        assert answers == [name == "expected_only", name == "learner_only"], case


def layer_of(*documents):
    return Layer("policy", tuple(compile_document(found, "policy") for found in documents))


def allowed_by(documents, request):
    """By identity policies alone."""
    layer = layer_of(*documents)
    return layer.denial(request, False) is None and bool(layer.grant(request)[0])


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.lists(resource, min_size=1, max_size=3), st.lists(resource, min_size=1, max_size=3))
def test_counterexamples_of_resource_policies_are_possible_and_decided_differently(one, other):
    row = row_of(one, other, {})
    for name, case in cases_of(row):
        who = case["principal"]
        assert not impossibility(case["action"], case["resource"], case["context"], who), case
        owners = ["999900009999", read_caller(who).account]
        answers = [[let_in(row[side][0], case, owner) for side in SIDES] for owner in owners]
        assert [name == "expected_only", name == "learner_only"] in answers, case


def let_in(document, case, owner):
    """By the resource policy, with everything allowed to the caller by its own."""
    everything = [{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}]
    request = with_sent_keys(read_request({**case, "resource_account": owner}))
    return read_policies({"identity": everything, "resource": document}).decide(request).allowed


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(identity, min_size=1, max_size=3), st.lists(identity, min_size=1, max_size=3))
def test_no_sampled_request_contradicts_the_comparison(one, other):
    """Samples are made another way: whatever they find, the search has found as well."""
    expected, learner = ([layer_of({"Statement": found})] for found in (one, other))
    found = compare(expected, learner)
    for case, wider, narrower in (
        (found.learner_only, learner, expected),
        (found.expected_only, expected, learner),
    ):
        sample = sampled_difference(wider, narrower, environment={}, requesters=[Requester()])
        assert case or not sample
