"""Whose keys: the caller's ARN says its account, its type and, for users, its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from labs.grading.iam.comparison.key_values import is_principal_arn
from labs.grading.iam.decision.requests import Value, principal_keys
from labs.grading.iam.language.principals import is_account_id, read_caller

ARN, ACCOUNT, TYPE, NAME = (
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principaltype",
    "aws:username",
)
PRINCIPAL_KEYS = (ARN, ACCOUNT, TYPE, NAME, "aws:principalisawsservice")
SAMPLE_ACCOUNT = "111122223333"
SAMPLE_NAME = "amber"
KINDS = ("user/{name}", "role/example", "root", "federated-user/example")
Values = Mapping[str, Sequence[Value | None]]
Fixed = Mapping[str, Value | None]  # None: fixed as absent


def principal_worlds(values: Values, fixed: Fixed) -> Iterator[Mapping[str, Value]]:
    """`values`: what the policies' conditions tell apart. Callers that contradict what is fixed are
    left out."""
    for caller in dict.fromkeys(callers(values, fixed)):
        keys = principal_keys(read_caller(caller))
        if all(fixed[key] == keys.get(key) for key in PRINCIPAL_KEYS if key in fixed):
            yield {key: keys[key] for key in values if key in keys}


def callers(values: Values, fixed: Fixed) -> Iterator[str]:
    """ARNs of callers: those that are named, then one of each kind for each account and name."""
    arns = [arn for arn in told(ARN, values, fixed) if is_principal_arn(arn)]
    names = [*told(NAME, values, fixed), SAMPLE_NAME]
    yield from arns
    known = [account for arn in arns if (account := read_caller(arn).account)]
    accounts = (*told(ACCOUNT, values, fixed), *known, SAMPLE_ACCOUNT)
    for account in filter(is_account_id, dict.fromkeys(accounts)):
        for name in dict.fromkeys(names):
            yield from (arn_of(kind.format(name=name), account) for kind in KINDS)


def arn_of(resource: str, account: str) -> str:
    service = "sts" if resource.startswith("federated-user") else "iam"
    return f"arn:aws:{service}::{account}:{resource}"


def told(key: str, values: Values, fixed: Fixed) -> list[str]:
    found = (fixed[key],) if key in fixed else values.get(key, ())
    return [value for value in found if isinstance(value, str)]
