"""An index in memory: which pages hold a word, and which words are near one that none holds."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from lessons.searching.typos import Typed, letters_of, most_typos

BEGINNINGS = 200  # words that are looked at for one that is still being typed
SHORTEST = 2  # letters that say how a word begins


class Index:
    """Read from the text that `building.build` made. A line is taken apart when it is asked for:
    most never are."""

    def __init__(self, text: str) -> None:
        head, _end, lines = text.partition("\n")
        self.keys: list[str] = json.loads(head)
        self.lines = dict(line.split(" ", 1) for line in lines.split("\n") if line)

    def __contains__(self, word: str) -> bool:
        return word in self.lines

    def pages(self, word: str) -> dict[int, int]:
        """Number of the page → weight."""
        numbers = list(map(int, self.lines.get(word, "").split()))
        return dict(zip(numbers[::2], numbers[1::2], strict=True))

    @cached_property
    def words(self) -> list[str]:
        """As they are written, sorted."""
        return sorted(word for word in self.lines if "~" not in word and "_" not in word)

    def beginning_with(self, start: str) -> Iterator[str]:
        if len(start) < SHORTEST:
            return
        place = bisect_left(self.words, start)
        for word in self.words[place : place + BEGINNINGS]:
            if not word.startswith(start):
                return
            yield word

    @cached_property
    def letters(self) -> list[tuple[int, str]]:
        return [(letters_of(word), word) for word in self.words]

    def near(self, word: str) -> list[str]:
        """Words with the fewest typos between, if they are few enough; names with digits are exact
        or nothing."""
        if not (most := most_typos(word)):
            return []
        typed = Typed(word, most)
        return typed.nearest(self.letters)
