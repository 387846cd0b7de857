"""What an expression is made of. A name is `status` or `#s`, a value `:v`: what they stand for is
said beside the expression (`labs.grading.tables.expressions.scope`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute as it is written: `status`, or `#s`."""

    name: str


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it is written: `:v`."""

    name: str


@dataclass(frozen=True, slots=True)
class Size:
    of: Field


Operand = Field | Given | Size


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: str  # = <> < <= > >=
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Between:
    """Both ends belong to it."""

    of: Operand
    low: Operand
    high: Operand


@dataclass(frozen=True, slots=True)
class Among:
    of: Operand
    options: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    of: Field
    value: Operand | None = None


@dataclass(frozen=True, slots=True)
class Both:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node = Comparison | Between | Among | Call | Both | Either | Not


def operands(node: Node) -> Iterator[Operand]:
    """Every name, value and size in it, from left to right."""
    match node:
        case Comparison(_, left, right):
            yield from (left, right)
        case Between(of, low, high):
            yield from (of, low, high)
        case Among(of, options):
            yield from (of, *options)
        case Call(_, field, value):
            yield from (field,) if value is None else (field, value)
        case Not(part):
            yield from operands(part)
        case Both(parts) | Either(parts):
            for one in parts:
                yield from operands(one)


def names(node: Node) -> Iterator[str]:
    """The attributes in it, as they are written."""
    for one in operands(node):
        field = one.of if isinstance(one, Size) else one
        if isinstance(field, Field):
            yield field.name


def values(node: Node) -> Iterator[str]:
    return (one.name for one in operands(node) if isinstance(one, Given))
