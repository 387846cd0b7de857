from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import grade
from labs.grading.kinds import KINDS

KIND = KINDS["iam-account"]
READ = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::c/*"},
}
WRITE = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::c/*"},
}
SOLUTION = {
    "policies": {"Read": READ, "Write": WRITE},
    "groups": {"learners": {"policies": ["Read"]}, "teachers": {"policies": ["Read", "Write"]}},
    "users": {"lea": {"groups": ["learners"]}, "tom": {"groups": ["teachers"]}},
    "password_policy": {"MinimumPasswordLength": 14, "RequireSymbols": True},
}
OBJECT = {"action": "s3:PutObject", "resource": "arn:aws:s3:::c/a"}
TABLE = {
    "comparison": {"points": 10},
    "scenarios": [
        {"name": "Tom writes", "user": "tom", **OBJECT, "expect": "allow", "points": 10},
        {"name": "Lea does not", "user": "lea", **OBJECT, "expect": "deny", "points": 10},
    ],
    "members": [{"user": "lea", "group": "learners", "points": 5}],
    "direct": {"points": 5},
    "password": [
        {"setting": "MinimumPasswordLength", "least": 14, "points": 5},
        {"setting": "RequireSymbols", "value": True, "points": 5},
    ],
}


def report(changes=None, table=TABLE):
    text = json.dumps({**SOLUTION, **(changes or {})}, indent=2)
    return grade(KIND, table=table, files={"solution.json": json.dumps(SOLUTION)}, text=text)


def failed(found):
    return [(finding.code, finding.line) for finding in found.findings if not finding.passed]


def test_the_solution_has_full_marks():
    assert (report().percent, report().max_points) == (100, 70)


def test_a_user_whom_nobody_asked_for_and_who_may_do_something_is_noticed():
    found = report({"users": {**SOLUTION["users"], "eve": {"groups": ["teachers"]}}})
    assert [code for code, _ in failed(found)] == ["iam.extra-user"]
    assert found.percent < 100


def test_a_user_whom_nobody_asked_for_and_who_may_do_nothing_costs_nothing():
    assert report({"users": {**SOLUTION["users"], "eve": {}}}).percent == 100


def asked(changes: dict, **more: object) -> dict[str, str]:
    """What fails, with its cure, where more is asked of the account."""
    found = report(changes, TABLE | more)
    return {one.code: one.cure for one in found.checks if not one.passed}


def test_who_should_be_gone_is_not_there_any_more_whatever_they_may_do():
    gone = {"users": ["eve"], "points": 5}
    assert asked({}, gone=gone) == {}
    users = {**SOLUTION["users"], "eve": {"groups": []}}
    assert asked({"users": users}, gone=gone) == {"iam.extra-user": "Take the user eve out."}


@pytest.mark.parametrize(
    ("changes", "code", "cure"),
    [
        ({"groups": {**SOLUTION["groups"], "spare": {"polices": []}}}, "iam.account-form",
         '"spare" has no "polices"'),
        ({"users": {**SOLUTION["users"], "eve": {"groups": ["nobody"]}}}, "iam.unknown-group",
         'There is no group "nobody"'),
        ({"groups": {**SOLUTION["groups"], "all": {"groups": []}}}, "iam.nested-group", "Groups"),
    ],
)  # fmt: skip
def test_what_means_nothing_fails_where_a_sound_account_is_asked_for(changes, code, cure):
    assert asked(changes) == {}
    assert asked(changes, sound={"points": 5})[code].startswith(cure)


def test_a_policy_that_aws_refuses_leaves_nothing_to_decide():
    refused = {**READ, "Statement": {**READ["Statement"], "Principal": "*"}}
    found = report({"policies": {"Read": READ, "Write": WRITE, "Spare": refused}})
    assert (found.percent, found.max_points, bool(found.refused)) == (0, 70, True)
    assert [code for code, _ in failed(found)] == ["iam.principal-in-identity", "iam.not-decided"]


def test_a_user_inherits_what_its_groups_carry():
    assert report().extra["users"]["tom"] == {
        "groups": ["teachers"],
        "policies": ["Read", "Write"],
        "from": {"Read": "teachers", "Write": "teachers"},
    }


def test_an_inline_policy_allows_the_same_and_is_still_attached_to_the_user():
    found = report(
        {
            "users": {
                **SOLUTION["users"],
                "tom": {
                    "inline": {
                        "All": {**READ, "Statement": [READ["Statement"], WRITE["Statement"]]}
                    }
                },
            }
        }
    )
    assert [code for code, _ in failed(found)] == ["iam.direct-policy"]


def test_the_wrong_group_costs_membership_scenario_and_comparison():
    users = {"lea": {"groups": ["teachers"]}, "tom": {"groups": ["teachers"]}}
    found = report({"users": users})
    assert [code for code, _ in failed(found)] == ["iam.membership", "iam.too-wide", "iam.too-wide"]
    assert found.findings[3].line == 13  # the statement in "Write" that lets lea in


def test_a_boundary_limits_what_the_groups_carry():
    users = {"lea": {"groups": ["teachers"], "boundary": "Read"}, "tom": {"groups": ["teachers"]}}
    assert [code for code, _ in failed(report({"users": users}))] == ["iam.membership"]


def test_a_managed_policy_may_be_attached_by_its_arn():
    users = {
        **SOLUTION["users"],
        "lea": {"groups": ["learners"], "policies": ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]},
    }
    comparison = report({"users": users}).extra["comparisons"]["lea"]
    assert comparison["relation"] == "wider"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"groups": {**SOLUTION["groups"], "all": {"groups": ["learners"]}}}, "iam.nested-group"),
        ({"users": {**SOLUTION["users"], "eve": {"groups": ["nobody"]}}}, "iam.unknown-group"),
        ({"users": {**SOLUTION["users"], "eve": {"policies": ["Nothing"]}}}, "iam.unknown-policy"),
        ({"user": {}}, "iam.account-form"),
        ({"users": {**SOLUTION["users"], "eve": []}}, "iam.account-form"),
        (
            {"policies": {**SOLUTION["policies"], "Bad": {**READ, "Version": "2026-01-01"}}},
            "iam.version",
        ),
    ],
)
def test_a_mistake_in_the_account_is_named(changes, code):
    assert code in [found for found, _ in failed(report(changes))]


@pytest.mark.parametrize(
    ("setting", "value", "passed"),
    [
        ("MinimumPasswordLength", 20, True),
        ("MinimumPasswordLength", 8, False),
        ("MinimumPasswordLength", "14", False),
        ("RequireSymbols", 1, False),
    ],
)
def test_the_password_policy_is_checked_line_by_line(setting, value, passed):
    found = report({"password_policy": {**SOLUTION["password_policy"], setting: value}})
    assert (found.percent == 100) is passed


def test_a_text_that_is_no_account_is_unreadable():
    with pytest.raises(AnswerError):
        KIND.parse("[]")


def test_an_empty_account_is_readable_and_not_enough():
    table = {**TABLE, "comparison": {"points": 10}}
    found = grade(KIND, table=table, files={"solution.json": json.dumps(SOLUTION)}, text="{}")
    assert found.percent < 50


def test_a_setting_that_aws_does_not_know_is_a_mistake_of_the_spec():
    with pytest.raises(SpecError, match="MinLength"):
        report(table={**TABLE, "password": [{"setting": "MinLength", "value": 3, "points": 1}]})


def test_a_setting_without_a_value_is_that_of_the_expected_account():
    table = {"password": [{"setting": "MinimumPasswordLength", "points": 5}]}
    assert report(table=table).passed
    shorter = report({"password_policy": {"MinimumPasswordLength": 13}}, table)
    assert [(finding.code, finding.expected, finding.actual) for finding in shorter.findings] == [
        ("iam.password-policy", "14", "13")
    ]


def test_a_user_who_was_deleted_is_missed():
    found = report({"users": {"tom": SOLUTION["users"]["tom"]}})
    assert "There is no user lea." in [one.message for one in found.findings if not one.passed]


PASSWORD = SOLUTION["password_policy"]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"PasswordPolicy": {**PASSWORD, "ExpirePasswords": False}}),
        json.dumps(PASSWORD),
        json.dumps({"password_policy": PASSWORD}),
    ],
)
def test_the_password_policy_is_read_as_the_cli_prints_and_takes_it(text):
    table = {"password": TABLE["password"]}
    files = {"solution.json": json.dumps(SOLUTION)}
    assert grade(KIND, table=table, files=files, text=text).passed
    wrong = grade(KIND, table=table, files=files, text=text.replace("14", "8"))
    assert failed(wrong) == [("iam.password-policy", 1)]


def test_a_setting_that_aws_does_not_know_is_named():
    found = report({"password_policy": {**PASSWORD, "RequireDigits": True}})
    assert "A password policy has no setting RequireDigits." in [
        one.message for one in found.findings
    ]


TOM = {"tom": {"groups": ["teachers"]}}


@pytest.mark.parametrize(
    ("users", "words"),
    [
        (SOLUTION["users"], "Everybody may do exactly what is asked."),
        (
            {"lea": {"policies": ["Read"]}, **TOM},
            "Everybody may do exactly what is asked, but does not get it in the way that is asked.",
        ),
        (
            {"lea": {"groups": ["learners", "teachers"]}, **TOM},
            "Everybody may do all that is needed, and somebody more than that.",
        ),
        (
            {"lea": {"groups": ["learners"]}, "tom": {"groups": ["learners"]}},
            "Nobody may do too much, but somebody not all that is needed.",
        ),
        (
            {"lea": {"groups": ["learners", "teachers"]}, "tom": {"groups": ["learners"]}},
            "Somebody may do more than is needed, and somebody not all that is needed.",
        ),
    ],
)
def test_an_account_is_said_to_be_of_people_and_not_of_one_policy(users, words):
    assert report({"users": users}).relation.words == words


# --- What to do about it --------------------------------------------------------------------------

STOP = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"},
}
WITH_GUESTS = {
    **SOLUTION,
    "policies": {**SOLUTION["policies"], "Stop": STOP},
    "groups": {**SOLUTION["groups"], "guests": {"policies": ["Stop"]}},
    "users": {**SOLUTION["users"], "gil": {"groups": ["teachers", "guests"]}},
}
GUESTS = {
    "comparison": {"points": 10},
    "groups": {"points": 5},
    "scenarios": [
        {"name": "Gil", "user": "gil", **OBJECT, "expect": "ExplicitlyDenied", "points": 10}
    ],
    "members": [
        {"user": "gil", "group": "guests", "points": 5},
        {"user": "gil", "group": "teachers", "points": 5},
        {"user": "lea", "group": "guests", "member": False, "points": 5},
    ],
}


def cures(**changes):
    text = json.dumps({**WITH_GUESTS, **changes})
    files = {"solution.json": json.dumps(WITH_GUESTS)}
    found = grade(KIND, table=GUESTS, files=files, text=text, with_cure=True).cure
    return [step.sentence for step in found.steps] if found else []


def with_user(name, **holder):
    return {"users": {**WITH_GUESTS["users"], name: holder}}


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        (["guests"], ["Put gil into the group teachers."]),
        (["teachers"], ["Put gil into the group guests."]),
        ([], ["Put gil into the group guests.", "Put gil into the group teachers."]),
    ],
)
def test_what_follows_from_a_missing_group_is_no_change_of_its_own(groups, told):
    assert cures(**with_user("gil", groups=groups)) == told


def test_what_follows_from_a_group_too_many_is_no_change_of_its_own():
    changed = with_user("lea", groups=["learners", "guests"])
    assert cures(**changed)[0] == "Take lea out of the group guests."


def test_a_group_that_carries_too_much_is_told_to_carry_less_and_its_members_nothing():
    groups = {**WITH_GUESTS["groups"], "learners": {"policies": ["Read", "Write"]}}
    assert cures(groups=groups) == ["Detach from the group learners what it should not carry."]


def test_a_group_that_carries_too_little_is_told_to_carry_more_and_its_members_nothing():
    groups = {**WITH_GUESTS["groups"], "guests": {"policies": []}}
    assert cures(groups=groups) == ["Attach to the group guests the policies it should carry."]


def test_a_deny_that_a_user_lacks_is_not_called_too_much():
    table = {**GUESTS, "members": [], "comparison": {"points": 0}}
    text = json.dumps({**WITH_GUESTS, **with_user("gil", groups=[])})
    files = {"solution.json": json.dumps(WITH_GUESTS)}
    found = grade(KIND, table=table, files=files, text=text, with_cure=True).cure
    assert [step.sentence for step in found.steps] == ["Let a Deny reach gil, through a group."]


def test_a_number_in_quotes_is_shown_in_quotes_and_told_to_lose_them():
    policy = {**SOLUTION["password_policy"], "MinimumPasswordLength": "14"}
    (found,) = [row for row in report({"password_policy": policy}).findings if not row.passed]
    assert (found.expected, found.actual) == ("at least 14", '"14"')
    assert found.cure == "Write the value of MinimumPasswordLength without quotes."
