"""Whom to ask about when policies with Principal elements are compared: everybody whom they can
tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from labs.grading.iam.aws.request_keys import OF_SERVICES
from labs.grading.iam.comparison import principal_worlds
from labs.grading.iam.comparison.key_atoms import values_tried
from labs.grading.iam.decision.statements import CompiledPolicy, CompiledStatement, Condition
from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.principals import WEB_IDENTITY_PROVIDERS, read_caller
from labs.grading.wildcards.budget import Budget

STRANGER = "arn:aws:iam::999999999999:user/stranger"
ANYBODY = "*"
STEPS = 100_000
# Services that AWS calls by another name in the ARNs of their resources
PRINCIPAL_OF_SERVICE = {"execute-api": "apigateway", "states": "states", "aps": "aps"}
FAMILIAR_SERVICE = "events"


def callers_to_ask(
    names: Iterable[str], policies: Sequence[CompiledPolicy], owner: str
) -> Iterator[str]:
    """The names, everybody whom a policy names, others of their accounts, those whom conditions
    single out, strangers of every kind and the anonymous caller."""
    yield from names
    statements = [found for policy in policies for found in policy.statements]
    named = list(dict.fromkeys(name for found in statements for name in names_in(found)))
    yield from (name for name in named if name != ANYBODY and not read_caller(name).account)
    with_account = [name for name in named if read_caller(name).account]
    yield from (name for name in with_account if read_caller(name).kind != "root")
    accounts = dict.fromkeys(read_caller(name).account for name in with_account)
    for account in dict.fromkeys((*accounts, *((owner,) if owner else ()))):
        yield f"arn:aws:iam::{account}:user/somebody"
        yield f"arn:aws:iam::{account}:root"
    yield from singled_out(statements)
    yield ANYBODY
    yield STRANGER
    yield from strangers(statements, named)


def names_in(statement: CompiledStatement) -> Iterator[str]:
    for names in (statement.statement.principals or {}).values():
        yield from names


def singled_out(statements: Iterable[CompiledStatement]) -> Iterator[str]:
    """Callers whom conditions on the caller's own keys tell apart."""
    by_key: dict[str, list[Condition]] = {}
    for found in statements:
        for condition in found.conditions:
            if condition.key in principal_worlds.PRINCIPAL_KEYS:
                by_key.setdefault(condition.key, []).append(condition)
    if by_key:
        budget = Budget(STEPS)
        values = {key: values_tried(found, {}, budget) for key, found in by_key.items()}
        yield from principal_worlds.callers(values, {})


def strangers(statements: Sequence[CompiledStatement], named: Sequence[str]) -> Iterator[str]:
    """A service and identity providers that nobody names."""
    conditions = [condition for found in statements for condition in found.conditions]
    if any(condition.key in OF_SERVICES for condition in conditions):
        yield next(services_behind(conditions), f"{FAMILIAR_SERVICE}.amazonaws.com")
    if any(has_provider(found) for found in statements):
        yield next((name for name in sorted(WEB_IDENTITY_PROVIDERS) if name not in named), ANYBODY)


def services_behind(conditions: Iterable[Condition]) -> Iterator[str]:
    """The service whose resource an aws:SourceArn names."""
    for condition in conditions:
        if condition.key == "aws:sourcearn":
            for text in condition.entry.values:
                parts = arn_parts(text)
                if len(parts) == 6 and parts[2].isalpha():
                    yield f"{PRINCIPAL_OF_SERVICE.get(parts[2], parts[2])}.amazonaws.com"


def has_provider(statement: CompiledStatement) -> bool:
    return "Federated" in (statement.statement.principals or {})
