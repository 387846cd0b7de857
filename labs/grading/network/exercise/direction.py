"""The rules of one direction, the learner's beside the expected ones,
as the checks for mistakes see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from labs.grading.network.rules.algebra import difference
from labs.grading.network.rules.rule import Path, Rule


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that people often get wrong; `path` leads to it in the answer."""

    code: str
    message: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Direction:
    """`excess` are the learner's rules that admit something not asked for,
    `missing` the expected ones not covered.

    `group` is the id of the group that the rules belong to.
    """

    learner: tuple[Rule, ...]
    expected: tuple[Rule, ...]
    excess: tuple[Rule, ...]
    missing: tuple[Rule, ...]
    inbound: bool = True
    group: str = ""

    @classmethod
    def between(
        cls,
        learner: Sequence[Rule],
        expected: Sequence[Rule],
        *,
        inbound: bool = True,
        group: str = "",
    ) -> Self:
        return cls(
            tuple(learner),
            tuple(expected),
            uncovered(learner, expected),
            uncovered(expected, learner),
            inbound,
            group,
        )


def uncovered(rules: Sequence[Rule], others: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that admit something which all of `others` together do not."""
    return tuple(rule for rule in rules if next(difference([rule], others), None) is not None)
