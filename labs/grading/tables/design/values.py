"""Values as an answer writes them: {S: text} and {N: "5"} as in AWS's API, or plain; with
parameters like $customer in them.

Source: DynamoDB API Reference, "AttributeValue".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from labs.grading.said import joined, say
from labs.grading.tables.expressions.scope import Value

PARAMETER = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
TYPES = ("S", "N", "BOOL", "NULL")


class ValueProblem(Exception):
    """Not a value; says what to write."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def parameters_in(value: object) -> Iterator[str]:
    """The names behind $ in a value of an answer."""
    if isinstance(value, dict):
        for one in value.values():
            yield from parameters_in(one)
    elif isinstance(value, str):
        yield from (found[1] or found[2] for found in PARAMETER.finditer(value))


def bound_value(value: object, parameters: Mapping[str, Value]) -> Value:
    """The value with its parameters put in. Raises ValueProblem."""
    if not isinstance(value, dict):
        return plain_value(value, parameters)
    kinds = [kind for kind in value if kind in TYPES]
    if len(value) != 1 or not kinds:
        words = say("Write a value with its type, such as {example}.", example='{"S": "$name"}')
        raise ValueProblem(words)
    inner = plain_value(value[kinds[0]], parameters)
    return typed(kinds[0], inner)


def typed(kind: str, inner: Value) -> Value:
    if kind == "S" and not isinstance(inner, bool) and isinstance(inner, str | int | float):
        return str(inner)
    if kind == "BOOL" and isinstance(inner, bool):
        return inner
    if kind == "NULL" and inner is True:
        return None
    if kind == "N":
        return number_of(inner)
    raise ValueProblem(say("{value} is no value of type {kind}.", value=str(inner)[:60], kind=kind))


def number_of(inner: Value) -> int | float:
    text = "" if isinstance(inner, bool) else str(inner)
    found = NUMBER.fullmatch(text)
    if found is None:
        words = say("{value} is no value of type {kind}.", value=str(inner)[:60], kind="N")
        raise ValueProblem(words)
    return float(text) if found[1] else int(text)


def plain_value(value: object, parameters: Mapping[str, Value]) -> Value:
    if isinstance(value, str):
        return put_in(value, parameters)
    if value is None or isinstance(value, bool | int | float):
        return value
    raise ValueProblem(say("Write one value here, not a list."))


def put_in(text: str, parameters: Mapping[str, Value]) -> Value:
    for name in parameters_in(text):
        if name not in parameters:
            known = joined([f"${one}" for one in parameters], ", ") or say("none")
            raise ValueProblem(
                say("There is no ${name} here. Known: {names}.", name=name[:60], names=known)
            )
    whole = PARAMETER.fullmatch(text)
    if whole:
        return parameters[whole[1] or whole[2]]
    return PARAMETER.sub(lambda found: str(parameters[found[1] or found[2]]), text)
