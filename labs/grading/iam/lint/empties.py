"""What is written and empty, and keys that differ in large and small letters alone: seen in the
JSON, for a read policy has forgotten it.

Source: IAM Access Analyzer, "Access Analyzer policy check reference": empty arrays and objects,
empty Sid value, duplicate keys with different case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from labs.grading.iam.language.documents import ConditionEntry, Policy, Problem
from labs.grading.iam.language.operators import Operator, read_operator
from labs.grading.json_text import Path
from labs.grading.said import Said, say


def empty_problems(value: object) -> Iterator[Problem]:
    found = value.get("Statement") if isinstance(value, dict) else None
    statements = found if isinstance(found, list) else [found]
    for index, statement in enumerate(statements):
        path: Path = ("Statement", index) if isinstance(found, list) else ("Statement",)
        if isinstance(statement, dict):
            yield from in_statement(statement, path)


def in_statement(statement: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    if statement.get("Sid") == "":
        yield left_out((*path, "Sid"))
    for element in ("Principal", "NotPrincipal"):
        named = statement.get(element)
        if named == {}:
            yield left_out((*path, element))
        for kind, names in named.items() if isinstance(named, dict) else ():
            if names == []:
                yield left_out((*path, element, kind))
    conditions = statement.get("Condition")
    if conditions == {}:
        yield left_out((*path, "Condition"))
    for operator, block in conditions.items() if isinstance(conditions, dict) else ():
        if block == {}:
            yield left_out((*path, "Condition", operator))


def left_out(path: Path) -> Problem:
    message = say("Leave it out, or say what is meant: this is empty.")
    return Problem("iam.empty", message, path, at_key=True, severity="advice")


def condition_shape(policy: Policy) -> Iterator[Problem]:
    """Conditions without a value, and those that are written twice."""
    for statement in policy.statements[:40]:
        seen: dict[tuple[str, str], ConditionEntry] = {}
        for entry in statement.conditions[:60]:
            operator = read_operator(entry.operator)
            if operator and not entry.values:
                message = without_values(operator, entry)
                yield Problem("iam.empty", message, entry.path, at_key=True, severity="advice")
            before = seen.setdefault((entry.operator.lower(), entry.key.lower()), entry)
            if before is not entry:
                message = say(
                    "Write {key} once, with both values: capital and small letters make no second "
                    "key. AWS: Syntax errors in policy.",
                    key=entry.key,
                )
                yield Problem("iam.duplicate-case", message, entry.path, at_key=True)


def without_values(operator: Operator, entry: ConditionEntry) -> Said:
    if operator.quantifier == "all":
        return say(
            "Name the values: with none, only requests without {key} are meant.", key=entry.key
        )
    if operator.negated:
        return say("Name the values: with none, every request is meant.")
    if operator.if_exists:
        return say(
            "Name the values: with none, only requests without {key} are meant.", key=entry.key
        )
    return say("Name the values: with none, no request is meant.")
