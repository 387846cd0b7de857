"""Complete a policy, so that it allows exactly what is wanted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

from labs.grading.mutants.policies import other_values
from labs.grading.quiz.generators.kind import Drawing, fenced, first_fair, option
from labs.grading.quiz.generators.policy_flaw import NOBODYS
from labs.grading.quiz.generators.statements import (
    ADDRESS,
    MFA,
    OFFICE,
    TEAM,
    Statement,
    written,
)
from labs.grading.quiz.generators.wishes import (
    WHERE,
    Wish,
    are_alike,
    compared,
    drawn_wishes,
    told,
)
from labs.grading.said import say

NAME = "complete-the-policy"
TITLE = say("Complete the policy")
SECTION = "buckets-and-folders"
CODES = (
    "iam.equivalent",
    "iam.unknown-action",
    "iam.not-an-action",
    "iam.wildcard-in-equals",
    "iam.redundant-resource",
)

GAP = "…"
ELEMENTS = {1: ("Action", "Resource"), 2: ("Action", "Resource"), 3: ("Condition",)}
WRONG_ONES = 3
OTHER_CONDITIONS: dict[str, tuple[Statement, ...]] = {
    MFA: (
        {"BoolIfExists": {MFA: "true"}},
        {"Bool": {MFA: "false"}},
        {"Null": {MFA: "false"}},
        {"StringNotEquals": {MFA: "false"}},
    ),
    ADDRESS: (
        {"IpAddressIfExists": {ADDRESS: OFFICE}},
        {"NotIpAddress": {ADDRESS: OFFICE}},
        {"IpAddress": {ADDRESS: "203.0.0.0/16"}},
        {"IpAddress": {ADDRESS: "203.0.113.0/32"}},
    ),
    TEAM: (
        {"StringEqualsIfExists": {TEAM: "red"}},
        {"StringNotEquals": {TEAM: "red"}},
        {"StringLike": {TEAM: "r*"}},
        {"Null": {TEAM: "false"}},
    ),
}


def draw(chance: Random, level: int) -> Drawing:
    wish, element, values = first_fair(lambda: drawn(chance, level))
    statement = written([wish.statement | {element: GAP}])
    return {
        "kind": "single",
        "text": f"Ada may {wish.words}, and nothing else. {WHERE} What belongs at the {GAP}?\n\n"
        f"{fenced(statement)}",
        "options": [option_of(wish, element, value) for value in values],
    }


def drawn(chance: Random, level: int) -> tuple[Wish, str, list[Any]] | None:
    """The right value and three others, no two of which allow the same."""
    (wish,) = drawn_wishes(chance, level, 1)
    element = chance.choice(ELEMENTS[level])
    right = wish.statement[element]
    others = list(others_of(element, right))
    chance.shuffle(others)
    values = [right, *islice(unlike(wish, element, right, others), WRONG_ONES)]
    return (wish, element, values) if len(values) > WRONG_ONES else None


def unlike(wish: Wish, element: str, right: Any, others: list[Any]) -> Iterator[Any]:
    """Those that allow something else than the right value, and than each one before."""
    kept = [right]
    for other in others:
        mine = with_value(wish, element, other)
        if not any(are_alike(mine, with_value(wish, element, one)) for one in kept):
            kept.append(other)
            yield other


def with_value(wish: Wish, element: str, value: Any) -> list[Statement]:
    return [wish.statement | {element: value}]


def others_of(element: str, value: Any) -> Iterator[Any]:
    if element == "Condition":
        ((_operator, entries),) = value.items()
        yield from OTHER_CONDITIONS[next(iter(entries))]
    else:
        yield from (one for one in other_values(element, value) if not NOBODYS.search(f'{one}"'))


def option_of(wish: Wish, element: str, value: Any) -> Drawing:
    is_right = value == wish.statement[element]
    reason = "It allows each request that is wanted, and no other."
    if not is_right:
        found = compared(with_value(wish, element, value), [wish.statement])
        reason = told(found, wish.keys)
    return option(f"`{json.dumps(value)}`", reason, right=is_right)
