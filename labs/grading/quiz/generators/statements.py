"""Policies with a request to decide, drawn: what they are about, their statements, and the words
in which a decision is explained."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from labs.grading.iam.decision.evaluation import Outcome, Policies
from labs.grading.iam.decision.explanation import ABSENT, explain
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.listing import listed_with_and
from labs.grading.quiz.generators.subjects import Subject, drawn_subject
from labs.grading.said import say

Statement = dict[str, Any]
Trace = Mapping[str, Any]

CALLER = "arn:aws:iam::111122223333:user/ada"
MFA, ADDRESS, TEAM = "aws:MultiFactorAuthPresent", "aws:SourceIp", "aws:PrincipalTag/team"
OFFICE = "203.0.113.0/24"
# Condition block → for an Allow or a Deny
ALLOW_CONDITIONS: tuple[Statement, ...] = (
    {"Bool": {MFA: "true"}},
    {"IpAddress": {ADDRESS: OFFICE}},
    {"StringEquals": {TEAM: "red"}},
    {"StringEquals": {TEAM: ["red", "blue"]}},
)
DENY_CONDITIONS: tuple[Statement, ...] = (
    {"BoolIfExists": {MFA: "false"}},
    {"Bool": {MFA: "false"}},
    {"NotIpAddress": {ADDRESS: OFFICE}},
    {"StringNotEquals": {TEAM: "red"}},
)
# What a request carries of each key; "" is nothing
CARRIED: dict[str, tuple[str, ...]] = {
    MFA: ("true", "false", ""),
    ADDRESS: ("203.0.113.77", "198.51.100.9"),
    TEAM: ("red", "blue", "green", ""),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One policy of a user, a request, and what the engine says of them."""

    statements: tuple[Statement, ...]
    subject: Subject
    carried: Mapping[str, str]
    trace: Trace

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        rows: Sequence[Mapping[str, Any]] = self.trace["statements"]
        return rows

    @property
    def outcome(self) -> str:
        return str(self.trace["outcome"])

    @property
    def decider(self) -> int | None:
        """The number of the statement that decides."""
        path = self.trace["line_path"]
        return path[1] + 1 if path else None

    def is_decider(self, number: int) -> bool:
        return number == self.decider

    @property
    def is_fair(self) -> bool:
        """Only one statement can be named: one Allow, or one Deny that an Allow stands against."""
        allows = sum(row["applies"] and row["effect"] == "Allow" for row in self.rows)
        denies = sum(row["applies"] and row["effect"] == "Deny" for row in self.rows)
        fair: dict[str, bool] = {
            Outcome.ALLOWED: allows == 1,
            Outcome.EXPLICIT: denies == 1 and allows > 0,
            Outcome.IMPLICIT: allows == 0,
        }
        return fair[self.outcome]

    @property
    def asked(self) -> str:
        words = f"Ada asks for `{self.subject.action}` on `{self.subject.resource}`."
        keys = listed_with_and(list(self.keys_in_words()))
        return f"{words} Her request carries {keys}." if keys else words

    def keys_in_words(self) -> Iterator[str]:
        for key, value in self.carried.items():
            yield f"`{key}` = `{value}`" if value else f"no `{key}`"

    @property
    def document(self) -> str:
        return written(self.statements)


def written(statements: Sequence[Statement]) -> str:
    return json.dumps(
        {"Version": "2012-10-17", "Statement": list(statements)}, indent=2, ensure_ascii=False
    )


def compiled(statements: Sequence[Statement]) -> CompiledPolicy:
    value = {"Version": "2012-10-17", "Statement": list(statements)}
    return CompiledPolicy(read_policy(value), say("the policy"))


def drawn_case(chance: Random, level: int, count: int, *, named: bool = False) -> Case | None:
    """None where two statements say the same, or nothing is allowed to anybody."""
    subject = drawn_subject(chance, level)
    statements = [drawn_statement(chance, subject, level) for _number in range(count)]
    texts = {json.dumps(one) for one in statements}
    if len(texts) < count or not any(one["Effect"] == "Allow" for one in statements):
        return None
    if named:
        statements = [{"Sid": f"Statement{n}", **one} for n, one in enumerate(statements, start=1)]
    carried = drawn_keys(chance, statements)
    return decided(tuple(statements), subject, carried)


def drawn_statement(chance: Random, subject: Subject, level: int) -> Statement:
    effect = "Allow" if chance.random() < 0.6 else "Deny"
    statement: Statement = {
        "Effect": effect,
        "Action": chance.choice(subject.action_patterns),
        "Resource": chance.choice(subject.resource_patterns),
    }
    if level == 3 and chance.random() < 0.6:
        some = ALLOW_CONDITIONS if effect == "Allow" else DENY_CONDITIONS
        statement["Condition"] = chance.choice(some)
    return statement


def drawn_keys(chance: Random, statements: Sequence[Statement]) -> dict[str, str]:
    """Of each key that a condition asks for."""
    asked = {
        key
        for statement in statements
        for entries in statement.get("Condition", {}).values()
        for key in entries
    }
    return {key: chance.choice(values) for key, values in CARRIED.items() if key in asked}


def decided(
    statements: tuple[Statement, ...], subject: Subject, carried: Mapping[str, str]
) -> Case:
    policies = Policies(identity=(compiled(statements),), trust_assumed=True)
    context = {key: value for key, value in carried.items() if value}
    request = Request(CALLER, subject.action, subject.resource, context)
    return Case(statements, subject, carried, explain(policies, request))


def why_not(row: Mapping[str, Any]) -> str:
    """The first element of a statement that does not match."""
    check = row["elements"][-1]
    wanted = " or ".join(f"`{one}`" for one in check["wanted"])
    if check["given"] == ABSENT:
        return f"It asks for `{check['element']}` {wanted}; the request carries no such key."
    return f"It asks for `{check['element']}` {wanted}; the request has `{check['given']}`."


def why_applies(row: Mapping[str, Any]) -> str:
    names = listed_with_and([f"`{check['element']}`" for check in row["elements"]])
    absent = [check["element"] for check in row["elements"] if check["given"] == ABSENT]
    also = f" (`{absent[0].partition(' ')[0]}` also where the key is missing)" if absent else ""
    return f"{names} match{also}"
