"""Rules of a Choice state, as they were read, and whether they hold.

Source: Amazon States Language, "Choice State", "Data-test Expressions"; Step Functions Developer
Guide, "Choice workflow state". A comparison of a value of another type is false. A Variable that
is not there is an error, except to IsPresent.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labs.grading.state_machines.language.paths import JsonPath, NotThereError, look_up
from labs.grading.state_machines.language.timestamps import read_timestamp
from labs.grading.state_machines.language.values import Json, is_number

Compare = Callable[[Json, Json], bool]
ORDERS: Mapping[str, Compare] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "GreaterThan": operator.gt,
    "LessThanEquals": operator.le,
    "GreaterThanEquals": operator.ge,
}


def text_of(value: Json) -> str | None:
    return value if isinstance(value, str) else None


def number_of(value: Json) -> float | None:
    return value if is_number(value) else None


def boolean_of(value: Json) -> bool | None:
    return value if isinstance(value, bool) else None


# Type → a value of it, or None for any other value
READERS: Mapping[str, Callable[[Json], Json]] = {
    "String": text_of,
    "Numeric": number_of,
    "Boolean": boolean_of,
    "Timestamp": read_timestamp,
}
TESTS: Mapping[str, Callable[[Json], bool]] = {
    "IsNull": lambda value: value is None,
    "IsString": lambda value: isinstance(value, str),
    "IsNumeric": is_number,
    "IsBoolean": lambda value: isinstance(value, bool),
    "IsTimestamp": lambda value: read_timestamp(value) is not None,
}
PRESENT, MATCHES = "IsPresent", "StringMatches"
TYPED = tuple(
    f"{kind}{order}"
    for kind in READERS
    for order in ORDERS
    if kind != "Boolean" or order == "Equals"
)
OPERATORS = (*TYPED, *(f"{name}Path" for name in TYPED), MATCHES, PRESENT, *TESTS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`operand` is a path where the operator's name ends with Path."""

    variable: JsonPath
    operator: str
    operand: Json | JsonPath


@dataclass(frozen=True, slots=True)
class Combination:
    """`word`: And, Or, Not (of one rule)."""

    word: str
    rules: tuple[Rule, ...]


Rule = Comparison | Combination


def holds(rule: Rule, value: Json, context: Json) -> bool:
    """NotThereError where a path names nothing. And and Or look no further than they have to."""
    if isinstance(rule, Comparison):
        return compared(rule, value, context)
    results = (holds(inner, value, context) for inner in rule.rules)
    if rule.word == "And":
        return all(results)
    return any(results) if rule.word == "Or" else not next(results)


def compared(rule: Comparison, value: Json, context: Json) -> bool:
    try:
        found = look_up(rule.variable, value, context)
    except NotThereError:
        if rule.operator == PRESENT:
            return rule.operand is False
        raise
    if rule.operator == PRESENT:
        return rule.operand is True
    if rule.operator in TESTS:
        return TESTS[rule.operator](found) is rule.operand
    if rule.operator == MATCHES:
        return isinstance(found, str) and matches(str(rule.operand), found)
    operand = rule.operand
    if isinstance(operand, JsonPath):
        operand = look_up(operand, value, context)
    return in_order(rule.operator.removesuffix("Path"), found, operand)


def in_order(name: str, found: Json, operand: Json) -> bool:
    """False where either is of another type than the operator's name says."""
    kind = next(kind for kind in READERS if name.startswith(kind))
    one, other = READERS[kind](found), READERS[kind](operand)
    if one is None or other is None:
        return False
    return ORDERS[name.removeprefix(kind)](one, other)


def matches(pattern: str, text: str) -> bool:
    """`*` stands for any characters, `\\*` for a star. In time of pattern × text at worst."""
    parts = pieces(pattern)
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return text == first
    if not text.startswith(first) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in parts[1:-1]:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return text.endswith(last)


def pieces(pattern: str) -> list[str]:
    """What stands between the stars."""
    parts, at = [""], 0
    while at < len(pattern):
        character = pattern[at]
        if character == "\\" and pattern[at + 1 : at + 2] in ("*", "\\"):
            at += 1
            parts[-1] += pattern[at]
        elif character == "*":
            parts.append("")
        else:
            parts[-1] += character
        at += 1
    return parts
