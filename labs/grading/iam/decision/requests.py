"""A request as the engine sees it: who, what, on which resource, and the keys of its context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.principals import Caller, read_caller

Value = str | tuple[str, ...]  # a tuple only when a key carries several values


class Situation:
    """The part of a request that conditions look at; a key without any value is absent from
    `context`."""

    __slots__ = ("context",)

    def __init__(self, context: dict[str, Value]) -> None:
        self.context = context

    def lookup(self, key: str) -> str | None:
        """A policy variable's value: keys with several values have none."""
        value = self.context.get(key)
        return value if isinstance(value, str) else None


class Request(Situation):
    """`action` and the keys of `context` are in lower case.

    `resource_account` decides between same and cross account: the owner where it is given, else the
    account in the ARN, else the caller's own.
    """

    __slots__ = ("action", "action_text", "caller", "parts", "resource", "resource_account")

    def __init__(
        self,
        principal: str | None,
        action: str,
        resource: str,
        context: Mapping[str, object] | None = None,
        *,
        resource_account: str | None = None,
    ) -> None:
        self.caller = read_caller(principal)
        self.action_text = action
        self.action = action.lower()
        self.resource = resource
        self.parts = arn_parts(resource)
        self.resource_account = resource_account or self.account_of_resource()
        super().__init__(context_of(context or {}, self.caller))

    def account_of_resource(self) -> str | None:
        in_arn = self.parts[4] if len(self.parts) == 6 else ""
        return in_arn if in_arn.isdigit() else self.caller.account


def context_of(given: Mapping[str, object], caller: Caller) -> dict[str, Value]:
    """Keys that AWS always sends about the principal, then what is given (which wins)."""
    context: dict[str, Value] = dict(principal_keys(caller))
    for key, value in given.items():
        found = value_of(value)
        if found is None:
            context.pop(key.lower(), None)
        else:
            context[key.lower()] = found
    return context


def value_of(value: object) -> Value | None:
    """A context value from JSON: one text, several, or None when there is none."""
    values = texts_of(value)
    if not values:
        return None
    return values[0] if len(values) == 1 else values


def principal_keys(caller: Caller) -> dict[str, str]:
    """aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalType and, for IAM users,
    aws:username."""
    if caller.account is None:
        return service_keys(caller.text) if caller.kind == "service" else {}
    keys = {
        "aws:principalaccount": caller.account,
        "aws:principalarn": caller.text,
        "aws:principalisawsservice": "false",
    }
    keys["aws:principaltype"] = PRINCIPAL_TYPES[caller.kind]
    if caller.kind == "session":
        partition = arn_parts(caller.text)[1]
        keys["aws:principalarn"] = f"arn:{partition}:iam::{caller.account}:role/{caller.role}"
    if caller.kind == "user":
        keys["aws:username"] = caller.text.rpartition("/")[2]
    return keys


def service_keys(name: str) -> dict[str, str]:
    """Of a service that calls by itself."""
    return {"aws:principalisawsservice": "true", "aws:principalservicename": name}


PRINCIPAL_TYPES = {
    "user": "User",
    "session": "AssumedRole",
    "role": "AssumedRole",
    "federated-user": "FederatedUser",
    "root": "Account",
}


def texts_of(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(text for item in value for text in texts_of(item))
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return (str(value),)
