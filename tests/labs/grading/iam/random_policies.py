"""Random policies and requests over a small world, for hypothesis and for the cross-check with
z3."""

from __future__ import annotations

from hypothesis import strategies as st

ACTIONS = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:ListBucket",
    "s3:Get*",
    "s3:*Object",
    "s3:*",
    "sqs:SendMessage",
    "sqs:*",
    "*",
]
RESOURCES = [
    "arn:aws:s3:::b",
    "arn:aws:s3:::b*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/home/${aws:username}/*",
    "arn:aws:s3:::*/x?",
    "arn:aws:sqs:*:123456789012:q-*",
    "arn:aws:sqs:eu-*:*:*",
    "*",
]
CONDITIONS = [
    {"StringEquals": {"aws:PrincipalTag/t": ["a", "b"]}},
    {"StringNotEquals": {"aws:PrincipalTag/t": "b"}},
    {"StringLike": {"s3:prefix": ["", "home/*"]}},
    {"StringNotLikeIfExists": {"s3:prefix": "home/?"}},
    {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]}},
    {"NotIpAddress": {"aws:SourceIp": "10.1.0.0/16"}},
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
    {"NumericLessThan": {"s3:max-keys": ["5", "10"]}},
    {"NumericGreaterThanEquals": {"s3:max-keys": "10"}},
    {"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
    {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}},
    {"ForAnyValue:StringLike": {"aws:TagKeys": "b*"}},
    {"Null": {"aws:TokenIssueTime": "true"}},
    {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::b*"}},
]
ENVIRONMENT = {"aws:username": "bob"}


@st.composite
def statements(
    draw, *, actions=ACTIONS, resources=RESOURCES, conditions=CONDITIONS, principals=None
):
    def some(values):
        return draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))

    statement = {"Effect": draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"]))}
    if principals:
        statement["Principal"] = draw(st.sampled_from(principals))
    statement[draw(st.sampled_from(["Action", "Action", "Action", "NotAction"]))] = some(actions)
    statement[draw(st.sampled_from(["Resource", "Resource", "Resource", "NotResource"]))] = some(
        resources
    )
    blocks = draw(st.lists(st.sampled_from(conditions), max_size=2))
    condition = {operator: keys for block in blocks for operator, keys in block.items()}
    return statement | ({"Condition": condition} if condition else {})


def policies(max_statements=3):
    return st.lists(statements(), min_size=1, max_size=max_statements).map(
        lambda found: {"Version": "2012-10-17", "Statement": found}
    )


CONTEXTS = st.fixed_dictionaries(
    {},
    optional={
        "aws:PrincipalTag/t": st.sampled_from(["a", "b", "c"]),
        "s3:prefix": st.sampled_from(["", "home/", "home/a", "home/ab", "x"]),
        "aws:SourceIp": st.sampled_from(["10.1.2.3", "10.2.3.4", "192.0.2.1", "2001:db8::1"]),
        "aws:MultiFactorAuthPresent": st.sampled_from(["true", "false"]),
        "s3:max-keys": st.sampled_from(["4", "5", "9", "10", "11"]),
        "aws:CurrentTime": st.sampled_from(["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"]),
        "aws:TagKeys": st.sampled_from([["a"], ["a", "b"], ["b", "c"], ["bb"], ["c", "d"]]),
        "aws:TokenIssueTime": st.just("2026-01-01T00:00:00Z"),
        "aws:SourceArn": st.sampled_from(["arn:aws:s3:::b", "arn:aws:s3:::c"]),
    },
)
TARGETS = st.sampled_from(
    [
        ("s3:GetObject", "arn:aws:s3:::b/x1"),
        ("s3:GetObject", "arn:aws:s3:::b/home/bob/x"),
        ("s3:PutObject", "arn:aws:s3:::c/x2"),
        ("s3:ListBucket", "arn:aws:s3:::b"),
        ("s3:ListBucket", "arn:aws:s3:::bb"),
        ("s3:ListAllMyBuckets", "*"),
        ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:q-1"),
        ("sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:123456789012:other"),
        ("ec2:StartInstances", "arn:aws:ec2:eu-west-1:123456789012:instance/i-1"),
    ]
)
