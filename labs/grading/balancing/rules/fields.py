"""Reading JSON values of the type that stands there, or a RuleError at their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from labs.grading.errors import RuleError
from labs.grading.json_document import Path
from labs.grading.said import joined, say

Object = Mapping[str, Any]


def an_object(value: object, path: Path) -> Object:
    if not isinstance(value, dict):
        raise RuleError(path, say("Write an object here: { … }."))
    return value


def a_list(value: object, path: Path) -> list[Any]:
    if not isinstance(value, list):
        raise RuleError(path, say("Write a list here: [ … ]."))
    return value


def a_text(value: object, path: Path) -> str:
    if not isinstance(value, str) or not value:
        raise RuleError(path, say("Write text here, between double quotes."))
    return value


def texts(value: object, path: Path) -> Iterator[tuple[str, Path]]:
    """Each text of a list with its place; a list of none is refused."""
    found = a_list(value, path)
    if not found:
        raise RuleError(path, say("At least one value is needed here."))
    for index, one in enumerate(found):
        yield a_text(one, (*path, index)), (*path, index)


def a_number(value: object, path: Path, least: int, most: int) -> int:
    """A whole number; text of digits counts, too, for AWS prints some numbers so."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        message = say("Write a whole number from {least} to {most}.", least=least, most=most)
        raise RuleError(path, message)
    return value


def refuse_unknown(value: Object, path: Path, known: Iterable[str]) -> None:
    names = tuple(known)
    for key in value:
        if key not in names:
            fitting = next((name for name in names if name.lower() == key.lower()), "")
            message = (
                say("Write {name}: capital letters count.", name=fitting)
                if fitting
                else say("There is no {key} here. Known: {names}.", key=key, names=listed(names))
            )
            raise RuleError((*path, key), message, at_key=True)


def listed(names: Iterable[str]) -> str:
    return joined(names, ", ")


def needed(value: Object, path: Path, key: str) -> Any:
    if key not in value:
        raise RuleError(path, say("{key} is missing here.", key=key))
    return value[key]
