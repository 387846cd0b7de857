"""Items of a lab, made from its recipe: the same ones every time, and in no file.

Every draw is a hash of seed, place of the attribute and row: other names, and another attribute
behind the last, change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from labs.grading.errors import SpecError
from labs.grading.tables.expressions.scope import Item, Value
from labs.grading.toml_table import Table

PLACE = re.compile(r"\{(\w+)\}")
MOST_ITEMS, MOST_BYTES, MOST_ATTRIBUTES = 400, 20_000, 20
FILLER = "lorem ipsum "
MAKES = ("serial", "one-of", "many", "time", "number", "filler", "form")


@dataclass(frozen=True, slots=True)
class Attribute:
    """`only`: the other attributes and the values with which an item has this one. `twins`: rows
    that have the value of the row before."""

    name: str
    make: str
    texts: tuple[str, ...] = ()
    weights: tuple[int, ...] = ()
    form: str = ""
    least: int = 0
    most: int = 0
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    twins: tuple[int, ...] = ()

    def made(self, row: int, item: Item, draw: int) -> Value:
        match self.make:
            case "serial":
                return f"{self.form}{self.least + row}"
            case "one-of":
                return self.texts[weighed(draw, self.weights)]
            case "many":
                return f"{self.form}{self.least + draw % self.most:03}"
            case "time":
                return self.time(row, draw)
            case "number":
                return self.least + draw % (self.most - self.least + 1)
            case "filler":
                size = self.least + draw % (self.most - self.least + 1)
                return (FILLER * (size // len(FILLER) + 1))[:size]
        return filled_form(self.form, item)

    def time(self, row: int, draw: int) -> str:
        """Later in each row, by `least` minutes and a part of them."""
        start = datetime.fromisoformat(self.form)
        minutes = row * self.least + draw % max(1, self.least)
        return (start + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")

    def fits(self, item: Item) -> bool:
        return all(item.get(name) in values for name, values in self.only.items())


def filled_form(form: str, item: Item) -> str:
    """`{status}#{placedAt}` with the values of the item."""
    return PLACE.sub(lambda found: str(item.get(found[1], "")), form)


def drawn(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:6])


def weighed(draw: int, weights: Sequence[int]) -> int:
    left = draw % sum(weights)
    for number, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return number
    return len(weights) - 1


def made_items(attributes: Sequence[Attribute], count: int, seed: int) -> list[Item]:
    found: list[Item] = []
    for row in range(count):
        item: dict[str, Value] = {}
        for place, one in enumerate(attributes):
            if not one.fits(item):
                continue
            twin = row in one.twins and found and one.name in found[-1]
            draw = drawn(f"{seed}:{place}:{row}")
            item[one.name] = found[-1][one.name] if twin else one.made(row, item, draw)
        found.append(item)
    return found


def read_items(spec: Table) -> list[Item]:
    """`[[spec.items]]`: kinds of items, each with its attributes."""
    seed = spec.number("seed", 1)
    found: list[Item] = []
    for number, kind in enumerate(spec.tables("items")):
        count = kind.number("count", least=1, most=MOST_ITEMS)
        attributes = [read_attribute(one) for one in kind.tables("attributes")]
        if not 0 < len(attributes) <= MOST_ATTRIBUTES:
            raise kind.error("attributes", f"are 1 to {MOST_ATTRIBUTES}")
        found += made_items(attributes, count, seed + number)
    if not 0 < len(found) <= MOST_ITEMS:
        raise SpecError(f"lab.toml: spec.items: are 1 to {MOST_ITEMS} together")
    return found


def read_attribute(table: Table) -> Attribute:
    texts = table.texts("values")
    make = table.text("make", choices=MAKES)
    made = Attribute(
        table.text("name"),
        make,
        texts,
        read_weights(table, len(texts)),
        table.text("form", ""),
        table.number("least", 1, most=MOST_BYTES),
        table.number("most", 1, least=1, most=MOST_BYTES),
        read_only(table),
        tuple(int(one) for one in table.get("twins", list, "a list of rows", [])),
    )
    if make == "one-of" and not texts:
        raise table.error("values", "are missing")
    if make in ("number", "filler") and made.least > made.most:
        raise table.error("most", "is less than least")
    if make == "time":
        judge_time(table, made.form)
    return made


def read_weights(table: Table, count: int) -> tuple[int, ...]:
    weights = table.get("weights", list, "a list of numbers", [1] * count)
    sound = all(isinstance(one, int) and one > 0 for one in weights)
    if len(weights) != count or not sound:
        raise table.error("weights", "are not one number for each value")
    return tuple(weights)


def read_only(table: Table) -> Mapping[str, Sequence[str]]:
    found = table.table("only")
    return {name: [str(one) for one in values] for name, values in found.items()}


def judge_time(table: Table, form: str) -> None:
    try:
        datetime.fromisoformat(form)
    except ValueError:
        raise table.error("form", "is no time such as 2026-10-01T08:00") from None
