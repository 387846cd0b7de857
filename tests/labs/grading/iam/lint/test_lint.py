from __future__ import annotations

import json

import pytest

from labs.grading.iam.lint.codes import LINT_CODES
from labs.grading.iam.lint.linter import lint_text
from tests.effort import effort
from tests.labs.grading.iam.samples import rows

BUCKET, OBJECTS = "arn:aws:s3:::course", "arn:aws:s3:::course/*"
CODES_OF_ACCESS_ANALYZER = {row["code"] for row in rows("access-analyzer.jsonl") if row["code"]}
TRUST = {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
MFA = "aws:MultiFactorAuthPresent"


def allow(action="s3:GetObject", resource=OBJECTS, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action="s3:GetObject", resource=OBJECTS, **more):
    return {**allow(action, resource, **more), "Effect": "Deny"}


def only(statement, *keys):
    return {key: value for key, value in statement.items() if key not in keys}


def document(*statements, **more):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements), **more})


def when(operator, key, *values):
    return {"Condition": {operator: {key: list(values)}}}


def codes(text, policy_type="identity"):
    return [finding.code for finding in lint_text(text, policy_type)]


CASES = [
    # form
    ("iam.malformed", document(allow(action=[["s3:GetObject"]])), "identity"),
    ("iam.malformed", document(allow(action=[])), "identity"),
    ("iam.malformed", document(allow(NotAction="s3:GetObject")), "identity"),
    ("iam.malformed", "[]", "identity"),
    (
        "iam.unknown-element",
        document({**only(allow(), "Action"), "Actions": "s3:GetObject"}),
        "identity",
    ),
    ("iam.effect", document({**allow(), "Effect": "allow"}), "identity"),
    ("iam.version", document(allow(), Version="2026-11-23"), "identity"),
    ("iam.old-version", json.dumps({"Statement": [allow()]}), "identity"),
    ("iam.old-version", document(allow(), Version="2008-10-17"), "identity"),
    ("iam.principal-form", document(allow(Principal="arn:aws:iam::111122223333:root")), "resource"),
    ("iam.principal-form", document(allow(Principal={"AWS": "lea"})), "resource"),
    (
        "iam.principal-form",
        document(allow(Principal={"AWS": "arn:aws:iam::111122223333:group/g"})),
        "resource",
    ),
    ("iam.principal-in-identity", document(allow(Principal="*")), "identity"),
    ("iam.missing-principal", document(allow()), "resource"),
    ("iam.resource-in-trust", document({"Effect": "Allow", "Resource": "*", **TRUST}), "trust"),
    ("iam.missing-resource", document(only(allow(), "Resource")), "identity"),
    ("iam.missing-action", document(only(allow(), "Action")), "identity"),
    (
        "iam.duplicate-sid",
        document(allow(Sid="Read"), allow("s3:PutObject", Sid="Read")),
        "identity",
    ),
    ("iam.sid-form", document(allow(Sid="Read it")), "identity"),
    ("iam.operator", document(allow(**when("StringEqual", "s3:prefix", "a"))), "identity"),
    ("iam.vendor", document(allow("GetObject")), "identity"),
    ("iam.action-form", document(allow("s3:Get:Object")), "identity"),
    ("iam.wildcard-service", document(allow("s*:Get*")), "identity"),
    ("iam.too-long", document(*[allow(Sid=f"S{index}") for index in range(80)]), "identity"),
    (
        "iam.wildcard-principal",
        document(allow(Principal={"AWS": "arn:aws:iam::111122223333:user/*"})),
        "resource",
    ),
    (
        "iam.service-principal",
        document({"Effect": "Allow", **TRUST, "Principal": {"Service": "lambda"}}),
        "trust",
    ),
    (
        "iam.service-principal",
        document({"Effect": "Allow", **TRUST, "Principal": {"Service": "ecs-task.amazonaws.com"}}),
        "trust",
    ),
    ("iam.trust-action", document({"Effect": "Allow", **TRUST, "Action": "iam:PassRole"}), "trust"),
    ("iam.malformed-arn", document(allow(resource="course-bucket")), "identity"),
    (
        "iam.malformed-arn",
        document(allow(resource="arn:aws:s3:eu-west-1:111122223333:course/*")),
        "identity",
    ),
    ("iam.malformed-arn", document(allow(resource="arn:aws:s3:course/*")), "identity"),
    (
        "iam.malformed-arn",
        document(allow("iam:GetUser", "arn:aws:iam:eu-west-1:111122223333:user/lea")),
        "identity",
    ),
    (
        "iam.malformed-arn",
        document(allow("iam:GetUser", "arn:aws:iam::111122223333:lea")),
        "identity",
    ),
    (
        "iam.malformed-arn",
        document(allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:1234:q")),
        "identity",
    ),
    # actions
    ("iam.not-an-action", document(allow("s3:ListObjectsV2", BUCKET)), "identity"),
    ("iam.unknown-action", document(allow("s3:GetObjects")), "identity"),
    ("iam.unknown-action", document(allow("s3:Fetch*")), "identity"),
    ("iam.unknown-action", document(allow("cloudwatchlogs:PutLogEvents", "*")), "identity"),
    ("iam.object-action-on-bucket", document(allow("s3:GetObject", BUCKET)), "identity"),
    ("iam.bucket-action-on-object", document(allow("s3:ListBucket", OBJECTS)), "identity"),
    ("iam.half-matches", document(allow("s3:*", OBJECTS)), "identity"),
    (
        "iam.arn-never-matches",
        document(allow("sqs:SendMessage", "arn:aws:sns:eu-west-1:111122223333:t")),
        "identity",
    ),
    ("iam.needs-star", document(allow("s3:ListAllMyBuckets", BUCKET)), "identity"),
    (
        "iam.needs-star",
        document(allow("ec2:Describe*", "arn:aws:ec2:eu-west-1:111122223333:instance/*")),
        "identity",
    ),
    # meaning
    ("iam.full-access", document(allow("*", "*")), "identity"),
    ("iam.not-with-allow", document({**only(allow(), "Action"), "NotAction": "iam:*"}), "identity"),
    ("iam.public", document(allow(Principal="*")), "resource"),
    ("iam.pass-role", document(allow("iam:PassRole", "*")), "identity"),
    ("iam.allow-denied", document(deny("s3:*", "*"), allow()), "identity"),
    ("iam.locks-out", document(deny("*", "*")), "identity"),
    # conditions
    (
        "iam.wildcard-in-equals",
        document(allow("s3:ListBucket", BUCKET, **when("StringEquals", "s3:prefix", "a/*"))),
        "identity",
    ),
    ("iam.mfa-bool", document(deny(**when("Bool", MFA, "false"))), "identity"),
    (
        "iam.negated-in-deny",
        document(deny(**when("StringNotEquals", "aws:PrincipalTag/team", "a"))),
        "identity",
    ),
    ("iam.if-exists-in-allow", document(allow(**when("BoolIfExists", MFA, "true"))), "identity"),
    (
        "iam.for-all-values",
        document(allow(**when("ForAllValues:StringEquals", "aws:TagKeys", "a"))),
        "identity",
    ),
    (
        "iam.set-operator",
        document(allow(**when("ForAnyValue:StringEquals", "aws:PrincipalTag/team", "a"))),
        "identity",
    ),
    ("iam.set-operator", document(allow(**when("StringEquals", "aws:TagKeys", "a"))), "identity"),
    (
        "iam.private-ip",
        document(allow(**when("IpAddress", "aws:SourceIp", "10.0.0.0/16"))),
        "identity",
    ),
    ("iam.key-never-sent", document(allow(**when("StringLike", "s3:prefix", "a/*"))), "identity"),
    ("iam.unknown-key", document(allow(**when("StringEquals", "aws:SourceIP4", "a"))), "identity"),
    ("iam.unknown-key", document(allow(**when("StringEquals", "s3:prefixes", "a"))), "identity"),
    (
        "iam.variable-version",
        document(allow(resource=BUCKET + "/${aws:username}/*"), Version="2008-10-17"),
        "identity",
    ),
    (
        "iam.variable-place",
        document(
            allow(resource="arn:aws:s3:::${aws:username}"), allow(resource="arn:${x}:s3:::b/*")
        ),
        "identity",
    ),
    (
        "iam.operator-type",
        document(allow(**when("StringEquals", "aws:SourceIp", "203.0.113.7"))),
        "identity",
    ),
    (
        "iam.value-form",
        document(allow(**when("DateLessThan", "aws:CurrentTime", "31.12.2026"))),
        "identity",
    ),
    (
        "iam.never-true",
        document(
            allow(
                Condition={
                    "StringEquals": {"aws:SourceVpce": "vpce-1"},
                    "IpAddress": {"aws:SourceIp": "203.0.113.7"},
                }
            )
        ),
        "identity",
    ),
    (
        "iam.never-true",
        document(
            allow(
                Condition={
                    "StringEquals": {"aws:PrincipalTag/t": "a"},
                    "StringLike": {"aws:PrincipalTag/t": "b*"},
                }
            )
        ),
        "identity",
    ),
    ("iam.any-resource", document(allow("s3:GetObject", "*")), "identity"),
    (
        "iam.not-looked-at",
        document(allow([f"ec2:*{index}x*" for index in range(900)], "*")),
        "identity",
    ),
    (
        "iam.service-principal",
        document({"Effect": "Allow", **TRUST, "Principal": {"Service": "no.amazonaws.com"}}),
        "trust",
    ),
    (
        "iam.mfa-bool",
        document(
            deny(**when("Bool", MFA, "false")),
            deny("s3:PutObject", **when("Null", MFA, "true")),
        ),
        "identity",
    ),
    (
        "iam.key-never-sent",
        document(
            allow("kms:ListKeys", "*", **when("StringEquals", "kms:EncryptionContext:a", "b"))
        ),
        "identity",
    ),
    (
        "iam.provider-subject",
        document(
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks/id/A"},
                **when("StringLike", "oidc.eks/id/A:sub", "system:serviceaccount:*:app"),
            }
        ),
        "trust",
    ),
    # text
    ("json.trailing-comma", '{"Statement": [],}', "identity"),
    ("json.duplicate-key", '{"Statement": [], "Statement": []}', "identity"),
]


@pytest.mark.parametrize(("code", "text", "policy_type"), CASES)
def test_a_mistake_is_found(code, text, policy_type):
    assert code in codes(text, policy_type)


@pytest.mark.parametrize(
    ("text", "policy_type"),
    [
        (document(allow(["s3:GetObject", "s3:PutObject"])), "identity"),
        (document(allow("s3:*", [BUCKET, OBJECTS])), "identity"),
        (document(allow(["s3:ListAllMyBuckets", "ec2:Describe*"], "*")), "identity"),
        (document(allow(resource=BUCKET + "/home/${aws:username}/*")), "identity"),
        (
            document(
                allow("s3:ListBucket", BUCKET, **when("StringLike", "s3:prefix", "", "home/*"))
            ),
            "identity",
        ),
        (document(deny("ec2:*", "*", **when("BoolIfExists", MFA, "false"))), "identity"),
        (
            document(deny("*", "*", **when("StringNotEquals", "aws:RequestedRegion", "eu-west-1"))),
            "scp",
        ),
        (document(allow("iam:PassRole", "arn:aws:iam::111122223333:role/app")), "identity"),
        (document(allow("dynamodb:*", "arn:aws:dynamodb:*:*:table/T")), "identity"),
        (document({"Effect": "Allow", **TRUST}), "trust"),
        (document(allow(Principal={"AWS": "111122223333"})), "resource"),
        (document(allow("*", "*")), "scp"),
        (document(allow("sts:AssumeRole", "arn:aws:iam::111122223333:role/deploy")), "identity"),
        (
            document(
                allow(
                    "logs:PutLogEvents",
                    "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/f:*",
                )
            ),
            "identity",
        ),
    ],
)
def test_a_sound_policy_has_no_findings(text, policy_type):
    assert codes(text, policy_type) == []


def test_every_code_that_lint_can_raise_has_a_case():
    raised = {code for code, _, _ in CASES} | CODES_OF_ACCESS_ANALYZER
    of_policies = {code for code in LINT_CODES if not code.startswith("json.")}
    assert of_policies - raised == set()
    assert raised <= set(LINT_CODES)


@pytest.mark.parametrize(
    ("action", "meant"),
    [
        ("s3:GetObjects", "s3:GetObject"),
        ("s3:PutObejct", "s3:PutObject"),
        ("ec2:StartInstance", "ec2:StartInstances"),
        ("cloudwatchlogs:PutLogEvents", "logs:PutLogEvents"),
        ("elb:DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers"),
        ("dynamdb:GetItem", "dynamodb:GetItem"),
        ("GetObject", "s3:GetObject"),
    ],
)
def test_a_misspelt_action_is_told_what_was_meant(action, meant):
    assert f"Did you mean {meant}?" in lint_text(document(allow(action, "*")))[0].message


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("aws:ExternalId", "sts:ExternalId"),
        ("s3:sourceip", "aws:SourceIp"),
        ("iam:PassedToServices", "iam:PassedToService"),
        ("aws:SourceIP4", "aws:SourceIp"),
    ],
)
def test_a_misspelt_key_is_told_what_was_meant_the_same_name_of_another_service_first(key, meant):
    found = lint_text(document(allow(**when("StringEquals", key, "a"))), "identity")
    assert any(row.message.endswith(f"Did you mean {meant}?") for row in found)


@pytest.mark.parametrize("name", ["lambda.amazonaws.com", "logs.eu-west-1.amazonaws.com"])
def test_a_service_among_the_accounts_is_told_where_it_belongs(name):
    (found,) = lint_text(document(allow(Principal={"AWS": name})), "resource")
    assert found.message.startswith(f'Write {{"Service": "{name}"}}')


def test_an_effect_in_small_letters_hides_nothing_else_of_its_statement():
    text = document({**allow("ec2:DescribeInstances", "arn:aws:ec2:::i"), "Effect": "allow"})
    assert set(codes(text)) >= {"iam.effect", "iam.needs-star"}


def test_a_finding_points_at_its_line():
    text = (
        '{"Version": "2012-10-17", "Statement": [\n  {"Effect": "Allow",\n   "Action": '
        '["s3:GetObject",\n              "s3:GetObjets"],\n   "Resource": "*"}]}'
    )
    finding = lint_text(text)[0]
    assert (finding.code, finding.line, finding.column) == ("iam.unknown-action", 4, 15)


def test_findings_come_in_the_order_of_the_text():
    found = lint_text(document(allow("s3:GetObjects"), allow("s3:ListBucket", OBJECTS)))
    assert [(finding.line, finding.column) for finding in found] == sorted(
        (row.line, row.column) for row in found
    )


def many(count, template):
    return [template.format(index) for index in range(count)]


@pytest.mark.parametrize(
    ("name", "text", "policy_type"),
    [
        (
            "pairs",
            document(
                *[
                    allow(
                        many(60, "ec2:*{}" + f"{row}*"),
                        many(60, "arn:aws:ec2:*:111122223333:instance/*{}" + f"x{row}*"),
                    )
                    for row in range(7)
                ]
            ),
            "identity",
        ),
        (
            "exclusions",
            document(
                *[
                    allow(
                        Condition={
                            "StringLike": {"aws:PrincipalTag/t": many(30, "*{}*")},
                            "StringNotLike": {"aws:PrincipalTag/t": many(30, "*{0}*{0}*")},
                        }
                    )
                    for _ in range(50)
                ]
            ),
            "identity",
        ),
        (
            "outsiders",
            document(
                *[
                    allow(
                        "s3:*",
                        f"arn:aws:s3:::b{row}*x*/*",
                        Principal="*",
                        **when("StringLike", "aws:Referer", *many(12, "*{}*")),
                    )
                    for row in range(40)
                ]
            ),
            "resource",
        ),
    ],
)
def test_a_poisonous_document_costs_no_more_than_its_steps(name, text, policy_type):
    """A generous guard: what ends the work are steps."""
    assert lint_text(text, policy_type)
    assert effort(lambda: lint_text(text, policy_type), enough=60) <= 60


def test_errors_stay_where_there_is_too_much_to_say():
    text = document(allow([*many(200, "s3:Fetch{}"), "s3:Get:Object"]), allow(Sid="a b"))
    assert {"iam.action-form", "iam.sid-form"} <= set(codes(text))


@pytest.mark.parametrize(
    ("action", "arn"),
    [
        ("s3:ListBucket", "arn:aws:s3:::<BucketName>"),
        ("s3:GetObject", "arn:aws:s3:::<BucketName>/<ObjectName>"),
        ("ec2:StartInstances", "arn:aws:ec2:<Region>:<Account>:instance/<InstanceId>"),
    ],
)
def test_of_the_arns_that_an_action_accepts_the_plainest_is_shown(action, arn):
    said = [str(one.message) for one in lint_text(document(allow(action, "*")), "identity")]
    assert said == [
        f"Name the resources: {action} accepts ARNs such as {arn}; "
        "with * it reaches every one of them."
    ]
