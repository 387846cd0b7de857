"""What a condition does to requests that lack its key.

Source: IAM User Guide, "IAM JSON policy elements: Condition operators" (negated operators,
…IfExists), "Set operators for multivalued context keys".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.iam.aws.request_keys import ALWAYS, ALWAYS_SIGNED
from labs.grading.iam.language import operands
from labs.grading.iam.language.documents import ConditionEntry, Problem, Statement
from labs.grading.iam.language.operators import Operator, read_operator
from labs.grading.iam.lint.coverage import all_covered
from labs.grading.said import Said, say

MFA_PRESENT = "aws:multifactorauthpresent"
MFA_AGE = "aws:multifactorauthage"
ALWAYS_SENT = ALWAYS | ALWAYS_SIGNED

Fault = tuple[str, str, Said]  # code, severity, message


def effect_faults(entry: ConditionEntry, found: Operator, statement: Statement) -> Iterator[Fault]:
    if statement.effect == "Deny":
        yield from deny_faults(entry, found)
    else:
        yield from allow_faults(entry, found, statement)


def deny_faults(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    if found.if_exists or found.quantifier or not found.negated:
        return
    if entry.key.lower() not in ALWAYS_SENT and entry.values:
        message = say(
            "This Deny also hits requests that carry no {key}: {operator} is true when the key is "
            "absent.",
            key=entry.key,
            operator=found.name,
        )
        yield "iam.negated-in-deny", "advice", message


def allow_faults(entry: ConditionEntry, found: Operator, statement: Statement) -> Iterator[Fault]:
    if found.if_exists:
        message = say(
            "Requests without {key} are let through: {operator}.",
            key=entry.key,
            operator=entry.operator,
        )
        yield "iam.if-exists-in-allow", "warning", message
    if found.quantifier != "all" or found.family == "null":
        return
    if not has_null_check(statement, entry.key.lower()):
        message = say(
            'Add "Null": {"{key}": "false"}: a request without {key} is let through.',
            key=entry.key,
        )
        yield "iam.for-all-values", "warning", message


def has_null_check(statement: Statement, key: str) -> bool:
    return any(
        other.operator.lower() == "null" and other.key.lower() == key and other.values == ("false",)
        for other in statement.conditions
    )


def mfa_problems(statements: Sequence[Statement]) -> Iterator[Problem]:
    """A Deny without MFA that requests with access keys slip through, unless another Deny takes
    those ("AWS: aws:MultiFactorAuthPresent": the key is absent from them)."""
    for statement in statements:
        entry = without_mfa(statement)
        if entry is None or any(denies_absent(other, statement) for other in statements):
            continue
        message = say(
            "Use BoolIfExists: requests with access keys carry no MFA information and slip through."
        )
        yield Problem("iam.mfa-bool", message, entry.path, severity="warning")


def without_mfa(statement: Statement) -> ConditionEntry | None:
    """The plain `Bool false` of a Deny."""
    if statement.effect != "Deny":
        return None
    return next(filter(is_plain_no, statement.conditions), None)


def is_plain_no(entry: ConditionEntry) -> bool:
    found = read_operator(entry.operator)
    if found is None or found.family != "bool" or found.if_exists:
        return False
    says_no = any(operands.truth(text) is False for text in entry.values)
    return entry.key.lower() == MFA_PRESENT and says_no


def denies_absent(other: Statement, statement: Statement) -> bool:
    """Does the other Deny take the requests without MFA information that this one would?"""
    return (
        other.effect == "Deny"
        and any(map(is_absence, other.conditions))
        and len(other.conditions) <= len(statement.conditions)
        and covers(other, statement)
    )


def is_absence(entry: ConditionEntry) -> bool:
    key, found = entry.key.lower(), read_operator(entry.operator)
    if key not in (MFA_PRESENT, MFA_AGE) or found is None:
        return False
    absent = found.family == "null" and entry.values == ("true",)
    return absent or (found.family == "bool" and found.if_exists)


def covers(other: Statement, statement: Statement) -> bool:
    """As far as both say it in the same manner; NotAction the other way round."""
    if other.not_resources or other.not_actions is not statement.not_actions:
        return False
    wide, narrow = other.actions, statement.actions
    if other.not_actions:
        wide, narrow = narrow, wide
    of_resource = statement.not_resources or all_covered(other.resources, statement.resources)
    return of_resource and all_covered(wide, narrow, lower=True)
