"""Units of quantities and prices, and what one has to be multiplied by to become another.

A month has 730 hours, as AWS counts it (AWS Pricing Calculator), and a gigabyte 1,024 megabytes, as
AWS's GB-seconds and GB-months mean it (AWS Lambda Pricing; Amazon EBS Pricing). Words that are no
measure (`address`, `request`) convert into nothing but themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

HOURS_OF_A_MONTH = 730.0
MEASURES: Mapping[str, Mapping[str, float]] = {
    "time": {
        "ms": 1 / 3_600_000,
        "second": 1 / 3600,
        "minute": 1 / 60,
        "hour": 1.0,
        "day": 24.0,
        "month": HOURS_OF_A_MONTH,
        "year": 12 * HOURS_OF_A_MONTH,
    },
    "size": {"kb": 1 / 1024**2, "mb": 1 / 1024, "gb": 1.0, "tb": 1024.0},
}
NUMBERS: Mapping[str, float] = {"thousand": 1e3, "million": 1e6, "%": 0.01}
ALIASES = {
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "mo": "month",
    "yr": "year", "millisecond": "ms", "msec": "ms", "kib": "kb", "mib": "mb", "gib": "gb",
    "tib": "tb", "usd": "$", "us$": "$", "dollar": "$", "percent": "%", "req": "request",
    "m": "million", "mio": "million", "k": "thousand", "sekunde": "second", "sekunden": "second",
    "stunde": "hour", "stunden": "hour", "monat": "month", "monate": "month", "jahr": "year",
    "prozent": "%", "tag": "day", "tage": "day",
}  # fmt: skip
SHORT = ("ms", "s", "address", "kbs")
DIVIDES = re.compile(r"/|\bper\b|\ban?\b|\bpro\b|\bin\b|\bim\b|\beach\b|\bevery\b", re.IGNORECASE)
MOST_WORDS = 8
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """`$/GB-month`: above `$`, below `gb` and `month`."""

    above: tuple[str, ...]
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """Of one word of a unit: what a number is multiplied by. `to` is "" for a number's name."""

    word: str
    to: str
    factor: float


def read_unit(text: str) -> Unit:
    """`$/GB-month`, `GB-seconds`, `USD per month`. ValueError where it cannot be one."""
    above, *below = DIVIDES.split(text[:LONGEST])
    words = [words_of(above), [word for part in below for word in words_of(part)]]
    if len(words[0]) + len(words[1]) > MOST_WORDS or len(text) > LONGEST:
        raise ValueError(f"{text[:LONGEST]!r} is no unit")
    return Unit(tuple(words[0]), tuple(words[1]))


def words_of(text: str) -> list[str]:
    return [plain(word) for word in re.split(r"[-\s*·×()]+", text.lower()) if word.strip(".,;")]


def plain(word: str) -> str:
    """Singular, and one word for one thing."""
    word = word.strip(".,;")
    if word not in SHORT and len(word) > 2 and word.endswith("s"):
        word = word[:-1]
    return ALIASES.get(word, word)


def conversions(
    units: Iterable[Unit], over: Iterable[Unit], target: Unit
) -> tuple[Conversion, ...]:
    """What the product of `units`, divided by that of `over`, has to be multiplied by to be in
    `target`. ValueError where they do not fit."""
    over = [*over, target]
    units = list(units)
    above = [word for unit in units for word in unit.above]
    above += [word for unit in over for word in unit.below]
    below = [word for unit in units for word in unit.below]
    below += [word for unit in over for word in unit.above]
    cancel(above, below)
    found = [*of_numbers(above, below)]
    for name, sizes in MEASURES.items():
        found += of_measure(name, sizes, above, below)
    left = [word for word in (*above, *below) if not is_measured(word)]
    if left:
        raise ValueError(f"{left[0]!r} is left over")
    return tuple(found)


def cancel(above: list[str], below: list[str]) -> None:
    for word in list(above):
        if word in below:
            above.remove(word)
            below.remove(word)


def of_numbers(above: Sequence[str], below: Sequence[str]) -> Iterator[Conversion]:
    yield from (Conversion(word, "", NUMBERS[word]) for word in above if word in NUMBERS)
    yield from (Conversion(word, "", 1 / NUMBERS[word]) for word in below if word in NUMBERS)


def of_measure(
    name: str, sizes: Mapping[str, float], above: Sequence[str], below: Sequence[str]
) -> Iterator[Conversion]:
    tops = [word for word in above if word in sizes]
    bottoms = [word for word in below if word in sizes]
    if len(tops) != len(bottoms):
        raise ValueError(f"a unit of {name} is left over")
    for top, bottom in zip(tops, bottoms, strict=True):
        yield Conversion(top, bottom, sizes[top] / sizes[bottom])


def is_measured(word: str) -> bool:
    return word in NUMBERS or any(word in sizes for sizes in MEASURES.values())


def factor_between(given: Unit, target: Unit) -> float:
    """What an amount in `given` is multiplied by to be in `target`. ValueError where it cannot."""
    product = 1.0
    for one in conversions([given], [], target):
        product *= one.factor
    return product
