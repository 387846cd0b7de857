"""What a word that somebody typed may stand for: words of the indexes, and how much each counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lessons.searching.index import Index
from lessons.searching.words import stem

EXACT, NUMBER, FORM, BEGUN, MISTYPED = 1.0, 0.9, 0.7, 0.3, 0.5
HALF_A_WORD = 3  # letters, at least, of two words that were written as one

Terms = tuple[tuple[str, float], ...]  # words of an index, and how much each counts
Place = tuple[int, int]  # which index, and which page of it


@dataclass(frozen=True, slots=True)
class Meaning:
    terms: Terms
    typed: str
    is_guess: bool = False  # no page has the word as it was typed
    halves: tuple[Terms, ...] = ()  # a page that has both will do as well

    @property
    def word(self) -> str:
        """What was looked for, first of all."""
        return self.terms[0][0] if self.terms and self.is_guess else self.typed

    def pages(self, indexes: Sequence[Index]) -> dict[Place, float]:
        found = weights(self.terms, indexes)
        both = [weights(half, indexes) for half in self.halves]
        for place in set[Place]().union(*both).intersection(*both):
            weight = FORM * min(half[place] for half in both)
            found[place] = found.get(place, 0) + weight
        return found


def weights(terms: Terms, indexes: Sequence[Index]) -> dict[Place, float]:
    found: dict[Place, float] = {}
    for which, index in enumerate(indexes):
        for term, counts in terms:
            for page, weight in index.pages(term).items():
                found[which, page] = found.get((which, page), 0) + counts * weight
    return found


def meanings_of(word: str, indexes: Sequence[Index], *, is_typed: bool) -> list[Meaning]:
    """One for each word that is meant; `is_typed`: there may be more of it to come. What begins no
    more than a longer name may be two words all the same: "healthcheck", and HealthCheckPath."""
    begun = beginning(word, indexes) if is_typed else ()
    exact = written(word, indexes)
    if begun and not exact and (both := halves(word, indexes)):
        return [Meaning((*half, *begun), word, is_guess=True) for half in both]
    if terms := (*exact, *begun):
        return [Meaning(terms, word)]
    return guesses(word, indexes)


def written(word: str, indexes: Iterable[Index]) -> Terms:
    one_or_many = word.removesuffix("s") if word.endswith("s") else f"{word}s"
    forms = ((word, EXACT), (one_or_many, NUMBER), (f"~{stem(word)}", FORM))
    return tuple(one for one in forms if any(one[0] in index for index in indexes))


def beginning(word: str, indexes: Iterable[Index]) -> Terms:
    longer = (one for index in indexes for one in index.beginning_with(word))
    return tuple((one, BEGUN) for one in dict.fromkeys(longer) if one not in (word, f"{word}s"))


def guesses(word: str, indexes: Sequence[Index]) -> list[Meaning]:
    """Two words that were written as one, another one with a slip, or none."""
    if both := halves(word, indexes):
        return [Meaning(half, word, is_guess=True) for half in both]
    return [mistyped(word, indexes)]


def halves(word: str, indexes: Sequence[Index]) -> list[Terms]:
    """Two words that stand in the index, written as one; or nothing."""
    for end in range(HALF_A_WORD, len(word) - HALF_A_WORD + 1):
        both = [written(half, indexes) for half in (word[:end], word[end:])]
        if all(half and half[0][1] == EXACT for half in both):
            return both
    return []


def mistyped(word: str, indexes: Sequence[Index]) -> Meaning:
    near = dict.fromkeys(one for index in indexes for one in index.near(word))
    terms = [(term, MISTYPED * counts) for one in near for term, counts in written(one, indexes)]
    return Meaning(tuple(dict(terms).items()), word, is_guess=True)
