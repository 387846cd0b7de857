"""A generator draws tasks without end: a seed and a level make a question's table, as an author
would have written it, with every answer worked out by an engine and proven to be the only one."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Protocol, TypeVar

from labs.grading.errors import SpecError
from labs.grading.quiz.posing import chance_of

MOST_TRIES = 400
LARGEST_SEED = 2**31 - 1

Drawing = dict[str, Any]  # a question's table without its head
Found = TypeVar("Found")


class Generator(Protocol):
    @property
    def NAME(self) -> str: ...  # in addresses and rows: never changed
    @property
    def TITLE(self) -> str: ...
    @property
    def SECTION(self) -> str: ...  # slug of the heading that teaches it
    @property
    def CODES(self) -> tuple[str, ...]: ...  # of labs' findings that it exercises

    # By the seed and the level alone.
    def draw(self, chance: Random, level: int) -> Drawing: ...


def table_of(generator: Generator, seed: int, level: int) -> Drawing:
    """Everything of a question, as `reading.py` reads it."""
    chance = chance_of(seed * 4 + level)
    head = {"section": generator.SECTION, "slug": generator.NAME, "level": level}
    return head | generator.draw(chance, level)


def first_fair(make: Callable[[], Found | None]) -> Found:
    """What is drawn until it is fair. That none is would be a generator's mistake."""
    for _number in range(MOST_TRIES):
        if (found := make()) is not None:
            return found
    raise SpecError(f"nothing fair was drawn in {MOST_TRIES} tries")


def option(text: str, reason: str, *, right: bool = False) -> Drawing:
    return {"text": text, "reason": reason, "right": right}


def fenced(text: str) -> str:
    return f"```\n{text.strip()}\n```"


def changed_lines(text: str, other: str) -> list[int]:
    """The numbers of the lines that differ; none where one text has more of them."""
    mine, theirs = text.strip().split("\n"), other.strip().split("\n")
    if len(mine) != len(theirs):
        return []
    pairs = enumerate(zip(mine, theirs, strict=True), start=1)
    return [number for number, (one, changed) in pairs if one != changed]
