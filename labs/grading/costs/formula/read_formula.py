"""Quantities and steps of `[spec]` → a `Formula`. What does not fit together is a SpecError."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from labs.grading.costs.formula.steps import NO_END, Formula, Quantity, Step
from labs.grading.costs.formula.units import (
    Conversion,
    Unit,
    conversions,
    factor_between,
    read_unit,
)
from labs.grading.toml_table import Table

NUMBER = re.compile(r"\s*([0-9][0-9_,]*(?:\.[0-9]+)?)\s*(.*)", re.DOTALL)
OPS = ("times", "plus", "free", "up_to", "off", "tiers")
TAKES = {"plus": "less"}
MOST_STEPS = 20
Units = dict[str, Unit]


def read_formula(spec: Table) -> Formula:
    quantities = {one.key: one for one in map(read_quantity, spec.tables("quantities"))}
    units: Units = {key: one.unit for key, one in quantities.items()}
    steps: list[Step] = []
    for table in spec.tables("steps"):
        step = read_step(table, units)
        if step.key in units:
            raise table.error("key", "is there already")
        units[step.key] = step.unit
        steps.append(step)
    if not 0 < len(steps) <= MOST_STEPS:
        raise spec.error("steps", f"not 1 to {MOST_STEPS}")
    return Formula(quantities, tuple(steps))


def read_quantity(table: Table) -> Quantity:
    text = table.text("value")
    value, unit = read_value(table, "value", text)
    other = read_value(table, "instead", table.text("instead", text))
    if other[1] != unit:
        raise table.error("instead", "has another unit")
    instead = other[0] if other[0] != value else None
    slip = table.text("slip", "")
    return Quantity(table.text("key"), table.text("name"), value, unit, text, slip, instead)


def read_value(table: Table, key: str, text: str) -> tuple[float, Unit]:
    """`0.005 $/address-hour`."""
    found = NUMBER.fullmatch(text)
    if not found:
        raise table.error(key, f"is “{text}”, not a number with its unit")
    try:
        return float(found[1].replace(",", "").replace("_", "")), read_unit(found[2])
    except ValueError as error:
        raise table.error(key, str(error)) from error


def read_step(table: Table, units: Units) -> Step:
    op = next((op for op in OPS if op in table.values), None)
    if op is None:
        raise table.error("", f"has none of {', '.join(OPS)}")
    unit_text = table.text("unit")
    unit = read_unit(unit_text)
    uses, over = used(table, op), table.texts(TAKES.get(op, "over"))
    for name in (*uses, *over):
        if name not in units:
            raise table.error(op, f"“{name}” is no quantity and no step before this one")
    try:
        found = converted(op, uses, over, unit, units)
        tiers = read_tiers(table, units[uses[0]], unit) if op == "tiers" else ()
    except ValueError as error:
        raise table.error(op, str(error)) from error
    return Step(
        table.text("key"), table.text("name"), op, unit, unit_text, uses, over, found, tiers,
        table.text("slip", ""), table.number("points", 0, most=1000), table.text("why", ""),
    )  # fmt: skip


def used(table: Table, op: str) -> tuple[str, ...]:
    if op in ("times", "plus"):
        return table.texts(op)
    if op == "tiers":
        return (table.text("of"),)
    return (table.text("of"), table.text(op))


def converted(
    op: str, uses: Sequence[str], over: Sequence[str], unit: Unit, units: Mapping[str, Unit]
) -> tuple[Conversion, ...]:
    """Of a product; whatever else a step does, it does in one unit."""
    if op == "times":
        return conversions([units[name] for name in uses], [units[name] for name in over], unit)
    if op == "tiers":
        return ()
    for name in uses[:1] if op == "off" else (*uses, *over):
        if factor_between(units[name], unit) != 1:
            raise ValueError(f"“{name}” is in another unit")
    return ()


def read_tiers(table: Table, of: Unit, unit: Unit) -> tuple[tuple[float, float], ...]:
    """[["10 TB", "0.09 $/GB"], ["", "0.085 $/GB"]]: up to how much in all, at which price."""
    found: list[tuple[float, float]] = []
    for row in table.value("tiers", ()):
        end, price = row
        size, size_unit = read_value(table, "tiers", end) if end else (NO_END, of)
        rate, rate_unit = read_value(table, "tiers", price)
        factor = 1.0
        for one in conversions([of, rate_unit], [], unit):
            factor *= one.factor
        found.append((size * factor_between(size_unit, of), rate * factor))
    if not found or sorted(found)[-1] != found[-1] or found[-1][0] != NO_END:
        raise ValueError("the last of the tiers has no end, and each reaches further")
    return tuple(found)
