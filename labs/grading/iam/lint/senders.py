"""Keys that those who are named never send, or send with another action alone.

Sources: IAM User Guide, "AWS global condition context keys" (availability), "Pass session tags in
AWS STS"; "Access Analyzer policy check reference": unsupported condition key for service principal,
missing action for condition key.
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.aws.request_keys import Presence, presence
from labs.grading.iam.language.documents import ConditionEntry, Policy, Problem, Statement
from labs.grading.iam.language.operators import read_operator
from labs.grading.iam.lint.policy_types import has_action
from labs.grading.said import say

MOST_CONDITIONS = 300
# Keys of what is handed over when a role is assumed → the action that hands it over
HANDED_OVER = {
    "aws:requesttag": "sts:TagSession",
    "aws:tagkeys": "sts:TagSession",
    "sts:transitivetagkeys": "sts:TagSession",
    "sts:sourceidentity": "sts:SetSourceIdentity",
}


def sender_problems(statement: Statement, policy: Policy, policy_type: str) -> Iterator[Problem]:
    for entry in statement.conditions[:MOST_CONDITIONS]:
        if is_for_services(statement) and needs_key(entry) and never_from_service(entry):
            message = say("Leave {key} out: no service's request carries it.", key=entry.key)
            yield Problem("iam.service-keys", message, entry.path, at_key=True, severity="warning")
        if policy_type == "trust" and statement.effect == "Allow":
            yield from missing_action(entry, statement, policy)


def is_for_services(statement: Statement) -> bool:
    return not statement.not_principals and set(statement.principals or {}) == {"Service"}


def never_from_service(entry: ConditionEntry) -> bool:
    return presence(entry.key.lower(), "service") is Presence.NEVER


def needs_key(entry: ConditionEntry) -> bool:
    """Does the condition fail without the key?"""
    found = read_operator(entry.operator)
    if found is None or found.negated or found.if_exists or found.quantifier == "all":
        return False
    return found.family != "null"


def missing_action(
    entry: ConditionEntry, statement: Statement, policy: Policy
) -> Iterator[Problem]:
    wanted = HANDED_OVER.get(entry.key.lower().partition("/")[0])
    if not wanted or not needs_key(entry) or statement.actions is None:
        return
    if any(found.effect == "Allow" and has_action(found, wanted) for found in policy.statements):
        return
    message = say(
        "Add {action}: without it no request that assumes the role carries {key}.",
        action=wanted,
        key=entry.key,
    )
    yield Problem("iam.missing-for-key", message, entry.path, at_key=True, severity="warning")
