from __future__ import annotations

import json

from labs.grading.grade import grade
from labs.grading.kinds import KINDS

KIND = KINDS["resource-policy"]
BUCKET, OBJECTS = "arn:aws:s3:::course", "arn:aws:s3:::course/*"
LEA = "arn:aws:iam::111122223333:user/lea"
EVE = "arn:aws:iam::999999999999:user/eve"


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=2)


def allow(principal, action="s3:GetObject", resource=OBJECTS, **more):
    return {
        "Effect": "Allow",
        "Principal": principal,
        "Action": action,
        "Resource": resource,
        **more,
    }


SOLUTION = policy(allow({"AWS": "999999999999"}))
TABLE = {
    "account": "111122223333",
    "comparison": {"points": 40, "within": [BUCKET, OBJECTS]},
    "scenarios": [
        {
            "name": "The partner reads",
            "principal": EVE,
            "action": "s3:GetObject",
            "resource": f"{BUCKET}/a",
            "expect": "allow",
            "points": 30,
        },
        {
            "name": "The public does not",
            "principal": "*",
            "action": "s3:GetObject",
            "resource": f"{BUCKET}/a",
            "expect": "deny",
            "points": 30,
        },
    ],
}


def report(text, table=TABLE):
    return grade(KIND, table=table, files={"solution.json": SOLUTION}, text=text)


def test_the_solution_has_full_marks():
    assert report(SOLUTION).percent == 100


def test_the_account_may_be_named_in_either_way():
    assert report(policy(allow({"AWS": "arn:aws:iam::999999999999:root"}))).percent == 100


def test_a_bucket_policy_says_nothing_about_other_buckets():
    statements = [
        allow({"AWS": "999999999999"}),
        allow({"AWS": EVE}, resource="arn:aws:s3:::other/*"),
    ]
    assert report(policy(*statements)).percent == 100


def test_a_public_bucket_is_shown_to_be_open():
    found = report(policy(allow("*")))
    assert (found.passed, found.relation.name) == (False, "wider")
    assert "iam.public" in [finding.code for finding in found.findings]


def test_a_principal_is_needed():
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": OBJECTS}
    found = report(policy(statement))
    assert (found.percent, found.findings[0].code) == (0, "iam.missing-principal")


def test_naming_one_user_is_narrower_than_naming_the_account():
    found = report(policy(allow({"AWS": EVE})))
    assert (found.points, found.relation.name) == (60, "narrower")


def test_the_case_can_be_replayed():
    case = report(policy(allow("*"))).headline.counterexample
    scenario = {**TABLE["scenarios"][1], **case["request"], "name": "Replay", "expect": "deny"}
    replayed = report(policy(allow("*")), {**TABLE, "scenarios": [scenario]})
    assert (replayed.outcomes[0].yours, case["yours"]) == ("allowed", "Allowed")
