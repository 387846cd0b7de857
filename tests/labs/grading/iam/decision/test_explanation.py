from __future__ import annotations

from labs.grading.iam.decision.explanation import decision_words, explain, nearest_miss
from labs.grading.iam.policy_rows import read_policies, read_request

USER = "arn:aws:iam::111122223333:user/lea"
READ = {
    "Sid": "Read",
    "Effect": "Allow",
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::course/*",
}
OFFICE = {"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}


def explained(*statements, action="s3:GetObject", **context):
    policies = read_policies(
        {"identity": [{"Version": "2012-10-17", "Statement": list(statements)}]}
    )
    keys = {key.replace("__", ":"): value for key, value in context.items()}
    row = {
        "principal": USER,
        "action": action,
        "resource": "arn:aws:s3:::course/a",
        "context": keys,
    }
    return explain(policies, read_request(row))


def test_the_statement_that_decided_is_named():
    found = explained(READ)
    assert (found["outcome"], found["decided_by"]) == ("Allowed", 'identity[0], statement "Read"')
    assert decision_words(found) == 'Allowed by identity[0], statement "Read"'


def test_a_statement_that_does_not_apply_ends_at_the_element_that_failed():
    (row,) = explained({**READ, **OFFICE}, aws__SourceIp="198.51.100.7")["statements"]
    assert [check["matched"] for check in row["elements"]] == [True, True, False]
    assert row["elements"][-1] == {
        "element": "IpAddress aws:SourceIp",
        "matched": False,
        "wanted": ["203.0.113.0/24"],
        "given": "198.51.100.7",
    }


def test_the_nearest_miss_says_what_was_missing():
    found = explained({**READ, "Action": "s3:PutObject"}, {**READ, **OFFICE})
    assert nearest_miss(found) == (
        'statement "Read" asks for IpAddress aws:SourceIp 203.0.113.0/24; '
        "the request carries no such key"
    )


def test_a_deny_is_the_reason_whatever_else_allows():
    found = explained(READ, {**READ, "Sid": "No", "Effect": "Deny"})
    assert found["decided_by"] == 'identity[0], statement "No"'
    assert found["line_path"] == ["Statement", 1]


def test_an_action_is_shown_as_it_was_asked():
    assert (
        explained(READ, action="s3:PutObject")["statements"][0]["elements"][0]["given"]
        == "s3:PutObject"
    )
