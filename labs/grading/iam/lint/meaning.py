"""Statements that are valid and do more, or less, than people mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.iam.language.globs import glob

MOST_STATEMENTS = 40
GRANTING = frozenset(("identity", "resource", "trust"))


def meaning_problems(policy: Policy, policy_type: str) -> Iterator[Problem]:
    statements = policy.statements[:MOST_STATEMENTS]
    for statement in statements:
        if statement.effect == "Allow" and policy_type in GRANTING:
            yield from wide_grants(statement, policy_type)
        if (
            hits_everything(statement)
            and statement.effect == "Deny"
            and policy_type in ("identity", "boundary", "scp")
        ):
            message = (
                "A Deny on every action and every resource, without a condition: nothing can "
                "be allowed any more."
            )
            yield Problem("iam.locks-out", message, statement.path, severity="warning")
    if not policy.variables:
        yield from variable_problems(statements)
    yield from beaten_allows(statements)


def wide_grants(statement: Statement, policy_type: str) -> Iterator[Problem]:
    for negated, element in (
        (statement.not_actions, "NotAction"),
        (statement.not_resources, "NotResource"),
        (statement.not_principals, "NotPrincipal"),
    ):
        if negated:
            message = (
                f"Allow with {element} grants everything that is not listed, also what does "
                "not exist yet."
            )
            path = (*statement.path, element)
            yield Problem("iam.not-with-allow", message, path, at_key=True, severity="warning")
    if policy_type == "identity" and hits_everything(statement):
        message = "Every action on every resource is allowed: that is an administrator."
        yield Problem("iam.full-access", message, statement.path, severity="warning")
    if policy_type != "identity" and is_for_everybody(statement) and not statement.conditions:
        message = (
            "Everybody is meant, also people without an AWS account, and no condition limits it."
        )
        yield Problem("iam.public", message, (*statement.path, "Principal"), severity="warning")
    if policy_type == "identity" and passes_any_role(statement):
        message = "iam:PassRole on every role: name the roles that may be passed."
        yield Problem("iam.pass-role", message, (*statement.path, "Resource"), severity="warning")


def hits_everything(statement: Statement) -> bool:
    return (
        not statement.conditions
        and not (statement.not_actions or statement.not_resources)
        and "*" in (statement.actions or ())
        and "*" in (statement.resources or ())
    )


def is_for_everybody(statement: Statement) -> bool:
    named = statement.principals or {}
    return not statement.not_principals and (
        "*" in named.get("*", ()) or "*" in named.get("AWS", ())
    )


def passes_any_role(statement: Statement) -> bool:
    if statement.not_actions or statement.not_resources:
        return False
    return names_pass_role(statement) and any(map(is_any_role, statement.resources or ()))


def names_pass_role(statement: Statement) -> bool:
    """iam:PassRole by name or pattern; `*` alone has a finding of its own."""
    named = [action.lower() for action in statement.actions or () if action != "*"]
    return any(glob(action).matches("iam:passrole") for action in named[:100])


def is_any_role(text: str) -> bool:
    parts = arn_parts(text)
    of_role = len(parts) == 6 and parts[2] == "iam" and parts[5] in ("*", "role*", "role/*")
    return text == "*" or of_role


def variable_problems(statements: Sequence[Statement]) -> Iterator[Problem]:
    message = 'Policy variables need "Version": "2012-10-17"; here ${…} is plain text.'
    for statement in statements:
        for index, text in enumerate((statement.resources or ())[:100]):
            if "${" in text:
                element = "NotResource" if statement.not_resources else "Resource"
                yield Problem(
                    "iam.variable-version",
                    message,
                    (*statement.path, element, index),
                    severity="warning",
                )
        for entry in statement.conditions[:100]:
            if any("${" in text for text in entry.values):
                yield Problem("iam.variable-version", message, entry.path, severity="warning")


def beaten_allows(statements: Sequence[Statement]) -> Iterator[Problem]:
    """An Allow of which nothing is left under an unconditional Deny."""
    denials = [found for found in statements if is_plain_denial(found)]
    for statement in statements:
        if statement.effect != "Allow" or not plain(statement):
            continue
        if any(denies_all_of(denial, statement) for denial in denials):
            message = (
                "A Deny in this policy covers all of this Allow, and a Deny always wins, "
                "whatever the order."
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


def all_covered(
    wide: Sequence[str] | None, narrow: Sequence[str] | None, *, lower: bool = False
) -> bool:
    """A pattern covers another one when it matches the other's text, wildcards included."""
    if wide is None or narrow is None:
        return wide is None
    covers = [glob(text.lower() if lower else text) for text in wide[:30]]
    return bool(narrow) and all(
        any(cover.matches(text.lower() if lower else text) for cover in covers)
        for text in narrow[:60]
    )
