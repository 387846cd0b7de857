from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import grade
from labs.grading.kinds import KINDS

KIND = KINDS["iam-policy"]
BUCKET, OBJECTS = "arn:aws:s3:::course", "arn:aws:s3:::course/*"


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=2)


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


SOLUTION = document(allow("s3:ListBucket", BUCKET), allow("s3:GetObject", OBJECTS))
TABLE = {
    "principal": "arn:aws:iam::111122223333:user/lea",
    "comparison": {"points": 40},
    "scenarios": [
        {
            "name": "Read",
            "action": "s3:GetObject",
            "resource": f"{BUCKET}/a",
            "expect": "allow",
            "points": 30,
        },
        {
            "name": "List",
            "action": "s3:ListBucket",
            "resource": BUCKET,
            "expect": "allow",
            "points": 20,
        },
        {
            "name": "Delete",
            "action": "s3:DeleteObject",
            "resource": f"{BUCKET}/a",
            "expect": "deny",
            "points": 10,
            "hidden": True,
        },
    ],
}


def report(text, table=TABLE, **files):
    return grade(KIND, table=table, files={"solution.json": SOLUTION, **files}, text=text)


def codes(found):
    return [(finding.code, finding.passed) for finding in found.findings]


def test_the_solution_has_full_marks():
    assert report(SOLUTION).percent == 100


def test_another_way_to_write_the_same_policy_has_full_marks():
    found = report(document(allow(["s3:ListBucket", "s3:GetObject"], [BUCKET, OBJECTS])))
    assert (found.percent, found.relation.name) == (100, "equal")


def test_a_policy_that_allows_more_loses_the_comparison_and_sees_a_request_that_proves_it():
    found = report(document(allow("s3:*", [BUCKET, OBJECTS])))
    assert (found.passed, found.relation.name) == (False, "wider")
    case = found.headline.counterexample
    assert (case["yours"], case["expected"]) == ("Allowed", "ImplicitlyDenied")
    assert found.extra["comparison"]["extra_actions"] > 50


def test_a_counterexample_points_at_the_statement_that_decided_it():
    found = report(document(allow("s3:ListBucket", BUCKET), allow("s3:Get*", OBJECTS)))
    comparison = found.findings[3]
    assert (comparison.code, comparison.passed, comparison.line) == ("iam.too-wide", False, 9)


def test_partial_credit_goes_by_scenario():
    found = report(document(allow("s3:GetObject", OBJECTS)))
    assert found.points == 40
    assert codes(found)[:4] == [
        ("iam.too-narrow", True),
        ("iam.too-narrow", False),
        ("iam.too-wide", True),
        ("iam.too-narrow", False),
    ]


def test_a_hidden_scenario_shows_nothing_but_how_it_went():
    found = report(SOLUTION)
    assert found.findings[2].hidden
    assert found.findings[2].message not in [row.name for row in found.outcomes]


def test_a_scenario_carries_the_trace_of_every_statement():
    trace = report(SOLUTION).outcomes[0].replay.data["trace"]
    assert trace["decided_by"] == "your policy, statement 2"
    assert [row["applies"] for row in trace["statements"]] == [False, True]


def test_a_policy_that_aws_refuses_scores_nothing_and_says_why():
    found = report(document({**allow("s3:GetObject", OBJECTS), "Effect": "allow"}))
    assert (found.percent, found.findings[0].code, found.findings[0].line) == (0, "iam.effect", 5)
    assert (codes(found), found.max_points) == (
        [("iam.effect", False), ("iam.not-decided", False)],
        100,
    )


def test_a_difference_that_hangs_on_an_absent_key_says_so():
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    careful = {**deny, "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
    careless = {**deny, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}
    everything = json.loads(SOLUTION)["Statement"]
    files = {"solution.json": document(*everything, careful)}
    table = {"comparison": {"points": 1}}
    found = grade(KIND, table=table, files=files, text=document(*everything, careless))
    assert found.headline.cases[0].sentence == (
        "s3:GetObject on arn:aws:s3:::course/report.csv is allowed by your policy when the "
        "request carries no aws:MultiFactorAuthPresent; it should be denied."
    )


def test_extra_access_that_the_lab_tolerates_costs_nothing():
    table = {
        **TABLE,
        "comparison": {
            "points": 40,
            "tolerate": [{"action": "s3:ListAllMyBuckets", "resource": "*"}],
        },
    }
    text = document(*json.loads(SOLUTION)["Statement"], allow("s3:ListAllMyBuckets", "*"))
    assert (report(text).percent, report(text, table).percent) == (60, 100)


def test_a_boundary_of_the_lab_limits_the_answer_and_the_expected_policy_alike():
    table = {**TABLE, "given": {"boundary": ["boundary.json"]}}
    boundary = document(allow(["s3:GetObject", "s3:ListBucket"], "*"))
    text = document(allow("s3:*", [BUCKET, OBJECTS]))
    assert report(text, table, **{"boundary.json": boundary}).percent == 100


@pytest.mark.parametrize("text", ["[]", "{}", '{"Statement": 3}', '"x"', '{"Statement": [],}'])
def test_a_text_without_statements_is_unreadable_and_not_wrong(text):
    with pytest.raises(AnswerError):
        report(text)


def test_an_empty_policy_is_readable_and_not_enough():
    assert report(document()).percent == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scenario": []}, "spec.scenario: unknown key"),
        ({"expected": "other.json"}, "other.json is missing in the lab's folder"),
        ({"scenarios": [{"name": "x"}]}, "spec.scenarios[1].action: is missing"),
        ({"scenarios": [{**TABLE["scenarios"][0], "expect": "maybe"}]}, "is “maybe”, not one of"),
        ({"scenarios": [], "comparison": {"points": 0}}, "nothing is checked"),
    ],
)
def test_a_mistake_in_the_spec_is_named(change, words):
    with pytest.raises(SpecError, match=words.replace("[", r"\[")):
        report(SOLUTION, {**TABLE, **change})


def test_the_report_survives_json():
    found = report(document(allow("s3:*", "*")))
    assert type(found).from_json(json.loads(json.dumps(found.as_json()))) == found


def test_a_lab_may_ask_for_a_boundary_that_grants_nothing_by_itself():
    identity = document(allow("s3:*", "*"))
    table = {**TABLE, "type": "boundary", "given": {"identity": ["attached.json"]}}
    assert report(SOLUTION, table, **{"attached.json": identity}).percent == 100
    alone = report(SOLUTION, {**TABLE, "type": "boundary"})
    assert [finding.passed for finding in alone.findings[:3]] == [False, False, True]


def test_advice_that_the_solution_deserves_as_well_is_not_given():
    table = {**TABLE, "scenarios": TABLE["scenarios"][:1]}
    wide = document(allow("s3:GetObject", "*"))
    found = grade(KIND, table=table, files={"solution.json": wide}, text=wide)
    assert (found.percent, [finding.code for finding in found.findings]) == (
        100,
        ["iam.too-narrow", "iam.equivalent"],
    )


def test_a_difference_outside_the_world_of_the_lab_does_not_count():
    world = document(allow("*", "*", Condition={"StringLike": {"s3:prefix": "reports/*"}}))
    learner = document(
        allow("s3:ListBucket", BUCKET, Condition={"StringLike": {"s3:prefix": "reports/*"}})
    )
    files = {"solution.json": document(allow("s3:ListBucket", BUCKET)), "world.json": world}
    table = {"comparison": {"points": 10, "world": "world.json"}}
    assert grade(KIND, table=table, files=files, text=learner).passed
    assert not grade(KIND, table={"comparison": {"points": 10}}, files=files, text=learner).passed


DENIALS = {"comparison": {"points": 10, "denials": 10}, "given": {"identity": ["given.json"]}}
DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}


@pytest.mark.parametrize(
    ("statement", "passed"),
    [(DENY, True), (DENY | {"Action": "*"}, True), (DENY | {"Action": "s3:Get*"}, False)],
)
def test_what_nothing_allows_is_not_denied_explicitly(statement, passed):
    files = {"solution.json": document(DENY), "given.json": document(allow("s3:Get*", "*"))}
    found = grade(KIND, table=DENIALS, files=files, text=document(statement))
    assert found.passed is passed
    assert found.findings[0].passed
    assert found.findings[1].passed is passed


def test_the_buckets_of_the_labs_account_belong_to_it():
    own = {"StringEquals": {"aws:ResourceAccount": "111122223333"}}
    text = document(
        allow("s3:ListBucket", BUCKET, Condition=own),
        allow(
            "s3:GetObject",
            OBJECTS,
            Condition={"StringEquals": {"s3:ResourceAccount": "111122223333"}},
        ),
    )
    assert report(text, TABLE | {"account": "111122223333"}).passed
    assert not report(text, TABLE | {"account": "999988887777"}).passed


# --- A policy for several users -------------------------------------------------------------------

USERS = "arn:aws:iam::111122223333:user/"
OWN = allow("iam:ChangePassword", USERS + "${aws:username}")
OF_A_GROUP = TABLE | {
    "comparison": {"points": 40},
    "scenarios": [
        {
            "name": name,
            "principal": USERS + name,
            "action": "iam:ChangePassword",
            "resource": USERS + name,
            "expect": "allow",
            "points": 30,
        }
        for name in ("lea", "tom")
    ],
}


def only(*names, operator="StringEquals"):
    return {"Condition": {operator: {"aws:username": list(names)}}}


def for_a_group(*statements, table=OF_A_GROUP):
    files = {"solution.json": document(OWN)}
    return grade(KIND, table=table, files=files, text=document(*statements), with_cure=True)


@pytest.mark.parametrize(
    ("more", "who"),
    [
        (allow("iam:ChangePassword", USERS + "lea"), "tom"),
        (allow("iam:UpdateUser", "*", **only("tom")), "tom"),
        (allow("iam:UpdateUser", "*", **only("eve")), "eve"),
        (allow("iam:UpdateUser", "*", **only("e*", operator="StringLike")), "ex"),
        (allow("iam:UpdateUser", "*", **only("lea", "tom", operator="StringNotEquals")), "a-new-"),
    ],
)
def test_what_one_user_of_a_group_gets_beside_counts_whoever_it_is(more, who):
    found = for_a_group(OWN, more)
    wider = next(row for row in found.findings if row.code == "iam.too-wide" and not row.passed)
    assert f"by {USERS}{who}" in wider.message
    assert found.cure is not None
    assert found.cure.complete


def test_what_one_user_of_a_group_is_denied_counts():
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"} | only("eve")
    found = for_a_group(OWN, deny)
    narrower = [row.message for row in found.findings if row.code == "iam.too-narrow"]
    assert f"by {USERS}eve" in narrower[-1]
    assert not found.passed


def test_a_denial_that_misses_one_user_of_a_group_says_whom():
    deny = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
    files = {"solution.json": document(OWN, deny)}
    table = OF_A_GROUP | {"comparison": {"points": 1, "denials": 1}}
    text = document(OWN, deny | only("eve", operator="StringNotEquals"))
    found = grade(KIND, table=table, files=files, text=text)
    assert any(
        f"by {USERS}eve is denied by no statement of yours" in row.message for row in found.findings
    )


def test_the_policy_of_one_user_may_name_others_who_never_carry_it():
    table = OF_A_GROUP | {"scenarios": OF_A_GROUP["scenarios"][:1]}
    assert for_a_group(OWN, allow("iam:UpdateUser", "*", **only("eve")), table=table).passed


def test_a_policy_for_a_group_may_be_written_in_another_way():
    wide = allow("iam:ChangePassword", USERS + "*")
    deny = {"Effect": "Deny", "Action": "iam:ChangePassword", "NotResource": OWN["Resource"]}
    assert for_a_group(wide, deny).passed
