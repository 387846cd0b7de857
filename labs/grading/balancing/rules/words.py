"""Rules, conditions and actions as one says them."""

from __future__ import annotations

from collections.abc import Iterable

from labs.grading.balancing.rules.rule import (
    HEADER,
    HOST,
    METHOD,
    PATH,
    QUERY,
    SOURCE,
    Action,
    Condition,
    Fixed,
    Forward,
    Redirect,
    Rule,
    Value,
)
from labs.grading.listing import listed_with_and, listed_with_or
from labs.grading.said import joined, say

MOST_SHOWN = 3
LONGEST = 60


def rule_words(rule: Rule) -> str:
    """`rule 10 (path /users/*)`, short enough for a line of a table."""
    if rule.priority is None:
        return say("the default rule")
    conditions = joined((condition_words(one) for one in rule.conditions[:MOST_SHOWN]), ", ")
    return say("rule {number} ({conditions})", number=rule.priority, conditions=conditions)


def condition_words(condition: Condition) -> str:
    values = listed_with_or(shown(value_words(one) for one in condition.values))
    match condition.kind:
        case kind if kind == HOST:
            return say("host {values}", values=values)
        case kind if kind == PATH:
            return say("path {values}", values=values)
        case kind if kind == METHOD:
            return say("method {values}", values=values)
        case kind if kind == HEADER:
            return say("header {name}: {values}", name=condition.header, values=values)
        case kind if kind == QUERY:
            return say("query {values}", values=values)
    assert condition.kind == SOURCE
    return say("from {address}", address=values)


def value_words(value: Value) -> str:
    return short(f"{value.key}={value.text}" if value.key else value.text)


def shown(texts: Iterable[str]) -> list[str]:
    found = list(texts)
    return found if len(found) <= MOST_SHOWN + 1 else [*found[:MOST_SHOWN], "…"]


def short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def action_words(action: Action) -> str:
    if isinstance(action, Forward):
        return forward_words(action)
    if isinstance(action, Fixed):
        return say("answer {status}", status=action.status)
    return redirect_words(action)


def redirect_words(redirect: Redirect) -> str:
    query = f"?{redirect.query}" if redirect.query else ""
    address = f"{redirect.protocol.lower()}://{redirect.host}:{redirect.port}{redirect.path}{query}"
    return f"{redirect.status} {short(address)}"


def forward_words(action: Forward) -> str:
    """`group web`, or `90 % web and 10 % new`."""
    groups = action.effect().groups
    total = sum(weight for _name, weight in groups)
    if len(groups) == 1:
        name, weight = groups[0]
        if not weight:
            return say("nobody: {name} has weight 0", name=name)
        return say("group {name}", name=name)
    shares = (
        say("{share} % {name}", share=f"{100 * weight / total:.3g}", name=name)
        for name, weight in sorted(groups, key=lambda row: (-row[1], row[0]))
    )
    words = listed_with_and(list(shares))
    if action.effect().sticky:
        return say("{groups}, sticky for {seconds} s", groups=words, seconds=action.sticky)
    return words
