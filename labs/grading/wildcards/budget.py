"""A limit on work that does not depend on the clock, so that the same comparison always ends the
same way."""

from __future__ import annotations


class OutOfBudget(Exception):
    """The comparison would take too long; the caller falls back to sampled requests and says so."""


class Budget:
    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise OutOfBudget
