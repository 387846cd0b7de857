"""What one entry of a filter's list asks of a value.

Sources: Amazon EventBridge User Guide, "Comparison operators for use in event patterns"; Amazon SNS
Developer Guide, "Filter policy constraints", "String value matching", "Numeric value matching" and
"Key matching". Values are text, numbers, true, false or null; they are of different kinds, so that
the text "5" is not the number 5.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import eq, ge, gt, le, lt

from labs.grading.wildcards.globs import Glob, Token

Value = str | int | float | bool | None
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "=": eq,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def kind_of(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if value is None:
        return "null"
    return "text" if isinstance(value, str) else "number"


def same(one: Value, other: Value) -> bool:
    return kind_of(one) == kind_of(other) and one == other


@dataclass(frozen=True, slots=True)
class Exact:
    value: Value

    def holds(self, value: Value) -> bool:
        return same(self.value, value)


@dataclass(frozen=True, slots=True)
class Texts:
    """A prefix, a suffix, a wildcard, or text whose case does not count: `tokens` are literal text
    and runs of any characters."""

    tokens: tuple[Token, ...]
    ignore_case: bool = False

    def holds(self, value: Value) -> bool:
        if not isinstance(value, str):
            return False
        if not self.ignore_case:
            return compiled(self.tokens).matches(value)
        lowered = tuple(one.lower() if isinstance(one, str) else one for one in self.tokens)
        return compiled(lowered).matches(value.lower())


@lru_cache(maxsize=1024)
def compiled(tokens: tuple[Token, ...]) -> Glob:
    return Glob(tokens)


@dataclass(frozen=True, slots=True)
class Numeric:
    """Every comparison holds: `(">", 0), ("<=", 5)`."""

    comparisons: tuple[tuple[str, float], ...]

    def holds(self, value: Value) -> bool:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return all(COMPARED[sign](value, number) for sign, number in self.comparisons)


@dataclass(frozen=True, slots=True)
class Block:
    network: Network

    def holds(self, value: Value) -> bool:
        address = address_of(value)
        return address is not None and address in self.network


def address_of(value: Value) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if not isinstance(value, str) or len(value) > 45:
        return None
    try:
        return ipaddress.ip_address(value)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class AnythingBut:
    """The value is there, and is none of these."""

    tests: tuple[Exact | Texts, ...]

    def holds(self, value: Value) -> bool:
        return not any(test.holds(value) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Exists:
    wanted: bool

    def holds(self, value: Value) -> bool:
        return self.wanted


Matcher = Exact | Texts | Numeric | Block | AnythingBut | Exists


def any_holds(matchers: Sequence[Matcher], values: Sequence[Value]) -> bool:
    """`values`: what a field has, none where it is absent. An array matches where any of its
    elements does; an absent field matches "exists": false alone."""
    if not values:
        return any(isinstance(one, Exists) and not one.wanted for one in matchers)
    return any(one.holds(value) for one in matchers for value in values)
