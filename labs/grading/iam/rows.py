"""Rows in, rows out: what the command line does with one JSON line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from labs.grading.errors import AnswerError
from labs.grading.iam.access.granted import Access, access_granted
from labs.grading.iam.access.public import public_access
from labs.grading.iam.comparison.comparison import Comparison, compare
from labs.grading.iam.comparison.own_resource import limit, own_resource
from labs.grading.iam.comparison.requesters import Requester, requesters_for
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.explanation import explain
from labs.grading.iam.decision.requests import Value, value_of
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.documents import POLICY_TYPES
from labs.grading.iam.lint.actions import matching_actions
from labs.grading.iam.lint.linter import lint_text
from labs.grading.iam.policy_rows import RowError, compile_document, read_policies, read_request

Row = Mapping[str, object]


def decide_row(row: Row, *, with_explanation: bool = False) -> dict[str, object]:
    """`{"policies", "request"}` → `{"decision"}`, and the trace on demand."""
    policies, request = (
        read_policies(read_object(row, "policies")),
        read_request(read_object(row, "request")),
    )
    decision = policies.decide(request)
    answer: dict[str, object] = {"decision": str(decision.outcome)}
    if with_explanation:
        answer["explanation"] = explain(policies, request, decision)
    return answer


def compare_row(row: Row, *, within: Sequence[str] = ()) -> dict[str, object]:
    """`{"expected": [document…], "learner": [document…], "env", "within"}` → relation and
    counterexamples. `within`: compare only requests on these resources (ARN patterns)."""
    fixed = read_environment(row)
    expected, learner = read_side(row, "expected"), read_side(row, "learner")
    policies = [*expected.policies, *learner.policies]
    with_principals = any(found.principals for policy in policies for found in policy.statements)
    requesters = list(requesters_for((), policies)) if with_principals else [Requester()]
    limits = read_within(row, within) or (
        own_resource(expected.policies) if with_principals else None
    )
    around = [Layer("within", (limits,))] if limits else []
    sides = [
        [replace(side, names_principals=with_principals), *around] for side in (expected, learner)
    ]
    return comparison_json(compare(*sides, environment=fixed, requesters=requesters))


def read_within(row: Row, otherwise: Sequence[str]) -> CompiledPolicy | None:
    found = row.get("within") or list(otherwise)
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise RowError("within: a list of ARN patterns is expected")
    return limit(["*"], found, "within") if found else None


def comparison_json(found: Comparison) -> dict[str, object]:
    answer: dict[str, object] = {
        "relation": found.relation,
        "learner_only": found.learner_only.as_json() if found.learner_only else None,
        "expected_only": found.expected_only.as_json() if found.expected_only else None,
    }
    return answer if found.exact else answer | {"exact": False}


def public_row(row: Row) -> dict[str, object]:
    """`{"policy": document}` or `{"policies": […]}` of one resource → can an outsider get in?"""
    return access_json("public", public_access(read_policies_of(row)))


def allows_row(row: Row) -> dict[str, object]:
    """`{"policy" or "policies", "actions", "resources", "env"}` → is any of these actions ever
    allowed on any of these resources?"""
    policies = read_policies_of(row)
    actions, resources = read_patterns(row, "actions"), read_patterns(row, "resources")
    unknown = [text for text in actions if text != "*" and not matching_actions(text)]
    if unknown:
        raise RowError(f"actions: there is no action {unknown[0]}")
    found = access_granted(
        policies, actions=actions, resources=resources, environment=read_environment(row)
    )
    return access_json("allows", found)


def access_json(name: str, found: Access) -> dict[str, object]:
    """null where the search ended before it was through."""
    request = found.request.as_json() if found.request else None
    return {name: found.is_granted, "request": request}


def read_policies_of(row: Row) -> tuple[CompiledPolicy, ...]:
    return read_side(row, "policies" if "policies" in row else "policy").policies


def read_patterns(row: Row, key: str) -> list[str]:
    found = row.get(key) or ["*"]
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise RowError(f"{key}: a list of patterns is expected")
    return found


def read_environment(row: Row) -> dict[str, Value]:
    values = {key: value_of(value) for key, value in read_object(row, "env").items()}
    return {key: value for key, value in values.items() if value is not None}


def lint_row(row: Row) -> dict[str, object]:
    """`{"type", "policy": text}` → findings."""
    text, policy_type = row.get("policy"), row.get("type") or "identity"
    if not isinstance(text, str) or not isinstance(policy_type, str):
        raise RowError("policy is the text of a document, type a policy type")
    if policy_type.lower() not in POLICY_TYPES:
        raise RowError(f"type is one of: {', '.join(POLICY_TYPES)}")
    return {"findings": [finding.as_json() for finding in lint_text(text, policy_type.lower())]}


def read_side(row: Row, key: str) -> Layer:
    documents = row.get(key)
    if isinstance(documents, dict):
        documents = [documents]
    if not isinstance(documents, list):
        raise RowError(f"{key}: a list of policy documents is expected")
    policies = tuple(
        compile_document(value, f"{key}[{index}]") for index, value in enumerate(documents)
    )
    return Layer(key, policies)


def read_object(row: Row, key: str) -> Mapping[str, object]:
    value = row.get(key) or {}
    if not isinstance(value, dict):
        raise RowError(f"{key}: an object is expected")
    return value


ROW_ERRORS = (RowError, AnswerError, RecursionError, OverflowError, ValueError)
