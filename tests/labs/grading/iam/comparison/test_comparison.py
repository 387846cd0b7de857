"""What two policies allow, compared over real requests."""

from __future__ import annotations

import pytest

from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.language.principals import read_caller
from labs.grading.iam.policy_rows import compile_document

BUCKET, OBJECTS = "arn:aws:s3:::course", "arn:aws:s3:::course/*"


def allow(action="s3:GetObject", resource=OBJECTS, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action="s3:GetObject", resource=OBJECTS, **more):
    return {**allow(action, resource, **more), "Effect": "Deny"}


def when(operator, key, *values):
    return {"Condition": {operator: {key: list(values)}}}


def layer(*statements):
    return Layer(
        "policy",
        (compile_document({"Version": "2012-10-17", "Statement": list(statements)}, "policy"),),
    )


def found(expected, learner, **options):
    return compare([layer(*expected)], [layer(*learner)], **options)


def relation(expected, learner, **options):
    return found(expected, learner, **options).relation


def test_the_smallest_case_comes_without_any_key():
    case = found([allow(**when("Bool", "aws:AssumedRoot", "true"))], [allow()]).learner_only
    assert (case.action, case.resource, case.context) == (
        "s3:GetObject",
        "arn:aws:s3:::course/report.csv",
        {},
    )


def test_a_case_holds_only_the_keys_that_matter():
    limited = allow(**when("IpAddress", "aws:SourceIp", "203.0.113.0/24"))
    wider = allow(**when("IpAddress", "aws:SourceIp", "203.0.112.0/23"))
    case = found(
        [limited, allow("sqs:*", "*", **when("Null", "aws:TokenIssueTime", "true"))],
        [limited, wider],
    ).learner_only
    assert case.context == {"aws:SourceIp": "203.0.112.255"}


def test_only_real_requests_count():
    assert (
        relation([allow("s3:GetObject", OBJECTS)], [allow("s3:GetObject", [BUCKET, OBJECTS])])
        == "equal"
    )
    assert (
        relation([allow("s3:ListBucket", BUCKET)], [allow("s3:ListBucket", [BUCKET, OBJECTS])])
        == "equal"
    )
    assert relation([allow()], [allow(), allow("s3:Invented", "*")]) == "equal"
    assert (
        relation(
            [allow("s3:ListAllMyBuckets", "*")], [allow("s3:ListAllMyBuckets", "arn:aws:s3:::*")]
        )
        == "learner_narrower"
    )


def test_every_action_on_an_arn_is_known_also_those_of_other_services():
    case = found(
        [allow("iam:*", "*")], [allow("*", "arn:aws:iam::*:role/*"), allow("iam:*", "*")]
    ).learner_only
    assert case.action.partition(":")[0] in ("sts", "ec2", "ssm")


def test_the_number_of_actions_with_extra_access_is_counted():
    assert (
        len(
            found(
                [allow()], [allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"])]
            ).extra_actions
        )
        == 2
    )


@pytest.mark.parametrize(
    ("expected", "learner", "answer"),
    [
        (["10.0.0.0/8"], ["10.0.0.0/9", "10.128.0.0/9"], "equal"),
        (["10.0.0.0/8"], ["10.0.0.0/9", "10.128.0.0/10"], "learner_narrower"),
        (["2001:db8::/32"], ["2001:db8::/33", "2001:db8:8000::/33"], "equal"),
        (["0.0.0.0/0"], ["0.0.0.0/0", "::/0"], "learner_wider"),
    ],
)
def test_address_blocks(expected, learner, answer):
    sides = [allow(**when("IpAddress", "aws:SourceIp", *blocks)) for blocks in (expected, learner)]
    assert relation([sides[0]], [sides[1]]) == answer


@pytest.mark.parametrize(
    ("expected", "learner", "answer"),
    [
        (("StringLike", "t3.*"), ("StringLike", "t?.*"), "learner_wider"),
        (("StringEquals", "a"), ("StringEqualsIgnoreCase", "a"), "learner_wider"),
        (("StringLike", "*"), ("Null", "false"), "equal"),
        (("StringEquals", "a"), ("StringLike", "a"), "equal"),
        (("StringNotEquals", "a"), ("StringNotLike", "a"), "equal"),
        (("StringNotEquals", "a"), ("StringNotEqualsIfExists", "a"), "equal"),
        (("StringEquals", "a"), ("StringEqualsIfExists", "a"), "learner_wider"),
        (("ForAnyValue:StringEquals", "a"), ("StringEquals", "a"), "equal"),
    ],
)
def test_conditions_on_a_key_with_one_value(expected, learner, answer):
    sides = [
        allow(**when(operator, "aws:PrincipalTag/t", value))
        for operator, value in (expected, learner)
    ]
    assert relation([sides[0]], [sides[1]]) == answer


def test_a_key_that_carries_several_values_tells_set_operators_apart():
    every = allow(
        "ec2:CreateTags", "*", **when("ForAllValues:StringEquals", "aws:TagKeys", "a", "b")
    )
    some = allow("ec2:CreateTags", "*", **when("ForAnyValue:StringEquals", "aws:TagKeys", "a", "b"))
    answer = found([every], [some])
    assert answer.relation == "incomparable"
    assert (answer.learner_only.context["aws:TagKeys"], answer.expected_only.context) == (
        ("other", "a"),
        {},
    )


def test_a_variable_is_filled_from_the_environment():
    folder = allow(resource="arn:aws:s3:::course/${aws:username}/*")
    lea = allow(resource="arn:aws:s3:::course/lea/*")
    assert relation([folder], [lea], environment={"aws:username": "lea"}) == "equal"
    assert relation([folder], [lea], environment={"aws:username": "tom"}) == "incomparable"


def test_a_variable_that_is_left_open_is_tried_with_and_without_value():
    case = found(
        [allow(resource=BUCKET)], [allow(resource="arn:aws:s3:::course/${aws:PrincipalTag/Team}/*")]
    ).learner_only
    assert case.context == {"aws:PrincipalTag/Team": "amber"}


def test_a_boundary_is_a_second_layer_on_both_sides():
    boundary = layer(allow("s3:Get*", "*"))
    expected, learner = layer(allow(["s3:GetObject", "s3:PutObject"])), layer(allow("s3:GetObject"))
    assert compare([expected], [learner]).relation == "learner_narrower"
    assert compare([expected, boundary], [learner, boundary]).relation == "equal"


def test_tolerated_access_is_no_difference():
    expected, learner = layer(allow()), layer(allow(), allow("s3:ListAllMyBuckets", "*"))
    tolerated = layer(allow(), allow("s3:ListAllMyBuckets", "*"))
    assert compare([expected], [learner]).relation == "learner_wider"
    assert compare([expected], [learner], tolerated=[tolerated]).relation == "equal"


def test_principals_are_asked_one_by_one():
    requesters = [
        Requester(read_caller(name)) for name in ("*", "arn:aws:iam::999999999999:user/eve")
    ]
    public, partner = allow(Principal="*"), allow(Principal={"AWS": "999999999999"})
    assert found([partner], [public], requesters=requesters).learner_only.principal == "*"


def hostile(operator):
    return [
        allow(resource=f"arn:aws:s3:::*{a}*{b}*", **when(operator, f"aws:PrincipalTag/{a}{b}", "x"))
        for a in "abcde"
        for b in "fghij"
    ]


HOSTILE = hostile("StringEquals")


def test_beyond_the_budget_requests_are_sampled_and_the_answer_says_so():
    answer = found([allow()], [*HOSTILE, allow("s3:PutObject")])
    assert (answer.exact, answer.relation) == (False, "incomparable")


def test_beyond_the_budget_nothing_is_ever_called_equal():
    answer = found(HOSTILE, hostile("StringLike"))
    assert (answer.exact, answer.relation) == (False, "undecided")


def test_statements_in_another_order_need_no_budget():
    answer = found(HOSTILE, HOSTILE[::-1])
    assert (answer.exact, answer.relation) == (True, "equal")


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ({}, "equal"),
        ({"Resource": "arn:aws:s3:::course/reports/*"}, "learner_narrower"),
        ({"Effect": "Deny"}, "learner_narrower"),
        (when("StringEquals", "aws:username", "mia"), "incomparable"),
        (when("StringLike", "aws:username", "lea"), "equal"),
    ],
    ids=str,
)
def test_whoever_says_it_of_something_else_does_not_say_the_same(other, differs):
    """Only what the sides say differently is asked about, so nothing may seem the same."""
    one = allow(**when("StringEquals", "aws:username", "lea"))
    assert relation([one], [{**one, **other}]) == differs


def test_a_dozen_patterns_with_runs_in_them_are_no_trouble():
    names = [f"arn:aws:s3:::*{first}*{second}*/*" for first in "abcde" for second in "fghij"]
    assert relation([allow(resource=names)], [allow(resource=names[:-1])]) == "learner_narrower"
    assert relation([allow(resource=names)], [allow(resource=[*names, names[0] + "x*"])]) == "equal"


@pytest.mark.parametrize("expected", [[], [deny()]])
def test_nothing_equals_nothing(expected):
    assert relation(expected, []) == "equal"


def test_policies_of_aws_itself_are_real():
    one, other = (
        f"arn:aws:iam::aws:policy/{name}" for name in ("ReadOnlyAccess", "AdministratorAccess")
    )
    assert (
        relation([allow("iam:GetPolicy", one)], [allow("iam:GetPolicy", [one, other])])
        == "learner_wider"
    )


def test_other_partitions_are_compared_where_a_policy_names_them():
    chinese = "arn:aws-cn:s3:::course/*"
    assert relation([allow(resource=chinese)], [allow("s3:*", resource=chinese)]) == "learner_wider"
    assert relation([allow()], [allow(resource="arn:*:s3:::course/*")]) == "equal"


def test_the_ends_of_the_internet_are_both_tried():
    v4 = allow(**when("IpAddress", "aws:VpcSourceIp", "0.0.0.0/0"))
    both = allow(**when("IpAddress", "aws:VpcSourceIp", "0.0.0.0/0", "::/0"))
    assert relation([v4], [both]) == "learner_wider"


@pytest.mark.parametrize(
    "statements",
    [
        [
            allow(
                "s3:*",
                Condition={
                    "StringEquals": {f"aws:PrincipalTag/{number}": "x" for number in range(2000)}
                },
            )
        ],
        [
            allow(
                "s3:ListBucket",
                BUCKET,
                **when("StringLike", "s3:prefix", *(f"*{n}x{n * 7}y*" for n in range(3000))),
            )
        ],
        [allow(resource=f"arn:aws:s3:::b{number}/*") for number in range(2500)],
    ],
    ids=["keys", "values", "statements"],
)
def test_what_is_larger_than_any_policy_is_sampled_and_says_so(statements):
    assert found(statements, [allow()]).exact is False


def test_a_pattern_longer_than_any_arn_matches_nothing():
    assert relation([], [allow(resource="arn:aws:s3:::" + "*?" * 3000)]) == "equal"
