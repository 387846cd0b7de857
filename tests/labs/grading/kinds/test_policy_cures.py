"""What a verdict on a policy says to do: the smallest change of each statement that is wrong."""

from __future__ import annotations

import json

import pytest

from labs.grading.grade import grade
from labs.grading.kinds import KINDS

BUCKET, OBJECTS = "arn:aws:s3:::course", "arn:aws:s3:::course/*"
VENDOR, OWN = "222233334444", "arn:aws:iam::111122223333:root"


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=2)


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(**principal):
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


LIST, READ = allow("s3:ListBucket", BUCKET), allow("s3:GetObject", OBJECTS)
TABLE = {"principal": "arn:aws:iam::111122223333:user/lea", "comparison": {"points": 1}}
TLS = {"Bool": {"aws:SecureTransport": "true"}}


SOLUTION = document(LIST, READ)


def told(*statements, solution=SOLUTION):
    return told_of("iam-policy", document(*statements), solution)


def told_of(kind, text, solution):
    files = {"solution.json": solution}
    found = grade(KINDS[kind], table=TABLE, files=files, text=text, with_cure=True).cure
    assert found is not None
    assert found.complete
    return [step.sentence for step in found.steps]


def test_slips_in_two_statements_are_two_changes_and_no_rewriting():
    assert told(allow("s3:ListBucket", BUCKET, Condition=TLS), allow("s3:GetObjects", OBJECTS)) == [
        "Replace s3:GetObjects: it is not what is needed.",
        "Remove the condition Bool on aws:SecureTransport.",
    ]


def test_a_statement_that_holds_two_of_the_expected_is_told_to_become_two():
    both = allow(["s3:GetObject", "s3:PutObject"], [BUCKET, OBJECTS])
    narrow = document(allow("s3:PutObject", f"{BUCKET}/in/*"), READ)
    assert told(both, solution=narrow) == [
        "Write 2 statements in place of this one: not every action belongs to every resource."
    ]


def test_patterns_that_cover_what_is_needed_are_told_to_be_narrower():
    assert told(allow(["s3:List*", "s3:Get*"], [BUCKET, OBJECTS])) == [
        "Narrow Action: it names more than what is needed."
    ]


def test_actions_that_do_not_cover_what_is_needed_are_told_to_change():
    assert told(allow(["s3:PutBucketAcl", "s3:PutObject"], [BUCKET, OBJECTS])) == [
        "Change Action: it does not name what is needed."
    ]


@pytest.mark.parametrize("vendor", [VENDOR, f"arn:aws:iam::{VENDOR}:root"])
def test_one_principal_too_many_is_told_to_go_however_the_account_is_written(vendor):
    assert told_of("trust-policy", trust(AWS=[vendor, OWN]), trust(AWS=VENDOR)) == [
        "Remove from Principal whoever does not need this."
    ]


def test_a_pattern_of_resources_in_the_wrong_place_is_replaced_and_does_not_stay():
    role = "arn:aws:iam::111122223333:role/web"
    function = "arn:aws:lambda:eu-west-2:111122223333:function:web-*"
    solution = document(allow("iam:PassRole", role))
    assert told(allow("iam:PassRole", function), solution=solution) == [
        f"Replace {function}: it is not what is needed."
    ]
