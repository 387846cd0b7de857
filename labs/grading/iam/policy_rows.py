"""The JSON shape of policies and requests in rows: `{"identity": [document…], "resource":
document | null, …}`."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.iam.decision.evaluation import Layer, Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.policy_reader import read_policy


class RowError(Exception):
    """A row that says nothing that could be decided."""


def compile_document(value: object, name: str) -> CompiledPolicy:
    policy = read_policy(value)
    if policy.unreadable:
        raise RowError(f"{name}: {policy.unreadable.message}")
    return CompiledPolicy(policy, name)


def read_policies(row: Mapping[str, object], *, trust_assumed: bool = False) -> Policies:
    """RowError when a document is not a policy."""
    return Policies(
        identity=read_documents(row, "identity"),
        resource=read_document(row, "resource"),
        scps=read_levels(row, "scp"),
        rcps=read_levels(row, "rcp"),
        boundary=read_documents(row, "boundary"),
        session=read_document(row, "session"),
        endpoint=read_documents(row, "endpoint"),
        trust_assumed=trust_assumed,
    )


def read_documents(row: Mapping[str, object], key: str) -> tuple[CompiledPolicy, ...]:
    values = row.get(key) or []
    if isinstance(values, dict):
        values = [values]
    if not isinstance(values, list):
        raise RowError(f"{key}: a list of policy documents is expected")
    return tuple(compile_document(value, f"{key}[{index}]") for index, value in enumerate(values))


def read_document(row: Mapping[str, object], key: str) -> CompiledPolicy | None:
    return compile_document(row[key], key) if row.get(key) is not None else None


def read_levels(row: Mapping[str, object], key: str) -> tuple[Layer, ...]:
    levels = row.get(key) or []
    if not isinstance(levels, list) or not all(isinstance(level, dict) for level in levels):
        raise RowError(f"{key}: a list of levels is expected, each with its policies")
    return tuple(read_level(level, key, index) for index, level in enumerate(levels))


def read_level(level: Mapping[str, object], key: str, index: int) -> Layer:
    target = level.get("target") or f"level {index + 1}"
    return Layer(f"{key.upper()} of {target}", read_documents(level, "policies"))


def read_request(row: Mapping[str, object]) -> Request:
    """RowError when action or resource is missing."""
    action, resource, context = row.get("action"), row.get("resource"), row.get("context") or {}
    if row.get("wildcard_only_action"):
        resource = "*"
    if (
        not isinstance(action, str)
        or not isinstance(resource, str)
        or not isinstance(context, dict)
    ):
        raise RowError("request: action and resource are text, context is an object")
    account = row.get("resource_account")
    if isinstance(account, int) and not isinstance(account, bool):
        account = f"{account:012d}"
    if not isinstance(account, str | None):
        raise RowError("request: resource_account is text")
    return Request(
        principal_text(row.get("principal")), action, resource, context, resource_account=account
    )


def principal_text(principal: object) -> str | None:
    """`"arn:…"` or `{"AWS": "arn:…"}`."""
    if isinstance(principal, dict):
        principal = next(iter(principal.values()), None)
    if principal is not None and not isinstance(principal, str):
        raise RowError("request: the principal is text")
    return principal
