"""Why a request was decided as it was: every statement of every policy in play, element by element.

The result is plain JSON:
    {"outcome", "layer", "reason", "decided_by": policy and statement in words or "", "policy":
    its name or "",
     "line_path": path of the deciding statement in it,
     "statements": [{"layer", "policy", "label", "path", "effect", "applies",
                     "elements": [{"element", "matched", "wanted": [text], "given":
                     text or [text]}]}]}
`elements` ends at the first one that does not match, as a reader would stop there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.iam.decision.evaluation import Decision, Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.decision.statements import CompiledStatement, Condition
from labs.grading.listing import listed_with_or
from labs.grading.said import say

ABSENT = say("(not in the request)")


@dataclass(frozen=True, slots=True)
class Check:
    """One element of a statement compared with the request."""

    element: str
    matched: bool
    wanted: tuple[str, ...]
    given: str | tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        given = self.given if isinstance(self.given, str) else list(self.given)
        return {
            "element": self.element,
            "matched": self.matched,
            "wanted": list(self.wanted),
            "given": given,
        }


def explain(
    policies: Policies, request: Request, decision: Decision | None = None
) -> dict[str, Any]:
    """The decision with its trace."""
    decision = decision or policies.decide(request)
    statements = [
        statement_row(layer.name, statement, request, bounded=bool(policies.boundary))
        for layer in (*policies.limits(request), *policies.own(request))
        for statement in layer.statements()
    ]
    decided = decision.statement
    return {
        "outcome": str(decision.outcome),
        "layer": decision.layer,
        "reason": decision.reason,
        "decided_by": decider(decided.policy.name, label(decided)) if decided else "",
        "policy": decided.policy.name if decided else "",
        "line_path": list(decided.statement.path) if decided else [],
        "statements": statements,
    }


def decider(policy: str, statement: str) -> str:
    return say("{policy}, {statement}", policy=policy, statement=statement)


def label(found: CompiledStatement) -> str:
    """How people call a statement: by its Sid, else by its number."""
    if found.statement.sid:
        return say('statement "{sid}"', sid=found.statement.sid)
    path = found.statement.path
    if len(path) > 1 and isinstance(path[1], int):
        return say("statement {number}", number=path[1] + 1)
    return say("the statement")


def statement_row(
    layer: str, found: CompiledStatement, request: Request, *, bounded: bool
) -> dict[str, Any]:
    checks: list[Check] = []
    for check in checks_of(found, request, bounded=bounded):
        checks.append(check)
        if not check.matched:
            break
    return {
        "layer": layer,
        "policy": found.policy.name,
        "label": label(found),
        "path": list(found.statement.path),
        "effect": found.statement.effect,
        "applies": all(check.matched for check in checks),
        "elements": [check.as_json() for check in checks],
    }


def checks_of(found: CompiledStatement, request: Request, *, bounded: bool) -> Iterator[Check]:
    """Principal, Action, Resource and each condition, in this order."""
    statement = found.statement
    if statement.principals is not None:
        names = tuple(name for values in statement.principals.values() for name in values)
        named = bool(found.grant(request.caller, bounded=bounded))
        yield Check(
            element=element_name("Principal", statement.not_principals),
            matched=named,
            wanted=names,
            given=request.caller.text,
        )
    matched = found.matches_action(request.action)
    yield Check(
        element=element_name("Action", statement.not_actions),
        matched=matched,
        wanted=statement.actions or (),
        given=request.action_text,
    )
    if statement.resources is not None:
        element = element_name("Resource", statement.not_resources)
        yield Check(
            element=element,
            matched=found.matches_resource(request),
            wanted=statement.resources,
            given=request.resource,
        )
    for condition in found.conditions:
        yield condition_check(condition, request)


def element_name(name: str, negated: bool) -> str:
    return "Not" + name if negated else name


def condition_check(condition: Condition, request: Request) -> Check:
    entry = condition.entry
    given = request.context.get(condition.key, ABSENT)
    return Check(
        element=f"{entry.operator} {entry.key}",
        matched=condition.matches(request),
        wanted=entry.values,
        given=given,
    )


def decision_words(explanation: Mapping[str, Any]) -> str:
    """The explanation in a sentence: "Denied by your policy, statement 2"; where no Allow applies,
    which one came closest, and what it lacks."""
    place, reason = explanation["decided_by"], reason_words(explanation)
    if explanation["outcome"] == "Allowed":
        return say("Allowed by {place}", place=place) if place else allowed_because(reason)
    if place:
        return say("Denied by {place}", place=place)
    return say("Denied: {reason}", reason=reason)


def allowed_because(reason: str) -> str:
    return say("Allowed: {reason}", reason=reason)


def reason_words(explanation: Mapping[str, Any]) -> str:
    """Who decided, or what was missing."""
    if explanation["decided_by"]:
        place: str = explanation["decided_by"]
        return place
    missed = nearest_miss(explanation) if explanation["outcome"] == "ImplicitlyDenied" else ""
    return missed or explanation["reason"]


def nearest_miss(explanation: Mapping[str, Any]) -> str:
    """For an implicit denial: the Allow that came closest, and the element that failed."""
    misses = [
        row for row in explanation["statements"] if row["effect"] == "Allow" and not row["applies"]
    ]
    if not misses:
        return ""
    row = max(misses, key=lambda row: len(row["elements"]))
    check = row["elements"][-1]
    if check["element"].endswith("Action"):
        return say("no Allow covers {action}", action=check["given"])
    return miss_words(statement_words(row, explanation), check)


def statement_words(row: Mapping[str, Any], explanation: Mapping[str, Any]) -> str:
    """With its policy where there are several."""
    policies = {one["policy"] for one in explanation["statements"]}
    return row["label"] if len(policies) == 1 else decider(row["policy"], row["label"])


def miss_words(statement: str, check: Mapping[str, Any]) -> str:
    wanted = listed_with_or(check["wanted"][:3]) or say("nothing")
    parts = {"statement": statement, "element": check["element"], "wanted": wanted}
    if check["given"] == ABSENT:
        return say(
            "{statement} asks for {element} {wanted}; the request carries no such key", **parts
        )
    given = check["given"] if isinstance(check["given"], str) else ", ".join(check["given"])
    return say(
        "{statement} asks for {element} {wanted}; the request has {given}", **parts, given=given
    )


def keys_missed(explanation: Mapping[str, Any]) -> Iterator[str]:
    """The condition keys whose absence mattered: to statements that applied,
    and to those that would have said otherwise."""
    wanted = "Deny" if explanation["outcome"] == "Allowed" else "Allow"
    for row in explanation["statements"]:
        for check in row["elements"] if row["applies"] or row["effect"] == wanted else ():
            if check["given"] == ABSENT and (row["applies"] or not check["matched"]):
                yield check["element"].partition(" ")[2]
