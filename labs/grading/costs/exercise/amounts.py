"""Amounts as learners write them: `12.34`, `$1,234.56`, `600,000 GB-seconds`, `12,34 USD a month`.

A currency sign and thousands separators are forgiven; so is a decimal comma. What could be either
keeps both readings. AnswerError, with its place, for what is no number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.costs.formula.units import LONGEST, Unit, read_unit
from labs.grading.errors import AnswerError, Position
from labs.grading.names.exercise.answers import SHOWN, Given, read_names
from labs.grading.said import say

LARGEST = 1e15
LONGEST_NUMBER = 30
AMOUNT = re.compile(
    r"(?:about |ca\. |[~≈=] ?)?(?:US ?)?\$? ?([0-9](?:[0-9.,'’_ ]*[0-9])?|[.,][0-9]+)(.*)",
    re.DOTALL | re.ASCII,
)
SUM = re.compile(r"[*+×(]|[/÷x-] ?[0-9]")
GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Amount:
    text: str
    readings: tuple[float, ...]
    unit: Unit | None  # None where none is written
    at: Position


Amounts = Mapping[str, Amount]


def read_amounts(text: str) -> dict[str, Amount]:
    """Name → amount. What has nothing behind its colon is left out."""
    found: dict[str, Amount] = {}
    for name, item in read_names(text).items():
        if inner := [part for part in item.parts if part]:
            words = say("“{name}” is one amount, without parts.", name=name[:SHOWN])
            raise AnswerError(words, *item.parts[inner[0]].at)
        given = item.parts.get("")
        if given and given.text:
            found[plain(name)] = read_amount(given)
    return found


def plain(name: str) -> str:
    """`Break even` and `break_even` are `break-even`."""
    return re.sub(r"[ _-]+", "-", name.strip().lower())


def read_amount(given: Given) -> Amount:
    text = given.text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    match = AMOUNT.fullmatch(text)
    if not match:
        words = say("“{text}” is no amount. Write a number, such as 12.34.", text=text[:SHOWN])
        raise AnswerError(words, *given.at)
    number, rest = match[1], match[2].strip()
    if SUM.match(rest):
        raise AnswerError(say("Write the result here, not the calculation."), *given.at)
    readings = numbers_of(number)
    if not readings or len(number) > LONGEST_NUMBER or max(readings) > LARGEST:
        words = say("“{text}” is no amount. Write a number, such as 12.34.", text=text[:SHOWN])
        raise AnswerError(words, *given.at)
    return Amount(given.text[:SHOWN], readings, unit_of(rest, given.at), given.at)


def unit_of(rest: str, at: Position) -> Unit | None:
    try:
        return read_unit(rest) if rest else None
    except ValueError:
        words = say("“{text}” is no unit.", text=rest[: min(LONGEST, SHOWN)])
        raise AnswerError(words, *at) from None


def numbers_of(text: str) -> tuple[float, ...]:
    """What the digits can mean; nothing where they mean nothing."""
    plain = re.sub(r"[ '’_]", "", text)
    if "," not in plain:
        forms = [plain] if plain.count(".") < 2 else [plain.replace(".", "")]
    elif "." in plain:
        is_english = plain.rindex(".") > plain.rindex(",")
        english, german = plain.replace(",", ""), plain.replace(".", "").replace(",", ".")
        forms = [english if is_english else german]
    else:
        decimal = [plain.replace(",", ".")] if plain.count(",") == 1 else []
        forms = [plain.replace(",", ""), *decimal] if GROUPS.fullmatch(plain) else decimal
    return tuple(float(form) for form in forms if form.count(".") < 2)
