"""What names and values of an expression stand for, and whether an item is one that it means."""

from __future__ import annotations

import operator as operators
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from labs.grading.tables.expressions.nodes import (
    Among,
    Between,
    Both,
    Call,
    Comparison,
    Either,
    Field,
    Given,
    Node,
    Not,
    Operand,
)

Value = str | int | float | bool | None
Item = Mapping[str, Value]
MISSING = object()  # no such attribute; null is a value
SortKey = tuple[float, bytes]
ORDERS: Mapping[str, Callable[[SortKey, SortKey], bool]] = {
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}
TYPES: tuple[tuple[type, str], ...] = ((bool, "BOOL"), (str, "S"), (int, "N"), (float, "N"))


def type_of(value: object) -> str:
    """As AWS writes it: S, N, BOOL or NULL."""
    return next((name for kind, name in TYPES if isinstance(value, kind)), "NULL")


@dataclass(frozen=True, slots=True)
class Scope:
    """`names`: #n → attribute, `values`: :v → value. A name without # stands for itself."""

    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> str:
        return self.names.get(name, name)

    def value(self, operand: Operand, item: Item) -> object:
        if isinstance(operand, Given):
            return self.values[operand.name]
        if isinstance(operand, Field):
            return item.get(self.attribute(operand.name), MISSING)
        found = item.get(self.attribute(operand.of.name), MISSING)
        return len(found) if isinstance(found, str) else MISSING

    def holds(self, node: Node, item: Item) -> bool:
        """Is the item one that the expression means?

        Values of different types are never equal, and none is less than the other. What is missing
        is different from everything.

        Source: DynamoDB Developer Guide, "Condition and filter expressions, operators, and
        functions".
        """
        match node:
            case Both(parts):
                return all(self.holds(one, item) for one in parts)
            case Either(parts):
                return any(self.holds(one, item) for one in parts)
            case Not(part):
                return not self.holds(part, item)
            case Comparison(operator, left, right):
                return compared(operator, self.value(left, item), self.value(right, item))
            case Between() | Among():
                return self.within(node, item)
            case Call():
                return self.called(node, item)

    def within(self, node: Between | Among, item: Item) -> bool:
        here = self.value(node.of, item)
        if isinstance(node, Among):
            return any(compared("=", here, self.value(one, item)) for one in node.options)
        first, last = self.value(node.low, item), self.value(node.high, item)
        return compared(">=", here, first) and compared("<=", here, last)

    def called(self, call: Call, item: Item) -> bool:
        here = self.value(call.of, item)
        if call.function in ("attribute_exists", "attribute_not_exists"):
            return (here is MISSING) == (call.function == "attribute_not_exists")
        value = self.value(call.value, item) if call.value else MISSING
        if call.function == "attribute_type":
            return here is not MISSING and type_of(here) == value
        if not (isinstance(here, str) and isinstance(value, str)):
            return False
        return here.startswith(value) if call.function == "begins_with" else value in here


def compared(operator: str, left: object, right: object) -> bool:
    same = MISSING not in (left, right) and type_of(left) == type_of(right)
    if operator == "<>":
        return not same or left != right
    if not same:
        return False
    if operator == "=":
        return left == right
    if type_of(left) not in ("S", "N"):
        return False
    return ORDERS[operator](sort_key(left), sort_key(right))


def sort_key(value: object) -> SortKey:
    """Texts go by the bytes of their UTF-8, numbers by their value.

    Source: DynamoDB Developer Guide, "Query operations".
    """
    if isinstance(value, str):
        return 0.0, value.encode("utf-8", "surrogatepass")
    return (float(value), b"") if isinstance(value, int | float) else (0.0, b"")
