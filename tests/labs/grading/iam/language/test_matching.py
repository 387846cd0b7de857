"""Actions, ARNs, wildcards, variables and condition operators. Source: IAM User Guide,
policy element reference."""

from __future__ import annotations

import pytest

from labs.grading.iam.policy_rows import read_policies, read_request
from labs.grading.wildcards.globs import glob

USER = "arn:aws:iam::111122223333:user/lea"


def allows(
    statement,
    *,
    action="s3:GetObject",
    resource="arn:aws:s3:::b/a",
    version="2012-10-17",
    **context,
):
    document = {
        "Version": version,
        "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", **statement},
    }
    keys = {key.replace("__", ":").replace("_", "/"): value for key, value in context.items()}
    request = {"principal": USER, "action": action, "resource": resource, "context": keys}
    return (
        read_policies({"identity": [document]}, trust_assumed=True)
        .decide(read_request(request))
        .allowed
    )


def holds(operator, values, *present, key="aws:RequestTag/t", **more):
    """Does the condition hold with these values of the key (none: absent)?"""
    document = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*",
            "Condition": {operator: {key: values}},
        },
    }
    context = {**more.get("context", {}), **({key: list(present)} if present else {})}
    request = {
        "principal": USER,
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/a",
        "context": context,
    }
    return read_policies({"identity": [document]}).decide(read_request(request)).allowed


@pytest.mark.parametrize(
    ("pattern", "action", "matches"),
    [
        ("*", "s3:GetObject", True),
        ("*:*", "s3:GetObject", True),
        ("S3:getobject", "s3:GetObject", True),
        ("s3:Get*", "s3:GetObject", True),
        ("s3:*Object", "s3:GetObject", True),
        ("s3:?etObject", "s3:GetObject", True),
        ("s3:?etObject", "s3:etObject", False),
        ("s3:G*t*b*t", "s3:GetObject", True),
        ("s3:Get", "s3:GetObject", False),
        ("s*:GetObject", "s3:GetObject", False),
        ("GetObject", "s3:GetObject", False),
    ],
)
def test_an_action_pattern(pattern, action, matches):
    assert allows({"Action": pattern}, action=action) is matches


@pytest.mark.parametrize(
    ("pattern", "resource", "matches"),
    [
        ("*", "*", True),
        ("arn:aws:s3:::*", "*", False),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/a/c:d", True),
        ("arn:aws:s3:::b", "arn:aws:s3:::B", False),
        ("arn:aws:sqs:*:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q", True),
        ("arn:aws:sqs:*:q", "arn:aws:sqs:eu-west-1:111122223333:q", False),
        ("arn:aws:sqs:eu*q", "arn:aws:sqs:eu-west-1:111122223333:q", False),
        ("arn:aws:sqs", "arn:aws:sqs:eu-west-1:111122223333:q", True),
        ("arn:aws:s?s:eu-west-?:*:*", "arn:aws:sqs:eu-west-1:111122223333:q", True),
        ("arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/team/app", True),
        ("**", "*", True),
    ],
)
def test_a_resource_pattern_keeps_its_wildcards_inside_their_segments(pattern, resource, matches):
    assert allows({"Resource": pattern}, resource=resource) is matches


@pytest.mark.parametrize(
    ("resource", "context", "matches"),
    [
        ("arn:aws:s3:::b/${aws:username}", {"aws__username": "a"}, True),
        ("arn:aws:s3:::b/${AWS:USERNAME}", {"aws__username": "a"}, True),
        ("arn:aws:s3:::b/${aws:username}", {"aws__username": "*"}, False),
        ("arn:aws:s3:::b/${aws:PrincipalTag/team}", {}, False),
        ("arn:aws:s3:::b/${aws:PrincipalTag/team, 'a'}", {}, True),
        ("arn:aws:s3:::b/${aws:PrincipalTag/team, 'a'}", {"aws__PrincipalTag_team": "z"}, False),
        ("arn:aws:s3:::b/${*}", {}, False),
        ("arn:aws:s3:::${aws:username}/a", {"aws__username": "b"}, True),
        ("arn:${aws:username}:s3:::b/a", {"aws__username": "aws"}, False),
    ],
)
def test_a_policy_variable_is_the_plain_value_of_its_key(resource, context, matches):
    assert allows({"Resource": resource}, **context) is matches


def test_a_variable_without_value_makes_not_resource_match():
    statement = {"NotResource": "arn:aws:s3:::b/${aws:PrincipalTag/team}"}
    document = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "*", **statement},
    }
    request = {
        "principal": USER,
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/a",
        "context": {},
    }
    assert read_policies({"identity": [document]}).decide(read_request(request)).allowed


def test_the_old_version_knows_no_variables():
    resource = "arn:aws:s3:::b/${aws:username}"
    assert not allows({"Resource": resource}, version="2008-10-17", aws__username="a")
    assert allows({"Resource": resource}, version="2008-10-17", resource=resource)


@pytest.mark.parametrize(
    ("operator", "values", "value", "expected"),
    [
        ("StringEquals", ["a", "b"], "b", True),
        ("StringEquals", "a", "A", False),
        ("StringEquals", "a*", "ab", False),
        ("StringEquals", "a${*}", "a*", True),
        ("StringNotEquals", ["a", "b"], "b", False),
        ("StringNotEquals", ["a", "b"], "c", True),
        ("StringEqualsIgnoreCase", "aB", "Ab", True),
        ("StringNotEqualsIgnoreCase", "aB", "Ab", False),
        ("StringLike", "a?c*", "abcd", True),
        ("StringLike", "A*", "a", False),
        ("StringNotLike", "a*", "b", True),
        ("NumericEquals", "10", "10.0", True),
        ("NumericLessThan", "10", "9.5", True),
        ("NumericLessThanEquals", ["5", "10"], "7", True),
        ("NumericGreaterThan", "10", "ten", False),
        ("NumericNotEquals", "10", "11", True),
        ("DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", True),
        ("DateEquals", "2026-01-01", "2026-01-01T00:00:00Z", True),
        ("DateEquals", "1767225600", "2026-01-01T00:00:00Z", True),
        ("DateEquals", "2026-01-01T02:00:00+02:00", "2026-01-01T00:00:00Z", True),
        ("DateGreaterThanEquals", "2026-01-01T00:00:00Z", "soon", False),
        ("Bool", "true", "TRUE", True),
        ("Bool", "true", "yes", False),
        ("Bool", "false", "false", True),
        ("IpAddress", "203.0.113.0/24", "203.0.113.7", True),
        ("IpAddress", "203.0.113.7", "203.0.113.7", True),
        ("IpAddress", "203.0.113.7", "203.0.113.8", False),
        ("IpAddress", "2001:db8::/32", "2001:db8::1", True),
        ("IpAddress", "0.0.0.0/0", "2001:db8::1", False),
        ("NotIpAddress", "203.0.113.0/24", "198.51.100.7", True),
        ("ArnLike", "arn:aws:sns:*:111122223333:*", "arn:aws:sns:eu-west-1:111122223333:t", True),
        ("ArnEquals", "arn:aws:sns:*:111122223333:*", "arn:aws:sns:eu-west-1:111122223333:t", True),
        ("ArnLike", "arn:aws:sns:*:t", "arn:aws:sns:eu-west-1:111122223333:t", False),
        ("ArnNotLike", "arn:aws:sns:*:*:*", "arn:aws:sqs:eu-west-1:111122223333:q", True),
        ("BinaryEquals", "aGk=", "aGk=", True),
        ("BinaryEquals", "aGk=", "aGo=", False),
        ("Null", "true", "x", False),
        ("Null", "false", "x", True),
        ("ForAnyValue:StringEquals", ["a"], "a", True),
        ("stringequals", "a", "a", True),
        ("StringSounds", "a", "a", False),
    ],
)
def test_an_operator_with_one_value(operator, values, value, expected):
    assert holds(operator, values, value) is expected


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("StringEquals", False),
        ("StringNotEquals", True),
        ("StringEqualsIfExists", True),
        ("StringNotEqualsIfExists", True),
        ("NotIpAddress", True),
        ("DateNotEquals", True),
        ("ArnNotEquals", True),
        ("Bool", False),
        ("ForAllValues:StringEquals", True),
        ("ForAnyValue:StringEquals", False),
        ("ForAnyValue:StringNotEquals", False),
        ("ForAnyValue:StringEqualsIfExists", True),
    ],
)
def test_an_operator_without_the_key(operator, expected):
    assert holds(operator, "true") is expected


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("false", False), (["true", "false"], True)]
)
def test_null_asks_for_absence(value, expected):
    assert holds("Null", value) is expected


@pytest.mark.parametrize(
    ("operator", "values", "present", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"], True),
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "c"], False),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], True),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "d"], False),
        ("ForAllValues:StringNotEquals", ["a"], ["b", "c"], True),
        ("ForAllValues:StringNotEquals", ["a"], ["b", "a"], False),
        ("ForAnyValue:StringNotEquals", ["a"], ["b", "a"], True),
        ("StringEquals", ["a", "b"], ["a", "b"], False),
        ("StringNotEquals", ["c"], ["a", "b"], False),
    ],
)
def test_several_values_need_a_set_operator(operator, values, present, expected):
    assert holds(operator, values, *present, key="aws:TagKeys") is expected


def test_condition_keys_ignore_case():
    assert holds("StringEquals", "a", key="AWS:RequestTag/T", context={"aws:requesttag/t": "a"})


def test_several_keys_and_several_operators_must_all_hold():
    condition = {"StringEquals": {"aws:RequestTag/t": "a", "aws:RequestTag/u": "b"}}
    assert not allows({"Condition": condition}, aws__RequestTag_t="a")
    assert allows({"Condition": condition}, aws__RequestTag_t="a", aws__RequestTag_u="b")


def test_a_negated_operator_with_a_variable_without_value_holds():
    assert holds("StringNotEquals", "${aws:PrincipalTag/none}", "a")
    assert not holds("StringEquals", "${aws:PrincipalTag/none}", "a")


def test_numbers_and_booleans_may_stand_without_quotes():
    assert holds("NumericLessThan", 10, 9)
    assert holds("Bool", True, "true")


@pytest.mark.parametrize(
    "pattern", ["*a" * 3000 + "b", "*?" * 3000 + "b", "?" * 5000 + "*" * 5000, "a*" * 4000]
)
def test_a_hostile_pattern_is_matched_in_linear_steps(pattern):
    assert glob(pattern).matches("a" * 2000) is False
