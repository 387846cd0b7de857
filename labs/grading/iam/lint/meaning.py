"""Statements that are valid and do more, or less, than people mean.

Sources: IAM User Guide, "IAM JSON policy elements: NotAction", "NotPrincipal" and "Policy
evaluation logic"; "Access Analyzer policy check reference": allow with NotPrincipal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.iam.lint.condition_effects import mfa_problems
from labs.grading.iam.lint.coverage import all_covered
from labs.grading.iam.lint.grants import role_grants
from labs.grading.iam.lint.redundancy import cost_of
from labs.grading.iam.lint.work import Work
from labs.grading.said import say

MOST_STATEMENTS = 100
GRANTING = frozenset(("identity", "resource", "trust"))


def meaning_problems(policy: Policy, policy_type: str, work: Work) -> Iterator[Problem]:
    statements = policy.statements[:MOST_STATEMENTS]
    for statement in statements:
        if statement.effect == "Allow" and policy_type in GRANTING:
            yield from wide_grants(statement, policy_type)
        if (
            hits_everything(statement)
            and statement.effect == "Deny"
            and policy_type in ("identity", "boundary", "scp")
        ):
            message = say(
                "Say what is to be denied: a Deny on every action and every resource, without a "
                "condition, leaves nothing that could be allowed."
            )
            yield Problem("iam.locks-out", message, statement.path, severity="warning")
    yield from mfa_problems(statements)
    yield from beaten_allows(statements, work)


def wide_grants(statement: Statement, policy_type: str) -> Iterator[Problem]:
    for negated, element in (
        (statement.not_actions, "NotAction"),
        (statement.not_resources, "NotResource"),
        (statement.not_principals, "NotPrincipal"),
    ):
        if negated:
            message = say(
                "List what is meant: Allow with {element} grants everything that is not listed, "
                "also what does not exist yet.",
                element=element,
            )
            path = (*statement.path, element)
            yield Problem("iam.not-with-allow", message, path, at_key=True, severity="warning")
    if policy_type == "identity" and hits_everything(statement):
        message = say("Every action on every resource is allowed: that is an administrator.")
        yield Problem("iam.full-access", message, statement.path, severity="warning")
    if policy_type == "identity":
        yield from role_grants(statement)


def hits_everything(statement: Statement) -> bool:
    return (
        not statement.conditions
        and not (statement.not_actions or statement.not_resources)
        and "*" in (statement.actions or ())
        and "*" in (statement.resources or ())
    )


def beaten_allows(statements: Sequence[Statement], work: Work) -> Iterator[Problem]:
    """An Allow of which nothing is left under an unconditional Deny."""
    denials = [found for found in statements if is_plain_denial(found)]
    for statement in statements:
        if statement.effect != "Allow" or not plain(statement):
            continue
        if any(
            work.affords(cost_of(denial, statement)) and denies_all_of(denial, statement)
            for denial in denials
        ):
            message = say(
                "Narrow the Deny, or leave this Allow out: a Deny in this policy covers all of it, "
                "and a Deny always wins, whatever the order."
            )
            yield Problem("iam.allow-denied", message, statement.path, severity="warning")


def is_plain_denial(statement: Statement) -> bool:
    """Unconditional; one that hits everything has a finding of its own."""
    unconditional = statement.effect == "Deny" and not statement.conditions
    return unconditional and plain(statement) and not hits_everything(statement)


def plain(statement: Statement) -> bool:
    return not (statement.not_actions or statement.not_resources or statement.not_principals)


def denies_all_of(denial: Statement, allow: Statement) -> bool:
    if denial.principals is not None and denial.principals != allow.principals:
        return False
    return all_covered(denial.actions, allow.actions, lower=True) and all_covered(
        denial.resources, allow.resources
    )
