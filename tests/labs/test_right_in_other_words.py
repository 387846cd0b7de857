"""Labs ask for what a policy allows, not for its wording: other right answers get full marks,
too."""

from __future__ import annotations

import json
from typing import Any

import pytest

from labs.proof import Trial
from labs.source import LabSource
from tests.labs.shipped import shipped_lab

Json = dict[str, Any]


def lab_called(slug: str) -> LabSource:
    return shipped_lab(slug)


def solution_of(slug: str) -> Json:
    document: Json = json.loads(lab_called(slug).variants[0].solution)
    return document


def assert_full_marks(slug: str, document: Json) -> None:
    lab = lab_called(slug)
    report = Trial(lab, lab.variants[0]).run(json.dumps(document, indent=2))
    assert [
        finding.message for finding in report.findings if finding.points and not finding.passed
    ] == []
    assert report.passed


def test_one_statement_with_both_arns_reads_one_bucket() -> None:
    statement = {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:ListBucket"],
        "Resource": ["arn:aws:s3:::course-reports", "arn:aws:s3:::course-reports/*"],
    }
    assert_full_marks("read-one-bucket", {"Version": "2012-10-17", "Statement": statement})


def test_action_names_may_be_written_in_small_letters() -> None:
    document = solution_of("read-one-bucket")
    document["Statement"][0]["Action"] = ["S3:listbucket"]
    assert_full_marks("read-one-bucket", document)


def test_the_folder_itself_may_be_listed_by_a_value_of_its_own() -> None:
    document = solution_of("one-folder-in-a-bucket")
    document["Statement"][0]["Condition"] = {
        "StringLike": {"s3:prefix": ["lighting/", "lighting/*"]}
    }
    assert_full_marks("one-folder-in-a-bucket", document)


def test_a_denial_may_cover_more_than_is_allowed_anyway() -> None:
    document = solution_of("deny-wins")
    originals, tls = document["Statement"]
    tls["Resource"] = "*"
    document["Statement"] = [tls, originals]
    assert_full_marks("deny-wins", document)


@pytest.mark.parametrize("slug", ["deny-wins", "share-one-folder"])
def test_a_denial_may_be_split_by_its_resources(slug: str) -> None:
    document = solution_of(slug)
    tls = document["Statement"].pop()
    for number, resource in enumerate(tls["Resource"]):
        document["Statement"].append(tls | {"Sid": f"OnlyOverTls{number}", "Resource": resource})
    assert_full_marks(slug, document)


def test_no_mfa_may_be_said_as_false_or_as_absent() -> None:
    document = solution_of("mfa-or-nothing")
    denial = document["Statement"].pop()
    key = "aws:MultiFactorAuthPresent"
    for sid, condition in {
        "SaysNo": {"Bool": {key: "false"}},
        "SaysNothing": {"Null": {key: "true"}},
    }.items():
        document["Statement"].append(denial | {"Sid": sid, "Condition": condition})
    assert_full_marks("mfa-or-nothing", document)


def test_what_goes_may_also_be_denied() -> None:
    document: Json = json.loads(lab_called("trim-with-access-advisor").variants[0].starter)
    unused = ["sqs:*", "dynamodb:*", "ec2:*"]
    document["Statement"].append(
        {"Sid": "Unused", "Effect": "Deny", "Action": unused, "Resource": "*"}
    )
    assert_full_marks("trim-with-access-advisor", document)


def test_the_service_that_gets_the_role_may_be_matched_with_string_like() -> None:
    document = solution_of("pass-this-role-only")
    condition = document["Statement"][1]["Condition"]
    document["Statement"][1]["Condition"] = {"StringLike": condition["StringEquals"]}
    assert_full_marks("pass-this-role-only", document)


@pytest.mark.parametrize("operator", ["ArnLike", "StringEquals"])
def test_the_topic_may_be_compared_in_other_ways(operator: str) -> None:
    document = solution_of("let-the-topic-in")
    [statement] = document["Statement"]
    statement["Condition"] = {operator: statement["Condition"]["ArnEquals"]}
    assert_full_marks("let-the-topic-in", document)


def test_an_account_may_be_named_by_its_number() -> None:
    document = solution_of("vendor-with-external-id")
    document["Statement"][0]["Principal"] = {"AWS": "444455556666"}
    assert_full_marks("vendor-with-external-id", document)


def test_everybody_has_two_spellings() -> None:
    document = solution_of("share-one-folder")
    document["Statement"][1]["Principal"] = {"AWS": "*"}
    assert_full_marks("share-one-folder", document)
