from __future__ import annotations

import json

from labs.grading.grade import grade
from labs.grading.kinds import KINDS

KIND = KINDS["trust-policy"]
ROLE = "arn:aws:iam::111122223333:role/deploy"
LEA = "arn:aws:iam::111122223333:user/lea"
EVE = "arn:aws:iam::999999999999:user/eve"


def trust(principal, **more):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)


SOLUTION = trust({"Service": "ec2.amazonaws.com"})
TABLE = {
    "role": ROLE,
    "scenarios": [
        {
            "name": "EC2 becomes the role",
            "principal": "ec2.amazonaws.com",
            "expect": "allow",
            "points": 30,
        },
        {
            "name": "Lambda does not",
            "principal": "lambda.amazonaws.com",
            "expect": "deny",
            "points": 10,
        },
        {"name": "Eve does not", "principal": EVE, "expect": "deny", "points": 10},
    ],
}


def report(text, table=TABLE, solution=SOLUTION):
    return grade(KIND, table=table, files={"solution.json": solution}, text=text)


def test_the_solution_has_full_marks():
    assert report(SOLUTION).percent == 100


def test_a_trust_policy_for_everybody_is_shown_who_else_gets_in():
    found = report(trust("*"))
    case = found.headline.counterexample
    assert (found.passed, found.relation.name) == (False, "wider")
    assert case["request"]["resource"] == ROLE
    assert case["yours"] == "Allowed"


def test_a_service_that_is_not_in_the_list_is_named_and_too_narrow():
    found = report(trust({"Service": "ec3.amazonaws.com"}))
    codes = [finding.code for finding in found.findings if not finding.passed]
    assert codes == ["iam.too-narrow", "iam.too-narrow", "iam.service-principal"]


def test_a_service_outside_aws_s_domain_is_refused():
    found = report(trust({"Service": "ec2.amazon.com"}))
    assert (found.percent, found.findings[0].code) == (0, "iam.service-principal")
    assert found.refused


def test_a_resource_in_a_trust_policy_is_refused():
    found = report(trust({"Service": "ec2.amazonaws.com"}, Resource="*"))
    assert (found.percent, found.findings[0].code) == (0, "iam.resource-in-trust")


def test_naming_the_account_asks_for_a_permission_of_the_caller():
    scenario = {"name": "Lea", "principal": LEA, "expect": "allow", "points": 10}
    table = {
        "role": ROLE,
        "scenarios": [
            scenario,
            {**scenario, "name": "Lea alone", "expect": "deny", "own_permission": False},
        ],
    }
    account = trust({"AWS": "arn:aws:iam::111122223333:root"})
    assert report(account, table, account).percent == 100
    named = report(trust({"AWS": LEA}), table, account)
    assert [finding.passed for finding in named.findings[:3]] == [True, False, False]


def test_an_external_id_is_compared():
    partner = {"AWS": "arn:aws:iam::999999999999:root"}
    solution = trust(partner, Condition={"StringEquals": {"sts:ExternalId": "course-42"}})
    table = {"role": ROLE, "scenarios": [], "comparison": {"points": 10}}
    found = report(trust(partner), table, solution)
    assert found.relation.name == "wider"
    assert report(solution, table, solution).percent == 100


def test_a_role_that_trusts_everybody_leads_to_trust_policies_and_not_to_buckets():
    text = trust({"AWS": "*"}, Condition={"StringEquals": {"sts:ExternalId": "lea-1"}})
    (found,) = [row for row in report(text).findings if row.code == "iam.public"]
    assert found.section == "trust-policies"
