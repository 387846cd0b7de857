"""Slips that are looked for where no usual one gives the number: a conversion the wrong way round,
a number that is left out altogether, another month or gigabyte, the same slip in every line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log10

from labs.grading.costs.formula.slip import Slip
from labs.grading.costs.formula.steps import SCALE, Formula, Step
from labs.grading.costs.formula.units import MEASURES

LONG_MONTH = 31 * 24.0  # hours
GIB = (1024 / 1000) ** 3  # bytes of a GiB, in those of a GB
EVERYWHERE = (
    "thirty-days",
    "long-month",
    "decimal-gigabytes",
    "milliseconds",
    "hours-forgotten",
    "per-million",
)


def rarer_slips(formula: Formula, steps: Sequence[Step]) -> Iterator[Slip]:
    for step in steps:
        if step.op == "times":
            yield from of_conversions(step)
            yield from of_factors(formula, step)


def of_conversions(step: Step) -> Iterator[Slip]:
    for number, one in enumerate(step.conversions):
        yield Slip("turned-round", step, str(number), 1 / one.factor)
        if (one.word, one.to) == ("month", "hour"):
            yield Slip("long-month", step, str(number), LONG_MONTH)
        if (one.word, one.to) == ("hour", "month"):
            yield Slip("long-month", step, str(number), 1 / LONG_MONTH)


def of_factors(formula: Formula, step: Step) -> Iterator[Slip]:
    """A number that is not used at all (but for one that only moves the decimal point), and
    gigabytes of the other sort."""
    names = (*step.uses, *step.over)
    for name in names if len(names) > 1 else ():
        quantity = formula.quantities.get(name)
        if quantity is not None and not log10(quantity.value or 1).is_integer():
            yield Slip("number-forgotten", step, name, 1.0)
    if any(is_size(formula, name) for name in names):
        yield Slip("other-gigabytes", step, SCALE, GIB)
        yield Slip("other-gigabytes", step, SCALE, 1 / GIB)


def is_size(formula: Formula, name: str) -> bool:
    """A size, and no price of one: that would count it twice."""
    quantity = formula.quantities.get(name)
    return quantity is not None and any(one in MEASURES["size"] for one in quantity.unit.above)


def everywhere(slips: Sequence[Slip]) -> Iterator[tuple[Slip, ...]]:
    """The same slip in every line that has a place for it."""
    for code in EVERYWHERE:
        same = tuple({slip.change[0]: slip for slip in slips if slip.code == code}.values())
        if len(same) > 1:
            yield same
