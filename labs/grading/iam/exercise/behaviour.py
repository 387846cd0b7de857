"""Which class of requests an answer decides wrongly: action, resource, and the condition keys that
matter, without the names of one variant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.grading.behaviour import PLACES, RELATIONS, VERBS, Behaviour
from labs.grading.report import Finding
from labs.grading.said import say

VERBS.update(
    {
        "allows": say("allows {what} on {where}"),
        "denies": say("denies {what} on {where}"),
        "trusts": say("lets {where} call {what}"),
        "turns-away": say("keeps {where} from calling {what}"),
    }
)
RELATIONS.update(
    {
        "other": say("another {thing}"),
        "own": say("one’s own {thing}"),
        "below": say("objects under {thing}"),
        "other-below": say("objects under {thing} in another bucket"),
    }
)
PLACES["*"] = say("every resource")


TRUST = "sts:"  # there it matters who asks, and not for what


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    request = found.get("request", found)
    if "action" not in request:
        return ""
    allowed = is_allowed(finding, found)
    when = condition_words(found.get("keys") or {})
    action, where = str(request["action"]), str(request.get("resource", ""))
    who = str(request.get("principal", ""))
    if action.startswith(TRUST):
        verb = "trusts" if allowed else "turns-away"
        return Behaviour(verb, action, caller_class(who, solution), when).key
    verb = "allows" if allowed else "denies"
    return Behaviour(verb, action, resource_class(where, who, solution), when).key


def is_allowed(finding: Finding, found: Mapping[str, Any]) -> bool:
    """By the comparison where it says so; a scenario's code tells which way it went."""
    if "yours" in found:
        return str(found["yours"]) == "Allowed"
    return "narrow" not in finding.code and "denial" not in finding.code


def condition_words(keys: Mapping[str, Any]) -> str:
    """Values that are no names say more than the key alone."""
    return ", ".join(
        f"{name} {value}" if str(value) in ("true", "false") else name
        for name, value in sorted(keys.items())
    )


def resource_class(arn: str, principal: str, solution: str) -> str:
    if arn.count(":") < 5:
        return arn[:60] or "*"
    if arn == principal:
        return f"own {type_of(arn)}"
    service, resource = arn.split(":", 5)[2], arn.split(":", 5)[5]
    name, _slash, path = resource.partition("/")
    if service != "s3":
        return related(type_of(arn), resource.replace(":", "/").rpartition("/")[2], solution)
    if "/" in path:
        return f"{'below' if name in solution else 'other-below'} {path.partition('/')[0]}/"
    return related("s3 object" if path else "s3 bucket", name, solution)


def related(kind: str, name: str, solution: str) -> str:
    return kind if name in solution else f"other {kind}"


def type_of(arn: str) -> str:
    """`ecr repository`, `sqs queue` has none: then the service alone."""
    service, resource = arn.split(":", 5)[2], arn.split(":", 5)[5]
    kind = resource.replace(":", "/").partition("/")
    return f"{service} {kind[0]}" if kind[1] else f"{service} resource"


def caller_class(principal: str, solution: str) -> str:
    if principal.count(":") < 5:
        return principal or "*"
    account = principal.split(":")[4]
    return related(f"account’s {type_of(principal)}", account, solution)
