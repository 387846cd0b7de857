"""Only requests that can exist tell two policies apart."""

from __future__ import annotations

import pytest

from labs.grading.iam.rows import compare_row

OBJECTS = "arn:aws:s3:::course/*"
IRELAND = "eu-west-1"
ROLES = "arn:aws:iam::{}:role/r"
QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders"
AMBER = "arn:aws:iam::111122223333:user/amber"


def allow(action="s3:GetObject", resource=OBJECTS, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action="s3:GetObject", resource=OBJECTS, **more):
    return {**allow(action, resource, **more), "Effect": "Deny"}


def when(**conditions):
    """`StringEquals={"aws:x": "y"}` and so on."""
    return {"Condition": conditions}


def compared(expected, learner, env=None, **more):
    documents = [[{"Version": "2012-10-17", "Statement": found}] for found in (expected, learner)]
    return compare_row(
        {"expected": documents[0], "learner": documents[1], "env": env or {}, **more}
    )


def relation(expected, learner, env=None, **more):
    found = compared(expected, learner, env, **more)
    assert found.get("exact", True)
    return found["relation"]


EQUAL = {
    "every request says whether it is encrypted": (
        [allow(**when(Bool={"aws:SecureTransport": "true"}))],
        [allow(**when(BoolIfExists={"aws:SecureTransport": "true"}))],
    ),
    "unencrypted is the opposite of encrypted": (
        [allow(), deny(**when(Bool={"aws:SecureTransport": "false"}))],
        [allow(**when(Bool={"aws:SecureTransport": "true"}))],
    ),
    "every request has a time": (
        [allow()],
        [allow(), allow("s3:PutObject", **when(Null={"aws:CurrentTime": "true"}))],
    ),
    "the time has two spellings": (
        [allow(**when(DateLessThan={"aws:CurrentTime": "2027-01-01T00:00:00Z"}))],
        [allow(**when(DateLessThan={"aws:EpochTime": "1798761600"}))],
    ),
    "the Region of the request is that of the ARN": (
        [allow("ec2:StartInstances", "*", **when(StringEquals={"aws:RequestedRegion": IRELAND}))],
        [allow("ec2:StartInstances", "arn:aws:*:eu-west-1:*:*")],
    ),
    "two keys say the Region of EC2": (
        [allow("ec2:StopInstances", "*", **when(StringLike={"ec2:Region": "eu-*"}))],
        [allow("ec2:StopInstances", "*", **when(StringLike={"aws:RequestedRegion": "eu-*"}))],
    ),
    "IAM has one endpoint": (
        [allow("iam:GetUser", "*")],
        [allow("iam:GetUser", "*", **when(StringEquals={"aws:RequestedRegion": "us-east-1"}))],
    ),
    "the account of the ARN is the resource's": (
        [allow("sns:Publish", "arn:aws:sns:*:111122223333:*")],
        [allow("sns:Publish", "*", **when(StringEquals={"aws:ResourceAccount": "111122223333"}))],
    ),
    "one tag has two names": (
        [allow("ec2:StopInstances", "*", **when(StringEquals={"aws:ResourceTag/Team": "a"}))],
        [allow("ec2:StopInstances", "*", **when(StringEquals={"ec2:ResourceTag/Team": "a"}))],
    ),
    "an address or an endpoint, never both": (
        [allow("sqs:SendMessage", QUEUE)],
        [
            allow("sqs:SendMessage", QUEUE),
            allow(
                **when(
                    IpAddress={"aws:SourceIp": "203.0.113.0/24"},
                    StringEquals={"aws:SourceVpce": "vpce-0a1b2c3d4e5f67890"},
                )
            ),
        ],
    ),
    "without an endpoint there is an address": (
        [allow(**when(Null={"aws:SourceVpce": "true"}))],
        [allow(**when(Null={"aws:SourceIp": "false"}))],
    ),
    "no age of a second factor without the second factor": (
        [allow(**when(NumericLessThan={"aws:MultiFactorAuthAge": "3600"}))],
        [
            allow(
                **when(
                    NumericLessThan={"aws:MultiFactorAuthAge": "3600"},
                    Bool={"aws:MultiFactorAuthPresent": "true"},
                )
            )
        ],
    ),
    "a key of another action": (
        [allow()],
        [allow(), allow("s3:PutObject", **when(StringLike={"s3:prefix": "home/*"}))],
    ),
    "a key of another resource type": (
        [allow("ec2:RunInstances", "arn:aws:ec2:*:*:subnet/*")],
        [
            allow("ec2:RunInstances", "arn:aws:ec2:*:*:subnet/*"),
            deny(
                "ec2:RunInstances",
                "arn:aws:ec2:*:*:subnet/*",
                **when(StringEquals={"ec2:InstanceType": "p5.48xlarge"}),
            ),
        ],
    ),
    "nobody stops another account's instance": (
        [allow("ec2:StopInstances", "arn:aws:ec2:*:111122223333:instance/*")],
        [allow("ec2:StopInstances", "arn:aws:ec2:*:*:instance/*")],
        {"aws:PrincipalAccount": "111122223333"},
    ),
    "users have names, and roles have none": (
        [allow(**when(Null={"aws:username": "false"}))],
        [allow(**when(StringEquals={"aws:PrincipalType": "User"}))],
    ),
    "an identity is never the source of a service's call": (
        [allow()],
        [allow(), allow("s3:PutObject", **when(ArnLike={"aws:SourceArn": "arn:aws:sns:*:*:*"}))],
    ),
    "a service in between is said twice": (
        [allow(**when(Bool={"aws:ViaAWSService": "true"}))],
        [allow(**when(Null={"aws:CalledVia": "false"}))],
    ),
    "nobody asks for a role without signing": (
        [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": AMBER}}],
        [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": AMBER}},
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": "*",
                **when(Null={"aws:PrincipalArn": "true", "aws:SourceArn": "true"}),
            },
        ],
    ),
    "an anonymous caller has no ARN": (
        [allow(Principal={"AWS": AMBER})],
        [allow(Principal="*", **when(StringEquals={"aws:PrincipalArn": AMBER}))],
    ),
    "a bucket's policy says nothing of another bucket": (
        [allow(Principal="*")],
        [allow(Principal="*"), deny("s3:PutObject", "arn:aws:s3:::b/*", Principal="*")],
    ),
    "a provider vouches with its own call alone": (
        [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "accounts.google.com"},
            }
        ],
        [
            {
                "Effect": "Allow",
                "Action": ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"],
                "Principal": {"Federated": "accounts.google.com"},
            }
        ],
    ),
    "one user of each account is enough": (
        [allow(Principal={"AWS": [f"{number:012d}" for number in range(1, 40)]})],
        [allow(Principal={"AWS": [f"arn:aws:iam::{number:012d}:root" for number in range(1, 40)]})],
    ),
}  # fmt: skip
DIFFERENT = {
    "a key that may be absent": (
        [allow(**when(Bool={"aws:MultiFactorAuthPresent": "true"}))],
        [allow(**when(BoolIfExists={"aws:MultiFactorAuthPresent": "true"}))],
        "learner_wider",
    ),
    "a bucket may belong to anybody": (
        [allow(**when(StringEquals={"aws:ResourceAccount": "111122223333"}))],
        [allow()],
        "learner_wider",
    ),
    "a bucket may be in any Region": (
        [allow(**when(StringEquals={"aws:RequestedRegion": "eu-west-1"}))],
        [allow()],
        "learner_wider",
    ),
    "another account's bucket may be opened": (
        [allow(**when(StringEquals={"aws:ResourceAccount": "${aws:PrincipalAccount}"}))],
        [allow()],
        "learner_wider",
    ),
    "a tag of the caller is no tag of the resource": (
        [allow("ec2:StopInstances", "*", **when(StringEquals={"aws:ResourceTag/T": "a"}))],
        [allow("ec2:StopInstances", "*", **when(StringEquals={"aws:PrincipalTag/T": "a"}))],
        "incomparable",
    ),
    "a prefix on the action that has one": (
        [allow("s3:ListBucket", "arn:aws:s3:::course", **when(StringLike={"s3:prefix": "home/*"}))],
        [allow("s3:ListBucket", "arn:aws:s3:::course", **when(StringLike={"s3:prefix": "h*"}))],
        "learner_wider",
    ),
    "the source of a service's call": (
        [
            allow(
                "sqs:SendMessage",
                QUEUE,
                Principal={"Service": "sns.amazonaws.com"},
                **when(ArnEquals={"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:news"}),
            )
        ],
        [allow("sqs:SendMessage", QUEUE, Principal={"Service": "sns.amazonaws.com"})],
        "learner_wider",
    ),
    "everybody includes AWS's services": (
        [
            allow(
                "sqs:SendMessage",
                QUEUE,
                Principal="*",
                **when(ArnEquals={"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:news"}),
            )
        ],
        [
            allow(
                "sqs:SendMessage",
                QUEUE,
                Principal="*",
                **when(ArnLike={"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:*"}),
            )
        ],
        "learner_wider",
    ),
    "a role of the same name in any account": (
        [allow(Principal="*", **when(ArnLike={"aws:PrincipalArn": ROLES.format("111122223333")}))],
        [allow(Principal="*", **when(ArnLike={"aws:PrincipalArn": ROLES.format("*")}))],
        "learner_wider",
    ),
    "whose name the variable is": (
        [allow(resource="arn:aws:s3:::course/${aws:username}/*")],
        [
            allow(resource="arn:aws:s3:::course/${aws:username}/*"),
            deny(resource="arn:aws:s3:::course/lea/*"),
        ],
        "learner_narrower",
    ),
    "one account of forty": (
        [allow(Principal={"AWS": [f"{number:012d}" for number in range(1, 41)]})],
        [allow(Principal={"AWS": [f"{number:012d}" for number in range(1, 40)]})],
        "learner_narrower",
    ),
    "one bucket of a hundred": (
        [allow(resource=[f"arn:aws:s3:::bucket-{number}/*" for number in range(100)])],
        [allow(resource=[f"arn:aws:s3:::bucket-{number}/*" for number in range(99)])],
        "learner_narrower",
    ),
    "one value of eight": (
        [
            allow("ec2:CreateTags", "*"),
            *(
                deny(
                    "ec2:CreateTags",
                    "*",
                    **when(**{"ForAllValues:StringNotEquals": {"aws:TagKeys": f"a{number}"}}),
                )
                for number in range(7)
            ),
        ],
        [
            allow("ec2:CreateTags", "*"),
            *(
                deny(
                    "ec2:CreateTags",
                    "*",
                    **when(**{"ForAllValues:StringNotEquals": {"aws:TagKeys": f"a{number}"}}),
                )
                for number in range(8)
            ),
        ],
        "learner_narrower",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EQUAL)
def test_policies_that_differ_on_impossible_requests_alone_are_equal(name):
    assert relation(*EQUAL[name]) == "equal"


@pytest.mark.parametrize("name", DIFFERENT)
def test_policies_that_differ_on_a_possible_request_are_told_apart(name):
    expected, learner, answer = DIFFERENT[name]
    assert relation(expected, learner) == answer


def test_a_comparison_may_be_kept_to_some_resources():
    expected, learner = [allow(resource="arn:aws:s3:::a/*")], [allow(resource="arn:aws:s3:::?/*")]
    assert relation(expected, learner) == "learner_wider"
    assert relation(expected, learner, within=["arn:aws:s3:::a", "arn:aws:s3:::a/*"]) == "equal"


def test_a_policy_of_one_account_is_compared_within_it_where_nobody_else_can_let_it_in():
    own, other = "arn:aws:ec2:*:111122223333:*", "arn:aws:ec2:*:444455556666:*"
    pair = [allow("ec2:*", own)], [allow("ec2:*", [own, other])]
    assert relation(*pair) == "learner_wider"
    assert relation(*pair, {"aws:PrincipalAccount": "111122223333"}) == "equal"
