"""Who may call the functions: statements as `aws lambda add-permission` adds them.

Source: Lambda API Reference, "AddPermission"; API Gateway Developer Guide, "Create AWS Lambda proxy
integrations for HTTP APIs in API Gateway".
"""

from __future__ import annotations

import re

from labs.grading.gateway.routes.model import Surroundings
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.said import say
from labs.grading.settings_parts import Parts

ACTION = re.compile(r"lambda:(\*|[A-Za-z]+)|\*")
SERVICE, INVOKE = "apigateway.amazonaws.com", "lambda:InvokeFunction"


def read_permissions(top: Parts, around: Surroundings) -> dict[str, CompiledPolicy] | None:
    """Of each function its policy; None where the lab's functions let the API in anyway."""
    if not around.permissions:
        if top.values.get("Permissions") is not None:
            words = say("Leave Permissions out: in this lab the functions let the API in.")
            top.note("form", words, "Permissions", at_key=True)
        return None
    statements: dict[str, list[object]] = {}
    for parts in top.items("Permissions"):
        name, statement = read_permission(parts, around)
        if name:
            statements.setdefault(name, []).append(statement)
    return {name: compiled(found, top) for name, found in statements.items()}


def read_permission(parts: Parts, around: Surroundings) -> tuple[str, dict[str, object]]:
    parts.know("FunctionName", "StatementId", "Action", "Principal", "SourceArn", "SourceAccount")
    text = parts.text("FunctionName")
    name = text if text in around.functions else text.rpartition(":")[2]
    if name not in around.functions:
        words = say("Give {key} one of these: {names}.", key="FunctionName",
                    names=", ".join(around.functions))  # fmt: skip
        parts.note("unknown-name", words, "FunctionName" if text else "")
        name = ""
    principal = parts.text("Principal", SERVICE)
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"Service": principal}
        if principal.endswith(".com")
        else read_other(principal),
        "Action": read_action(parts),
        "Resource": around.function_arn(name or "none"),
    }
    if conditions := read_conditions(parts):
        statement["Condition"] = conditions
    return name, statement


def read_action(parts: Parts) -> str:
    action = parts.text("Action", INVOKE)
    if not ACTION.fullmatch(action):
        words = say("Write {action} behind Action.", action=INVOKE)
        parts.note("permission-form", words, "Action")
    return action


def read_other(principal: str) -> object:
    return principal if principal == "*" else {"AWS": principal}


def read_conditions(parts: Parts) -> dict[str, dict[str, str]]:
    found = {}
    if parts.values.get("SourceArn") is not None:
        found["ArnLike"] = {"AWS:SourceArn": parts.text("SourceArn")}
    if parts.values.get("SourceAccount") is not None:
        found["StringEquals"] = {"AWS:SourceAccount": parts.text("SourceAccount")}
    return found


def compiled(statements: list[object], top: Parts) -> CompiledPolicy:
    policy = read_policy({"Version": "2012-10-17", "Statement": statements})
    if policy.unreadable:
        top.note("permission-form", policy.unreadable.message, "Permissions")
    return CompiledPolicy(policy, "Permissions")
