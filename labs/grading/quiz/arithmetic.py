"""What an author writes for a number: `2 ** (32 - prefix) - 5`. Exact, and nothing but arithmetic.

Written by authors and never by learners; bounded all the same, because a course may come from
somebody else.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from labs.grading.network.addresses.plan import RESERVED

Numbers = Mapping[str, Fraction]

LONGEST = 200  # characters of an expression
HIGHEST_POWER = 64
BIGGEST = Fraction(10) ** 24


class NoNumber(ValueError):
    """The expression is not arithmetic, or has no value. Says why."""


def hosts(prefix: Fraction) -> Fraction:
    """How many addresses of an IPv4 subnet AWS leaves to machines: it keeps the first four and the
    last one (Amazon VPC User Guide, "Subnet CIDR blocks"). NoNumber for a prefix that no subnet
    may have."""
    if prefix.denominator != 1 or not 16 <= prefix <= 28:
        raise NoNumber(f"a subnet is a /16 to a /28, not a /{written(prefix)}")
    return Fraction(2 ** (32 - int(prefix)) - RESERVED)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > HIGHEST_POWER:
        raise NoNumber(f"the exponent {written(exponent)} is no whole number up to {HIGHEST_POWER}")
    return Fraction(base ** int(exponent))


def rounded(number: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """A half is rounded up, as one does by hand; Python's own goes to the even neighbour."""
    scale = power(Fraction(10), places)
    return Fraction(math.floor(number * scale + Fraction(1, 2))) / scale


OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: power,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "ceil": math.ceil,
    "floor": math.floor,
    "round": rounded,
    "hosts": hosts,
}


def value_of(text: str, names: Numbers) -> Fraction:
    """The number that an expression stands for. NoNumber says what is wrong with it."""
    if len(text) > LONGEST:
        raise NoNumber(f"is longer than {LONGEST} characters")
    try:
        return evaluated(ast.parse(text.strip(), mode="eval").body, names)
    except (SyntaxError, RecursionError, MemoryError):
        raise NoNumber(f"{text!r} is not arithmetic") from None
    except ZeroDivisionError:
        raise NoNumber(f"{text!r} divides by zero") from None


def evaluated(node: ast.expr, names: Numbers) -> Fraction:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            number = Fraction(repr(node.value))
        case ast.Name(id=name) if name in names:
            number = names[name]
        case ast.Name(id=name):
            raise NoNumber(f"nothing is called {name!r}; there is {', '.join(names) or 'nothing'}")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            number = -evaluated(operand, names)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in OPERATORS:
            number = Fraction(OPERATORS[type(op)](evaluated(left, names), evaluated(right, names)))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            number = called(name, [evaluated(argument, names) for argument in args])
        case _:
            raise NoNumber(f"{ast.unparse(node)!r} is not arithmetic")
    if abs(number) > BIGGEST:
        raise NoNumber(f"{ast.unparse(node)!r} is too big")
    return number


def called(name: str, arguments: list[Fraction]) -> Fraction:
    try:
        return Fraction(FUNCTIONS[name](*arguments))
    except TypeError:
        raise NoNumber(f"{name} takes something else") from None


def written(number: Fraction) -> str:
    """As one writes it: `59`, `0.25`; what never ends is cut after six places."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.6f}".rstrip("0").rstrip(".")
