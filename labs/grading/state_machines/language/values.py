"""JSON values as the language compares, weighs and writes them."""

from __future__ import annotations

import json
from typing import Any

Json = Any  # 3.11 has no recursive alias that mypy accepts

HEAVIEST = 6_000  # parts and tens of characters that a state may pass on; AWS: 256 KiB


def same(one: Json, other: Json) -> bool:
    """Equal as JSON: `true` is not 1, and 1 is 1.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def within(part: Json, whole: Json) -> bool:
    """Does an object have at least these members? Everything else must be the same, and nothing is
    asked by an empty object."""
    if part == {}:
        return True
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and within(part[key], whole[key]) for key in part)
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(map(within, part, whole))
    return same(part, whole)


def weight(value: Json, most: int = HEAVIEST) -> int:
    """How much a value is, counted no further than a little beyond `most`: a value that holds
    itself many times over would never be counted to its end."""
    total, waiting = 0, [value]
    while waiting and total <= most:
        one = waiting.pop()
        total += 1
        if isinstance(one, str):
            total += len(one) // 10
        elif isinstance(one, dict):
            total += sum(len(key) // 10 for key in one)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return total


def is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def written(value: Json) -> str:
    """In one line, without spaces, as `States.JsonToString` has it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def readable(value: Json, longest: int = 160) -> str:
    """For a sentence."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= longest else text[:longest] + "…"
