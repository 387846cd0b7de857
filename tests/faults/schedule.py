"""Which faults happen when: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planned:
    pause: float  # seconds after the fault before
    name: str


def schedule(names: Sequence[str], seed: int, *, seconds: float) -> list[Planned]:
    """Each fault once, in any order, as long as there is time, and then any again. What stops the
    whole portal for some seconds comes once."""
    dice = random.Random(seed)
    deck = list(names)
    dice.shuffle(deck)
    planned: list[Planned] = []
    left = seconds
    while left > 0:
        name = deck.pop() if deck else dice.choice([name for name in names if name not in LONG])
        pause = dice.uniform(0.3, 2.5)
        planned.append(Planned(pause, name))
        left -= pause + LONG.get(name, 1.5)
    return planned


LONG = {"kill_runner": 8.0, "roll": 12.0}  # how long they take, about
