"""A calculation: quantities of the sheet, and steps that each make one number of those before.

times / over   multiply, and divide, with every unit converted into that of the step
plus           add
of … free      take a free allowance off, down to nothing
of … up_to     round up to what is billed at least
of … off       take some percent off
of … tiers     so much at the first price, so much at the next
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, inf

from labs.grading.costs.formula.units import Conversion, Unit

Spot = tuple[str, str]  # a step, and what of it
Values = Mapping[str, float]
NEARLY = 1e-9  # what binary fractions may be beside a whole number of billed units
FIRST, LAST = 1.0, 2.0  # a slip in tiers: all at the first price, or at the last one reached
SCALE = "scale"  # the spot of a slip that is in no unit of the formula
REST = -1.0  # a slip in a discount: what it takes off is paid


@dataclass(frozen=True, slots=True)
class Quantity:
    key: str
    name: str
    value: float
    unit: Unit
    text: str  # as it stands in the sheet
    slip: str = ""
    instead: float | None = None  # what is often taken for it, in the same unit


@dataclass(frozen=True, slots=True)
class Step:
    """`op` is one of the words above; `uses` are the keys it works on, `over` those it divides by
    or takes away. `points`: learners are asked for it."""

    key: str
    name: str
    op: str
    unit: Unit
    unit_text: str
    uses: tuple[str, ...]
    over: tuple[str, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    tiers: tuple[tuple[float, float], ...] = ()  # up to how much (of `of`), at which price
    slip: str = ""
    points: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    quantities: Mapping[str, Quantity]
    steps: tuple[Step, ...]
    by_key: Mapping[str, Step] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {step.key: step for step in self.steps})

    def values(self, changed: Mapping[Spot, float] | None = None) -> dict[str, float]:
        """Every quantity and every step. `changed`: the slips that are made."""
        found = {key: one.value for key, one in self.quantities.items()}
        for step in self.steps:
            found[step.key] = value_of(step, found, changed or {})
        return found

    def value(self, steps: Sequence[Step], changed: Mapping[Spot, float]) -> float:
        """Of the last of `steps`, which hold all that it needs."""
        found = {key: one.value for key, one in self.quantities.items()}
        for step in steps:
            found[step.key] = value_of(step, found, changed)
        return found[steps[-1].key]

    def needed(self, key: str) -> tuple[Step, ...]:
        """The steps that lead to one, itself the last."""
        wanted = {key}
        for step in reversed(self.steps):
            if step.key in wanted:
                wanted.update((*step.uses, *step.over))
        return tuple(step for step in self.steps if step.key in wanted)


def value_of(step: Step, values: Values, changed: Mapping[Spot, float]) -> float:
    given = changed.get((step.key, ""))  # somebody's own number in its place
    return OPERATIONS[step.op](step, values, changed) if given is None else given


def times(step: Step, values: Values, changed: Mapping[Spot, float]) -> float:
    product = 1.0
    for name in step.uses:
        product *= changed.get((step.key, name), values[name])
    for name in step.over:
        product /= changed.get((step.key, name), values[name])
    for number, one in enumerate(step.conversions):
        product *= changed.get((step.key, str(number)), one.factor)
    return product * changed.get((step.key, SCALE), 1.0)


def plus(step: Step, values: Values, changed: Mapping[Spot, float]) -> float:
    added = sum(changed.get((step.key, name), values[name]) for name in step.uses)
    return added - sum(changed.get((step.key, name), values[name]) for name in step.over)


def free(step: Step, values: Values, changed: Mapping[Spot, float]) -> float:
    amount, allowance = step.uses
    return max(0.0, values[amount] - changed.get((step.key, allowance), values[allowance]))


def up_to(step: Step, values: Values, changed: Mapping[Spot, float]) -> float:
    amount, billed = values[step.uses[0]], values[step.uses[1]]
    if (step.key, "up_to") in changed:
        return amount
    return ceil(amount / billed - NEARLY) * billed


def off(step: Step, values: Values, changed: Mapping[Spot, float]) -> float:
    amount, share = values[step.uses[0]], values[step.uses[1]]
    slip = changed.get((step.key, "off"), 0.01)
    return amount * share * 0.01 if slip == REST else amount * abs(1 - share * slip)


def tiered(step: Step, values: Values, changed: Mapping[Spot, float]) -> float:
    amount = values[step.uses[0]]
    slip = changed.get((step.key, "tiers"))
    if slip == FIRST:
        return amount * step.tiers[0][1]
    total, start = 0.0, 0.0
    for end, price in step.tiers:
        if amount > start:
            total = amount * price if slip == LAST else total + (min(amount, end) - start) * price
        start = end
    return total


OPERATIONS = {
    "times": times,
    "plus": plus,
    "free": free,
    "up_to": up_to,
    "off": off,
    "tiers": tiered,
}
NO_END = inf
