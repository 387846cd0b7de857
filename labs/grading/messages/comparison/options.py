"""What one field of an event can be, as far as two filters tell: options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.grading.messages.comparison.candidates import candidates, is_sure
from labs.grading.messages.comparison.fields import Field
from labs.grading.messages.filters.event_filter import Leaf
from labs.grading.messages.filters.matchers import Value
from labs.grading.wildcards.budget import Budget

ABSENT, SEVERAL = 3, 4  # what a field costs that is left out, or holds several values


@dataclass(frozen=True, slots=True)
class Option:
    """`holds`: the leaves that these values meet, bit by bit."""

    values: tuple[Value, ...]
    holds: int
    cost: int


@dataclass(frozen=True, slots=True)
class Place:
    """`sure`: between two options no leaf sees a difference, and there is no other option."""

    field: Field
    options: tuple[Option, ...]
    sure: bool


def place_of(field: Field, leaves: Sequence[Leaf], budget: Budget) -> Place:
    """OutOfBudget."""
    matchers = [one for leaf in leaves for one in leaf.matchers]
    single: dict[int, Option] = {}
    for value in candidates(field, matchers):
        budget.spend(1 + len(matchers))
        made = option((value,), leaves, min(len(single), 8))
        single.setdefault(made.holds, made)
    found = dict(single)
    if field.many:
        unite(found, list(single.values()), budget)
    if field.optional or not found:
        absent = option((), leaves, ABSENT)
        if absent.holds not in found:
            found[absent.holds] = absent
    return Place(field, tuple(found.values()), is_sure(field, matchers))


def option(values: tuple[Value, ...], leaves: Sequence[Leaf], cost: int) -> Option:
    holds = sum(1 << number for number, leaf in enumerate(leaves) if leaf.holds(values))
    return Option(values, holds, cost)


def unite(found: dict[int, Option], single: Sequence[Option], budget: Budget) -> None:
    """Several values at once: an array meets what any of its elements meets."""
    grown = list(single)
    for one in grown:
        for other in single:
            budget.spend()
            holds = one.holds | other.holds
            if holds not in found:
                values = (*one.values, *other.values)
                found[holds] = Option(values, holds, one.cost + other.cost + SEVERAL)
                grown.append(found[holds])


def leaves_at(field: str, leaves: Sequence[Leaf]) -> Iterator[Leaf]:
    return (leaf for leaf in leaves if leaf.field == field)
