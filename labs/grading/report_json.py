"""Dataclasses as JSON and back: fields that hold their default are left out, and what was said
keeps its template and parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

from labs.grading.said import Said

T = TypeVar("T")
SAID = {"say", "with"}
SCALARS = frozenset({str, int, float, bool, NoneType})


def to_json(value: Any) -> Any:
    kind = type(value)
    return value if kind in SCALARS else writer_of(cast("Any", kind))(value)


@cache
def writer_of(kind: Any) -> Callable[[Any], Any]:
    """A report is made of thousands of parts of a few classes."""
    if issubclass(kind, str):
        return said_as_json if issubclass(kind, Said) else itself
    if is_dataclass(kind):
        return fields_as_json
    if issubclass(kind, Mapping):
        return mapping_as_json
    return list_as_json if issubclass(kind, list | tuple) else itself


def itself(value: Any) -> Any:
    return value


def mapping_as_json(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: to_json(item) for name, item in value.items()}


def list_as_json(value: Sequence[Any]) -> list[Any]:
    return [to_json(item) for item in value]


def fields_as_json(value: Any) -> dict[str, Any]:
    found = {}
    for name, default in defaults_of(cast("Any", type(value))):
        item = getattr(value, name)
        if item is not default and item != default:
            found[name] = to_json(item)
    return found


@cache
def defaults_of(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((one.name, default_of(one)) for one in fields(kind))


def said_as_json(value: Said) -> Any:
    """A text without parts is its own template."""
    return part_as_json(value) if value.parts else str(value)


def part_as_json(value: str) -> Any:
    """What was said and what is only a name or a number stay apart."""
    if not isinstance(value, Said):
        return value
    parts = {name: part_as_json(part) for name, part in value.parts.items()}
    return {"say": value.template, "with": parts}


def default_of(one: Field[Any]) -> Any:
    if one.default_factory is not MISSING:
        return one.default_factory()
    return one.default


class Shape(NamedTuple):
    """What `restored` needs of an annotation: the class to be made, if any, whether of many a tuple
    of them, and whether it is an enumeration."""

    made: Any
    is_tuple: bool
    is_enumeration: bool


UNKNOWN = Shape(None, False, False)


def from_json(kind: type[T], data: Mapping[str, Any]) -> T:
    """The dataclass that `to_json` wrote. TypeError when a field is missing or unknown."""
    shapes = shapes_of(cast("Any", kind))
    return kind(**{name: restored(shapes.get(name, UNKNOWN), item) for name, item in data.items()})


@cache
def shapes_of(kind: Any) -> dict[str, Shape]:
    return {name: shape_of(hint) for name, hint in get_type_hints(kind).items()}


def shape_of(hint: Any) -> Shape:
    made = made_of(hint)
    is_tuple = tuple in (get_origin(hint), get_origin(first_of(hint)))
    return Shape(made, is_tuple, made is not None and issubclass(made, Enum))


def text_from_json(value: Any) -> str:
    """A text, or what was said."""
    text: str = restored(UNKNOWN, value)
    return text


def restored(shape: Shape, value: Any) -> Any:
    """JSON as the annotation says: dataclasses, tuples and enumerations; else plain data."""
    made, is_tuple, is_enumeration = shape
    if isinstance(value, dict):
        return restored_object(made, value)
    if isinstance(value, list):
        one = shape._replace(is_tuple=False) if is_tuple else shape
        items = [plain(item) if made is None else restored(one, item) for item in value]
        return tuple(items) if is_tuple else items
    return made(value) if is_enumeration else value


def plain(value: Any) -> Any:
    return value if type(value) in SCALARS else restored(UNKNOWN, value)


def restored_object(made: type | None, value: Mapping[str, Any]) -> Any:
    if value.keys() == SAID:
        return Said(value["say"], restored_items(value["with"]))
    return from_json(made, value) if made else restored_items(value)


def restored_items(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(item) for name, item in value.items()}


def made_of(hint: Any) -> type | None:
    """The class that JSON has to be made into: of `tuple[Finding, ...]` and `Finding | None` it is
    Finding."""
    return next((one for one in (*get_args(hint), hint) if is_made(one)), None)


def is_made(hint: Any) -> bool:
    return isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Enum))


def first_of(hint: Any) -> Any:
    """Of `X | None`: X."""
    return next((one for one in get_args(hint) if one is not NoneType), None)
