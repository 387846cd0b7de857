"""A resource or trust policy that lets everybody in."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.said import say


def public_problems(policy: Policy) -> Iterator[Problem]:
    for statement in policy.statements:
        if statement.effect == "Allow" and is_for_everybody(statement):
            message = say("Name who is meant: everybody is let in.")
            path = (*statement.path, "Principal")
            yield Problem("iam.public", message, path, severity="warning")


def is_for_everybody(statement: Statement) -> bool:
    named = statement.principals or {}
    everybody = "*" in named.get("*", ()) or "*" in named.get("AWS", ())
    return everybody and not statement.not_principals and not statement.conditions
