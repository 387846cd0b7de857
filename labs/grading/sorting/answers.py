"""Reads how a learner sorted: a line for each item, `item: box`, or JSON of the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError, Position
from labs.grading.names.exercise.answers import NONE, SHOWN, TWICE, Item, read_names
from labs.grading.said import filled, say


@dataclass(frozen=True, slots=True)
class Choice:
    """`box` as it was typed; "" where none is filled in."""

    box: str
    at: Position


Answer = Mapping[str, Choice]


def read_choices(text: str) -> dict[str, Choice]:
    """Item, as it was typed → its box. AnswerError names line and column: an item that is there
    twice, more than one value behind an item, and what is no such line."""
    found: dict[str, Choice] = {}
    seen: set[str] = set()
    for name, item in read_names(text, TWICE).items():
        if plain(name) in seen:
            raise AnswerError(filled(TWICE, name=name[:SHOWN]), *item.at)
        seen.add(plain(name))
        found[name] = read_choice(name, item)
    return found


def read_choice(name: str, item: Item) -> Choice:
    for part, given in item.parts.items():
        if part:
            message = say("Write one box behind “{item}:”, in the same line.", item=name[:SHOWN])
            raise AnswerError(message, *given.at)
    box = item.parts.get("")
    return Choice(box.text, box.at) if box else Choice("", item.at)


def plain(name: str) -> str:
    """Capitals, hyphens and a plural mean nothing: “Spot Instances” is “spot-instance”."""
    words = name.lower().replace("-", " ").replace("_", " ").split()
    return " ".join(word.removesuffix("s") or word for word in words)


def is_nothing(name: str) -> bool:
    """Would it be read as a box that is not filled in?"""
    return name.strip().lower() in {"", *NONE}
