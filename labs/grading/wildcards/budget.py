"""A limit on work that does not depend on the clock, so that the same comparison always ends the
same way."""

from __future__ import annotations


class OutOfBudget(Exception):
    """The comparison would take too long; the caller falls back to sampled requests and says so."""

    def __str__(self) -> str:
        return "too tangled to be compared"


WIDE = 128  # bits; a wider automaton pays for the length of its numbers


class Budget:
    """`wide`: so many bits of an automaton make each of its steps one step dearer."""

    def __init__(self, steps: int, wide: int = WIDE) -> None:
        self.left = steps
        self.wide = wide

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise OutOfBudget
