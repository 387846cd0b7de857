"""A question → pages, the best first.

Every word must be there, in any of its forms; the last one may still be typed. Only where no page
has them all, words are taken for two that are written as one, then for others that are nearly the
same; and where that does not help, pages that have more than half of them are better than nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lessons.searching.index import Index
from lessons.searching.meaning import Meaning, Place, halves, meanings_of, mistyped
from lessons.searching.words import pairs, stem

PAIR = 3.0


@dataclass(frozen=True, slots=True)
class Match:
    index: int
    key: str
    score: float


@dataclass(frozen=True)
class Answer:
    matches: list[Match]
    meanings: list[Meaning]
    is_partly: bool = False  # no page has every word

    def marks(self, word: str) -> bool:
        """Whether a word of a text is one that was looked for."""
        return word in self.terms or f"~{stem(word)}" in self.terms

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(term for meaning in self.meanings for term, _counts in meaning.terms)

    @property
    def guessed(self) -> dict[str, str]:
        """What was typed → what was looked for in its place."""
        found: dict[str, list[str]] = {}
        for meaning in self.meanings:
            if meaning.is_guess and meaning.terms:
                found.setdefault(meaning.typed, []).append(meaning.word)
        return {typed: " ".join(words) for typed, words in found.items()}


def answer(words: Sequence[str], indexes: Sequence[Index], most: int) -> Answer:
    if not (words and indexes):
        return Answer([], [])
    meanings = [
        meaning
        for place, word in enumerate(words, 1)
        for meaning in meanings_of(word, indexes, is_typed=place == len(words))
    ]
    if found := holding(meanings, indexes, len(meanings)):
        return Answer(best(found, indexes, most), meanings)
    for otherwise in (with_halves, with_slips):
        others = [otherwise(meaning, indexes) for meaning in meanings]
        if found := holding(others, indexes, len(others)):
            return Answer(best(found, indexes, most), others)
    found = holding(meanings, indexes, len(meanings) // 2 + 1)
    return Answer(best(found, indexes, most), meanings, is_partly=bool(found))


def with_halves(meaning: Meaning, indexes: Sequence[Index]) -> Meaning:
    """A word that is known may be two elsewhere: "healthcheck", an instruction of a Dockerfile."""
    if meaning.is_guess:
        return meaning
    return replace(meaning, halves=tuple(halves(meaning.typed, indexes)))


def with_slips(meaning: Meaning, indexes: Sequence[Index]) -> Meaning:
    """A word that is known may be another one with a slip all the same: "form" for "from"."""
    if meaning.is_guess:
        return meaning
    near = mistyped(meaning.typed, indexes)
    return replace(meaning, terms=tuple(dict([*near.terms, *meaning.terms]).items()))


def holding(
    meanings: Sequence[Meaning], indexes: Sequence[Index], least: int
) -> dict[Place, float]:
    """The pages that have so many of the words, and how well; a rare word says more."""
    pages = sum(len(index.keys) for index in indexes)
    scores: dict[Place, float] = {}
    number: dict[Place, int] = {}
    for meaning in meanings:
        held = meaning.pages(indexes)
        rarity = math.log(1 + pages / (1 + len(held)))
        for place, weight in held.items():
            scores[place] = scores.get(place, 0) + rarity * weight
            number[place] = number.get(place, 0) + 1
    enough = {place: score for place, score in scores.items() if number[place] >= least}
    return with_pairs(enough, meanings, indexes)


def with_pairs(
    scores: dict[Place, float], meanings: Sequence[Meaning], indexes: Sequence[Index]
) -> dict[Place, float]:
    """Words that stand side by side in a title as they were typed."""
    for pair in pairs([meaning.word for meaning in meanings]):
        for which, index in enumerate(indexes):
            for page, weight in index.pages(pair).items():
                if (which, page) in scores:
                    scores[which, page] += PAIR * weight
    return scores


def best(found: dict[Place, float], indexes: Sequence[Index], most: int) -> list[Match]:
    """Of equal ones those that come first in the course."""
    places = sorted(found, key=lambda place: (-found[place], place))[:most]
    return [Match(which, indexes[which].keys[page], found[which, page]) for which, page in places]
