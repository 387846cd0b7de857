"""Permissions that hand out more than they name: roles that are passed, service-linked roles that
are made.

Sources: IAM User Guide, "Grant a user permissions to pass a role to an AWS service", "Create a
service-linked role"; "Access Analyzer policy check reference": pass role with …, create SLR with ….
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.documents import Problem, Statement
from labs.grading.said import Said, say
from labs.grading.wildcards.globs import glob

ROLE_GRANTS = (
    (
        "iam:passrole",
        "iam.pass-role",
        say("Name the roles that may be passed: this is iam:PassRole on every role."),
        ("iam:passedtoservice", "iam:associatedresourcearn"),
    ),
    (
        "iam:createservicelinkedrole",
        "iam.service-linked-role",
        say(
            "Name the service-linked role, or the service in iam:AWSServiceName: this is "
            "iam:CreateServiceLinkedRole for every service."
        ),
        ("iam:awsservicename",),
    ),
)
MOST_NAMES = 100


def role_grants(statement: Statement) -> Iterator[Problem]:
    for action, code, message, keys in ROLE_GRANTS:
        limited = any(entry.key.lower() in keys for entry in statement.conditions)
        element = element_of_any_role(statement)
        if names_action(statement, action) and element and not is_tied(statement, code, limited):
            yield grant(code, message, statement, element)


def is_tied(statement: Statement, code: str, limited: bool) -> bool:
    """To a service. A role that goes to one service still may be anybody's."""
    return limited and code == "iam.service-linked-role"


def grant(code: str, message: Said, statement: Statement, element: str) -> Problem:
    severity = "warning" if code == "iam.pass-role" else "advice"
    return Problem(code, message, (*statement.path, element), severity=severity)


def names_action(statement: Statement, action: str) -> bool:
    """By name or pattern, or as the rest that NotAction leaves; `*` alone has a finding of its own
    where it meets every resource."""
    named = [text.lower() for text in (statement.actions or ())[:MOST_NAMES]]
    if statement.not_actions:
        return not any(glob(text).matches(action) for text in named)
    if named and "*" in named and not statement.not_resources:
        return False
    return any(glob(text).matches(action) for text in named)


def element_of_any_role(statement: Statement) -> str:
    if statement.not_resources:
        return "NotResource"
    return "Resource" if any(map(is_any_role, statement.resources or ())) else ""


def is_any_role(text: str) -> bool:
    parts = arn_parts(text)
    of_role = len(parts) == 6 and parts[2] == "iam" and parts[5] in ("*", "role*", "role/*")
    return text == "*" or of_role
