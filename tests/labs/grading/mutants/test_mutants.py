"""Every sort of mutant, named and changed in one place."""

from __future__ import annotations

import json

import pytest

from labs.grading.kinds import KINDS
from labs.grading.mutants import Breaker, Mutant, chosen
from labs.grading.mutants.accounts import broken_accounts
from labs.grading.mutants.lines import broken_acl, broken_numbers, broken_plan, broken_predictions
from labs.grading.mutants.permissions import broken_permissions
from labs.grading.mutants.policies import broken_policies

POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": {"AWS": "111122223333"},
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": "arn:aws:s3:::course/*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ],
}


def by_name(mutants: object) -> dict[str, str]:
    return {one.name: one.text for one in mutants}


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("statement 1: Effect Allow", ("Effect",), "Allow"),
        ("statement 1: Action without s3:GetObject", ("Action",), ["s3:PutObject"]),
        ("statement 1: Action s3:* for s3:GetObject", ("Action", 0), "s3:*"),
        ("statement 1: Action s3:Put* for s3:PutObject", ("Action", 1), "s3:Put*"),
        ("statement 1: Resource * for arn:aws:s3:::course/*", ("Resource",), "*"),
        ("statement 1: Principal *", ("Principal",), "*"),
        (
            "statement 1: BoolIfExists for Bool",
            ("Condition",),
            {"BoolIfExists": {"aws:SecureTransport": "false"}},
        ),
        (
            "statement 1: aws:SecureTransport true for false",
            ("Condition", "Bool", "aws:SecureTransport"),
            "true",
        ),
    ],
)
def test_a_statement_is_broken(name: str, path: tuple[str | int, ...], value: object) -> None:
    found = json.loads(by_name(broken_policies(json.dumps(POLICY)))[name])["Statement"][0]
    for step in path:
        found = found[step]
    assert found == value


def test_whole_statements_and_conditions_are_dropped() -> None:
    found = by_name(broken_policies(json.dumps(POLICY)))
    assert json.loads(found["without statement 1"])["Statement"] == []
    assert "Condition" not in json.loads(found["statement 1: without Condition"])["Statement"][0]
    assert "aws:PrincipalTag/team" in found["statement 1: only for some"]


def test_a_rule_is_broken() -> None:
    rule = {
        "IpProtocol": "tcp",
        "FromPort": 80,
        "ToPort": 80,
        "IpRanges": [{"CidrIp": "10.0.0.0/8"}],
    }
    found = by_name(broken_permissions(json.dumps({"inbound": [rule]})))
    assert json.loads(found["without inbound rule 1"]) == {"inbound": []}
    assert '"udp"' in found["inbound rule 1: udp"]
    assert json.loads(found["inbound rule 1: ToPort 81"])["inbound"][0]["ToPort"] == 81
    assert "10.0.0.0/9" in found["inbound rule 1: 10.0.0.0/9 for 10.0.0.0/8"]
    assert json.loads(found["nothing gets out"])["outbound"] == []


def test_an_account_is_broken() -> None:
    account = {
        "policies": {"Read": POLICY},
        "groups": {"readers": {"policies": ["Read"]}, "writers": {"policies": []}},
        "users": {"lea": {"groups": ["readers"]}},
        "password_policy": {"MinimumPasswordLength": 14, "HardExpiry": False},
    }
    found = by_name(broken_accounts(json.dumps(account)))
    assert json.loads(found["without users lea"])["users"] == {}
    assert json.loads(found["lea with writers"])["users"]["lea"]["groups"] == ["readers", "writers"]
    assert json.loads(found["lea has Read itself"])["users"]["lea"]["policies"] == ["Read"]
    assert json.loads(found["HardExpiry turned"])["password_policy"]["HardExpiry"] is True
    assert (
        json.loads(found["MinimumPasswordLength 13"])["password_policy"]["MinimumPasswordLength"]
        == 13
    )


def test_lines_are_broken() -> None:
    found = by_name(broken_acl("inbound:\n  - 90 deny tcp 443 from 10.0.0.0/8\n"))
    assert found["line 2: 1 for 90"] == "inbound:\n  - 1 deny tcp 443 from 10.0.0.0/8\n"
    assert found["line 2: allow for deny"].endswith("- 90 allow tcp 443 from 10.0.0.0/8\n")
    assert "line 2: 444 for 443" in found
    plan = by_name(broken_plan("subnet a 10.0.0.0/24 eu-west-2a igw\n"))
    assert plan["line 1: us-east-1a for eu-west-2a"] == "subnet a 10.0.0.0/24 us-east-1a igw\n"


def test_numbers_and_predictions_are_broken() -> None:
    assert by_name(broken_numbers("1\n3\n")) == {
        "without 1": "3\n",
        "without 3": "1\n",
        "with 2": "1\n2\n3\n",
        "with 4": "1\n3\n4\n",
    }
    found = by_name(broken_predictions("1: yes\n", {"yes": "y", "yea": "y", "no": "n"}))
    assert list(found) == ["without line 1: 1: yes", "line 1: no for yes"]


def test_of_too_many_some_are_chosen_always_the_same() -> None:
    many = [Mutant(str(number), str(number)) for number in range(100)]
    assert [one.name for one in chosen(many, "0", most=3)] == ["1", "34", "67"]
    assert chosen([Mutant("a", "x\n"), Mutant("b", "y"), Mutant("b", "z")], "x") == [
        Mutant("b", "z")
    ]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_says_how_its_answers_can_be_broken(name: str) -> None:
    assert isinstance(KINDS[name], Breaker)
