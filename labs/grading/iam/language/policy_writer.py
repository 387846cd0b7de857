"""A policy back as JSON, one spelling for each meaning: a single value stands without a list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from labs.grading.iam.language.documents import ConditionEntry, Statement

ELEMENTS = ("Principal", "Action", "Resource", "Condition")


def statement_text(statement: Statement) -> str:
    return json.dumps(statement_json(statement), indent=2)


def element_text(statement: Statement, element: str) -> str:
    """One element as it is written, such as `"Action": "s3:*"`; "" where there is none."""
    written = name_of(statement, element)
    value = statement_json(statement).get(written)
    return "" if value is None else f'"{written}": {json.dumps(value, indent=2)}'


def statement_json(statement: Statement) -> dict[str, object]:
    values = {
        "Sid": statement.sid or None,
        "Effect": statement.effect,
        name_of(statement, "Principal"): principals_json(statement.principals),
        name_of(statement, "Action"): texts_json(statement.actions),
        name_of(statement, "Resource"): texts_json(statement.resources),
        "Condition": conditions_json(statement.conditions),
    }
    return {name: value for name, value in values.items() if value is not None}


def name_of(statement: Statement, element: str) -> str:
    """The element, or its Not-twin where that is written."""
    negated = {
        "Principal": statement.not_principals,
        "Action": statement.not_actions,
        "Resource": statement.not_resources,
    }
    return f"Not{element}" if negated.get(element) else element


def texts_json(values: Sequence[str] | None) -> object:
    if values is None:
        return None
    return values[0] if len(values) == 1 else list(values)


def principals_json(principals: Mapping[str, Sequence[str]] | None) -> object:
    if principals is None:
        return None
    if dict(principals) == {"*": ("*",)}:
        return "*"
    return {kind: texts_json(names) for kind, names in principals.items()}


def conditions_json(entries: Sequence[ConditionEntry]) -> object:
    """Entries of one operator stand together; None where there is no condition."""
    by_operator = sorted(entries, key=lambda entry: entry.operator)
    return {
        operator: {entry.key: texts_json(entry.values) for entry in same}
        for operator, same in groupby(by_operator, key=lambda entry: entry.operator)
    } or None
