"""How many slips of a finger are between two words: a letter too much, one missing, another one,
or two that changed places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FEW, SOME, MOST = 4, 8, 24  # letters of a word in which one, and two, slips are still that word


def most_typos(word: str) -> int:
    if not (word.isalpha() and FEW <= len(word) <= MOST):
        return 0
    return 1 if len(word) < SOME else 2


def letters_of(word: str) -> int:
    """Which letters are in it, as bits: a slip changes two of them at most."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


@dataclass(frozen=True, slots=True)
class Typed:
    word: str
    most: int

    def nearest(self, words: Iterable[tuple[int, str]]) -> list[str]:
        """Other words. Most are ruled out by their length and letters; the others are compared."""
        own, length, most = letters_of(self.word), len(self.word), self.most
        near = [
            (slips(self.word, word, most), word)
            for letters, word in words
            if abs(len(word) - length) <= most
            and (letters ^ own).bit_count() <= 2 * most
            and len(word) >= FEW
            and word != self.word
        ]
        least = min((count for count, _word in near), default=most + 1)
        return [word for count, word in near if count == least <= most]


def slips(one: str, other: str, most: int) -> int:
    """The fewest between the two, or more than `most`."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row] + [0] * len(other)
        for column, beside in enumerate(other, 1):
            least = min(
                last[column] + 1, now[-1 + column] + 1, last[column - 1] + (letter != beside)
            )
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == beside:
                least = min(least, before[column - 2] + 1)
            now[column] = least
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]
