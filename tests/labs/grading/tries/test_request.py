"""One request, on policies that a reader has changed."""

from __future__ import annotations

import json

import pytest

from labs.grading.errors import SpecError
from labs.grading.tries import request
from labs.grading.tries.kind import FieldError, Mark, Tone, TryAnswer

ADA = "arn:aws:iam::111122223333:user/ada"
MAY = "arn:aws:s3:::reports/may.csv"
ROLE = "arn:aws:iam::111122223333:role/watched"
WORK = {"Sid": "Work", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}
KEEP = {"Sid": "Keep", "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": MAY}
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def policy(*statements: dict[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=1)


def ask(**texts: str) -> TryAnswer:
    start = {"action": "s3:GetObject", "resource": MAY} | texts
    return request.answer({name.replace("_", "-"): text for name, text in start.items()})


def marks(answer: TryAnswer) -> list[tuple[str, Mark]]:
    return [(row.name, row.mark) for table in answer.tables for row in table.rows]


def test_the_statement_that_decides_is_named_and_marked():
    answer = ask(policy=policy(WORK, KEEP), action="s3:DeleteObject")
    assert (answer.tone, answer.words) == (Tone.NO, 'Denied by statement "Keep"')
    assert marks(answer) == [
        ('statement "Work": Allow', Mark.MATCHES),
        ('statement "Keep": Deny', Mark.DECIDES),
    ]


def test_what_does_not_match_says_which_element_and_what_the_request_has():
    answer = ask(policy=policy(WORK, KEEP))
    assert answer.words == 'Allowed by statement "Work"'
    assert answer.tables[0].rows[1].why == (
        "It asks for Action s3:DeleteObject; the request has s3:GetObject."
    )


def test_without_an_allow_it_is_said_which_came_closest():
    answer = ask(policy=policy(WORK), resource="arn:aws:s3:::other/may.csv")
    assert answer.words == (
        'Denied: statement "Work" asks for Resource arn:aws:s3:::reports/*; '
        "the request has arn:aws:s3:::other/may.csv"
    )


def test_of_two_policies_each_statement_says_whose_it_is():
    answer = ask(policy=policy(WORK), second_policy=policy(KEEP), action="s3:DeleteObject")
    assert answer.words == 'Denied by the second policy, statement "Keep"'


def test_a_boundary_that_does_not_reach_so_far_is_named():
    answer = ask(policy=policy(WORK), boundary=policy(READ), action="s3:PutObject")
    assert answer.words == "Denied: no statement of the permissions boundary allows it"
    assert ask(policy=policy(WORK), boundary=policy(READ)).tone is Tone.YES


@pytest.mark.parametrize(
    ("key", "words"),
    [("true", 'Allowed by statement "Mfa"'), ("", "carries no such key"), ("false", "has false")],
)
def test_a_key_that_is_left_empty_is_not_in_the_request(key, words):
    with_mfa = WORK | {"Sid": "Mfa", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
    texts = {"policy": policy(with_mfa), "aws:MultiFactorAuthPresent": key}
    assert words in ask(**texts).words


def test_an_emptied_key_is_absent_though_aws_sends_it_as_a_rule():
    near = WORK | {"Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}}
    assert ask(policy=policy(near)).tone is Tone.YES
    assert "no such key" in ask(**{"policy": policy(near), "aws:SourceIp": ""}).words


def test_a_trust_policy_is_asked_with_a_caller_who_may_do_everything():
    trust = {"Sid": "Vendor", "Effect": "Allow", "Principal": {"AWS": "777788889999"},
             "Action": "sts:AssumeRole"}  # fmt: skip
    asked = {"trust_policy": policy(trust), "action": "sts:AssumeRole", "resource": ROLE}
    for who, words in [
        ("arn:aws:iam::777788889999:role/watcher", 'Allowed by statement "Vendor"'),
        (ADA, f'Denied: statement "Vendor" asks for Principal 777788889999; the request has {ADA}'),
    ]:
        answer = ask(**asked, principal=who)
        assert answer.words == words
        assert len(answer.tables[0].rows) == 1


def test_what_needs_no_trust_policy_is_said_to_need_none():
    trust = {"Sid": "Vendor", "Effect": "Allow", "Principal": {"AWS": "777788889999"},
             "Action": "sts:AssumeRole"}  # fmt: skip
    for statements in ((trust,), ()):
        answer = ask(trust_policy=policy(*statements), action="iam:GetRole", resource=ROLE)
        assert answer.words == (
            "Allowed: the caller’s own policies are enough for it, the trust policy is not needed"
        )
        assert [mark for _name, mark in marks(answer)] == [Mark.PASSES_BY] * len(statements)


def test_between_two_accounts_both_sides_must_allow():
    partner = "arn:aws:iam::444455556666:role/partner"
    bucket = policy(READ | {"Principal": {"AWS": partner}})
    asked = {"bucket_policy": bucket, "principal": partner, "owner": "111122223333"}
    lacking = ask(policy=policy(KEEP), **asked)
    assert lacking.words == "Denied: no statement of the identity policy allows it"
    assert lacking.tables[0].rows[1].why == "It applies, but by itself it is not enough."
    assert ask(policy=policy(READ), **asked).tone is Tone.YES
    home = asked | {"owner": "444455556666"}
    assert ask(policy=policy(KEEP), **home).words == "Allowed by the bucket policy, statement 1"


@pytest.mark.parametrize(
    ("texts", "field", "place"),
    [
        ({"policy": '{\n "Statement": []\n,}'}, "policy", (3, 1)),
        ({"policy": policy(WORK).replace("Allow", "allow")}, "policy", (6, 14)),
        ({"policy": policy(WORK), "action": "s3:*"}, "action", (None, None)),
        ({"policy": policy(WORK), "resource": "reports"}, "resource", (None, None)),
        ({"policy": policy(WORK), "resource": "arn:aws:s3::reports"}, "resource", (None, None)),
        ({"policy": policy(WORK), "principal": "ada"}, "principal", (None, None)),
        ({"policy": policy(WORK), "owner": "12"}, "owner", (None, None)),
    ],
)
def test_what_cannot_be_read_names_field_and_place(texts, field, place):
    with pytest.raises(FieldError) as error:
        ask(**texts)
    assert (error.value.field, (error.value.line, error.value.column)) == (field, place)


@pytest.mark.parametrize(
    "names",
    [{"policy"}, {"action", "resource"}, {"policy", "action", "resource", "colour"}],
    ids=sorted,
)
def test_fields_that_make_no_request_are_the_authors_mistake(names):
    with pytest.raises(SpecError):
        request.fields(frozenset(names))
