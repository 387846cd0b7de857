"""Wrong answers that nobody had to write: the solution of a lab, broken in one place.

A kind says how its answers can be broken (`Breaker`); `labs.mutants` grades what comes of it. One
that scores 100 % is as good as the solution, or the lab asks too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

MOST_MUTANTS = 120  # of one answer


@dataclass(frozen=True, slots=True)
class Mutant:
    """`name` says what was done, the same in every run: explanations of survivors go by it."""

    name: str
    text: str


@runtime_checkable
class Breaker(Protocol):
    """A kind may have a function that says how an answer can be broken."""

    # The solution's text → texts with one thing changed each.
    def mutants(self, text: str) -> Iterator[Mutant]: ...


def chosen(mutants: Iterable[Mutant], text: str, most: int = MOST_MUTANTS) -> list[Mutant]:
    """Each text once and not the solution's own; of too many, so many at even distances, so that
    every sort of change is among them."""
    named = {one.text: one for one in mutants if one.text.strip() != text.strip()}
    return evenly(list({one.name: one for one in named.values()}.values()), most)


def evenly(found: Sequence[Mutant], most: int) -> list[Mutant]:
    if len(found) <= most:
        return list(found)
    return [found[number * len(found) // most] for number in range(most)]
