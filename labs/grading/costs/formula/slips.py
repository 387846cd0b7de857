"""What people do wrong in a calculation, one place at a time, and which of it gives a number.

Where a slip can be made follows from the calculation itself: every unit that is converted, every
allowance, every part of a sum is such a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import nan

from labs.grading.costs.formula.rarer_slips import everywhere, rarer_slips
from labs.grading.costs.formula.slip import Slip as Slip
from labs.grading.costs.formula.steps import FIRST, LAST, REST, Formula, Quantity, Step
from labs.grading.costs.formula.units import Conversion, is_measured

MOST_COPIES = 100  # of something that may have been counted once only
MOST_SPOTS = 40
EXACT, CLOSE = 0.0002, 0.003  # how near a number is to what a slip gives, as a share of it
HALF_A_CENT = 0.005

HOURS, THIRTY, TIME, MONTHS = "hours-forgotten", "thirty-days", "time-unit", "months-for-year"
# Two units of time, the longer first: factors that are taken for the right one
OF_TIME: Mapping[tuple[str, str], Sequence[tuple[str, float]]] = {
    ("month", "hour"): ((HOURS, 1.0), (THIRTY, 720.0)),
    ("month", "second"): ((HOURS, 3600.0), (THIRTY, 2_592_000.0), (TIME, 730.0)),
    ("month", "day"): ((THIRTY, 30.0), (HOURS, 1.0)),
    ("year", "hour"): ((HOURS, 1.0), (MONTHS, 730.0), (THIRTY, 8640.0)),
    ("year", "month"): ((MONTHS, 1.0),),
    ("day", "hour"): ((HOURS, 1.0),),
    ("hour", "second"): ((TIME, 1.0), (TIME, 60.0)),
    ("second", "ms"): (("milliseconds", 1.0),),
}
OF_SIZE = (("size-unit", 1.0), ("decimal-gigabytes", 1000.0))
OF_NUMBERS = {"million": "per-million", "thousand": "per-million", "%": "percent-as-factor"}
TAGS_OF_COUNTS = {
    "zone": "one-zone",
    "direction": "one-direction",
    "term": "upfront-at-once",
    "many": "one-of-many",
}
TAGS_OF_PARTS = {
    "zone": "one-zone",
    "direction": "one-direction",
    "address": "address-forgotten",
    "upfront": "upfront-forgotten",
    "snapshot": "snapshot-forgotten",
    "left": "left-behind",
}
TAGS_OF_OTHERS = {"provisioned": "used-size", "incremental": "full-snapshots"}


def slips_in(formula: Formula, step: Step) -> Iterator[Slip]:
    if step.op == "times":
        yield from in_product(formula, step)
    elif step.op == "plus":
        for name in (*step.uses, *step.over):
            tag = part_tag(formula, name)
            yield Slip(TAGS_OF_PARTS.get(tag, "part-forgotten"), step, name, 0.0)
    elif step.op == "free":
        yield Slip("free-forgotten", step, step.uses[1], 0.0)
    elif step.op == "up_to":
        yield Slip("not-rounded-up", step, "up_to", 0.0)
    elif step.op == "off":
        yield Slip("discount-paid", step, "off", REST)
        yield Slip("percent-as-factor", step, "off", 1.0)
        yield Slip("discount-forgotten", step, "off", 0.0)
    else:
        yield Slip("one-tier", step, "tiers", FIRST)
        yield Slip("one-tier", step, "tiers", LAST)


def part_tag(formula: Formula, name: str) -> str:
    found = formula.by_key.get(name) or formula.quantities[name]
    return found.slip


def in_product(formula: Formula, step: Step) -> Iterator[Slip]:
    for number, one in enumerate(step.conversions):
        for code, factor in instead_of(one):
            yield Slip(code, step, str(number), factor)
    for name in (*step.uses, *step.over):
        quantity = formula.quantities.get(name)
        if quantity is None:
            continue
        if quantity.instead is not None:
            code = TAGS_OF_OTHERS.get(quantity.slip, "other-quantity")
            yield Slip(code, step, name, quantity.instead)
        elif quantity.slip in TAGS_OF_COUNTS or is_count(quantity):
            yield Slip(TAGS_OF_COUNTS.get(quantity.slip, "one-of-many"), step, name, 1.0)


def is_count(quantity: Quantity) -> bool:
    """Three addresses, two zones."""
    above, below = quantity.unit.above, quantity.unit.below
    is_plain = len(above) == 1 and not below and above[0] != "$" and not is_measured(above[0])
    return is_plain and quantity.value.is_integer() and 1 < quantity.value <= MOST_COPIES


def instead_of(one: Conversion) -> Iterator[tuple[str, float]]:
    """Factors that are taken for that of a conversion."""
    if not one.to:
        yield OF_NUMBERS[one.word], 1.0
        return
    is_up = one.factor > 1
    pair = (one.word, one.to) if is_up else (one.to, one.word)
    is_size = pair[0].endswith("b") and pair[1].endswith("b")
    for code, factor in OF_SIZE if is_size else OF_TIME.get(pair, ((TIME, 1.0),)):
        yield code, factor if is_up else 1 / factor


def explained(formula: Formula, key: str, given: float) -> list[tuple[Slip, ...]]:
    """Which slips make `given` of a step: every single usual one that does, else a rarer one that
    makes it exactly, or the same in every line, else every pair of usual ones. Those that make it
    exactly come before those that nearly do."""
    needed = formula.needed(key)
    usual = [slip for step in needed for slip in slips_in(formula, step)][:MOST_SPOTS]
    rarer = list(rarer_slips(formula, needed))[: 2 * MOST_SPOTS]
    same = list(everywhere([*usual, *rarer]))
    right = formula.value(needed, {})
    for ways, shares in (
        ([(slip,) for slip in usual], (EXACT, CLOSE)),
        ([*same, *((slip,) for slip in rarer)], (EXACT,)),
        (combinations(usual, 2), (EXACT, CLOSE)),
        (same, (CLOSE,)),
    ):
        made = [(slips, made_by(formula, needed, slips, right)) for slips in ways]
        found = closest(given, made, shares)
        if found:
            return found
    return []


def closest(
    given: float, made: Sequence[tuple[tuple[Slip, ...], float]], shares: Sequence[float]
) -> list[tuple[Slip, ...]]:
    """Those that come as near as the first of the shares that any comes to."""
    near = ([slips for slips, value in made if is_close(given, value, one)] for one in shares)
    return next((found for found in near if found), [])


def made_by(
    formula: Formula, needed: Sequence[Step], slips: tuple[Slip, ...], right: float
) -> float:
    """What comes out; nothing at all where it is the right number, or where one place would be
    wrong in two ways."""
    changed = dict(slip.change for slip in slips)
    value = formula.value(needed, changed)
    return nan if len(changed) < len(slips) or is_close(value, right) else value


def is_close(given: float, value: float, share: float = CLOSE) -> bool:
    """Within a share of the value; a cent's half is how an amount of money is rounded."""
    return abs(given - value) <= max(share * abs(value), min(HALF_A_CENT, abs(value) / 20)) + 1e-12
