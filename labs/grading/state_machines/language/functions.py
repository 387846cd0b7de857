"""What the intrinsic functions do.

Source: Amazon States Language, "Appendix B: List of Intrinsic Functions"; Step Functions Developer
Guide, "Intrinsic functions for JSONPath". Left out are those whose result is another each time
(States.UUID, States.MathRandom) and States.Hash.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence

from labs.grading.state_machines.language.values import (
    Json,
    is_number,
    same,
    weight,
    written,
)

LONGEST_TEXT = 4_000
HEAVY = 500  # of what a function walks through
MOST_UNIQUE = 100
MOST_ITEMS = 1_000  # of States.ArrayRange
ESCAPED = re.compile(r"\\([{}\\'])|(\{\})")
MOST_DIGITS = 40


class IntrinsicError(Exception):
    """The arguments are none that the function takes: States.IntrinsicFailure."""


def need(holds: bool, words: str) -> None:
    if not holds:
        raise IntrinsicError(words)


def a_list(value: Json) -> list[Json]:
    need(isinstance(value, list), "not an array")
    found: list[Json] = value
    return found


def a_text(value: Json) -> str:
    need(isinstance(value, str) and len(value) <= LONGEST_TEXT, "not a text")
    return str(value)


def a_whole(value: Json) -> int:
    """Fractions are rounded, as the guide says of MathAdd."""
    need(is_number(value) and math.isfinite(value) and abs(value) < 2**53, "not a number")
    whole: int = math.floor(value + 0.5)
    return whole


def format_text(template: Json, *values: Json) -> str:
    """Every `{}` takes the next value; `\\{` is a brace."""
    words = a_text(template)
    places = sum(found[2] is not None for found in ESCAPED.finditer(words))
    need(places == len(values), "as many arguments as {}")
    texts = iter([shown(value) for value in values])
    need(sum(weight(value) for value in values) <= HEAVY, "too long")
    return ESCAPED.sub(lambda found: found[1] or next(texts), words)


def shown(value: Json) -> str:
    need(weight(value, HEAVY) <= HEAVY, "too long")
    return value if isinstance(value, str) else written(value)


def string_to_json(text: Json) -> Json:
    try:
        value: Json = json.loads(a_text(text), parse_constant=no_constant, parse_int=whole_number)
    except (ValueError, RecursionError):
        raise IntrinsicError("not JSON") from None
    return value


def whole_number(digits: str) -> int:
    need(len(digits) <= MOST_DIGITS, "too long a number")
    return int(digits)


def no_constant(word: str) -> Json:
    raise IntrinsicError(word)


def json_to_string(value: Json) -> str:
    need(weight(value, HEAVY) <= HEAVY, "too long")
    return written(value)


def partition(items: Json, size: Json) -> list[Json]:
    whole, count = a_list(items), a_whole(size)
    need(count > 0, "a size that is not above 0")
    return [whole[at : at + count] for at in range(0, len(whole), count)]


def contains(items: Json, value: Json) -> bool:
    need(weight(items, HEAVY) <= HEAVY and weight(value, HEAVY) <= HEAVY, "too long")
    return any(same(one, value) for one in a_list(items))


def number_range(first: Json, last: Json, step: Json) -> list[Json]:
    start, end, by = a_whole(first), a_whole(last), a_whole(step)
    need(by != 0 and abs(end - start) // abs(by) < MOST_ITEMS, "no step, or too many numbers")
    return list(range(start, end + (1 if by > 0 else -1), by))


def get_item(items: Json, index: Json) -> Json:
    need(0 <= a_whole(index) < len(a_list(items)), "an index outside the array")
    return items[a_whole(index)]


def unique(items: Json) -> list[Json]:
    need(weight(items, MOST_UNIQUE) <= MOST_UNIQUE, "too long")
    found: list[Json] = []
    for one in a_list(items):
        if not any(same(one, other) for other in found):
            found.append(one)
    return found


def merge(one: Json, other: Json, deep: Json) -> Json:
    """The second wins. AWS has the shallow merge only."""
    need(isinstance(one, dict) and isinstance(other, dict), "not two objects")
    need(deep is False, "only false is supported as the third argument")
    return {**one, **other}


def split(text: Json, signs: Json) -> list[Json]:
    """At each of the signs; AWS leaves empty pieces out."""
    need(bool(a_text(signs)) and len(signs) < 100, "no separator")
    return [part for part in re.split(f"[{re.escape(signs)}]", a_text(text)) if part]


def encode(text: Json) -> str:
    return base64.b64encode(a_text(text).encode()).decode()


def decode(text: Json) -> str:
    try:
        return base64.b64decode(a_text(text).encode(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise IntrinsicError("not Base64 of a text") from None


# Name → the function, and how many arguments it takes (-1: one or more, or any number)
FUNCTIONS: Mapping[str, tuple[Callable[..., Json], int]] = {
    "States.Format": (format_text, -1),
    "States.StringToJson": (string_to_json, 1),
    "States.JsonToString": (json_to_string, 1),
    "States.Array": (lambda *values: list(values), -1),
    "States.ArrayPartition": (partition, 2),
    "States.ArrayContains": (contains, 2),
    "States.ArrayRange": (number_range, 3),
    "States.ArrayGetItem": (get_item, 2),
    "States.ArrayLength": (lambda items: len(a_list(items)), 1),
    "States.ArrayUnique": (unique, 1),
    "States.Base64Encode": (encode, 1),
    "States.Base64Decode": (decode, 1),
    "States.JsonMerge": (merge, 3),
    "States.MathAdd": (lambda one, other: a_whole(one) + a_whole(other), 2),
    "States.StringSplit": (split, 2),
}
LEFT_OUT = ("States.UUID", "States.MathRandom", "States.Hash")


def call(name: str, values: Sequence[Json]) -> Json:
    """IntrinsicError where the function does not take these values."""
    function, _count = FUNCTIONS[name]
    need(name != "States.Format" or bool(values), "no text")
    return function(*values)
