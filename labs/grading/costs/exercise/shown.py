"""A calculation line by line, as a page shows it. Before an amount is right only the line in which
something slipped is shown, and never a result."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from labs.grading.costs.exercise.cost_exercise import CostExercise
from labs.grading.costs.formula.steps import NO_END, Step
from labs.grading.said import joined, say

SIGNS = {"times": " × ", "plus": " + "}
AGAINST = {"times": " ÷ ", "plus": " − "}
DIGITS = 6


def number_text(value: float) -> str:
    """With thousands separators, and no more digits than say something."""
    if value >= 10_000 or value == round(value, 2):
        return f"{value:,.2f}".removesuffix(".00")
    digits = f"{value:.{DIGITS}g}"
    return f"{value:.12f}".rstrip("0") if "e" in digits else f"{float(digits):,}"


def amount_text(value: float, unit: str) -> str:
    """`$3.73 a month` is written `$3.73/month`."""
    if unit.startswith("$"):
        money = f"{value:,.2f}" if value >= 0.1 else number_text(value)
        return f"${money}{unit[1:]}"
    return f"{number_text(value)} {unit}".strip()


def lines_shown(
    asked: Step, spec: CostExercise, passed: Collection[str], slipped: Collection[str]
) -> list[dict[str, object]]:
    """Of a right amount all lines that lead to it, without the numbers of those that lead to one
    on the way that is still looked for; of another amount the lines in which it slipped."""
    steps = spec.formula.needed(asked.key)
    if asked.key not in passed:
        return [line(step, spec, {}) for step in steps if step.key in slipped]
    looked_for = [step.key for step in steps if step.points and step.key not in passed]
    hidden = {step.key for key in looked_for for step in spec.formula.needed(key)} - {*passed}
    told = {key: value for key, value in spec.right.items() if key not in hidden}
    return [line(step, spec, told) for step in steps]


def line(step: Step, spec: CostExercise, told: Mapping[str, float]) -> dict[str, object]:
    result = amount_text(told[step.key], step.unit_text) if step.key in told else ""
    return {"name": step.name, "calculation": calculation(step, spec, told), "result": result}


def calculation(step: Step, spec: CostExercise, values: Mapping[str, float]) -> str:
    """In names, and with numbers where these are told."""
    parts = [part(name, spec, values) for name in step.uses]
    if step.op in SIGNS:
        above = joined(parts, SIGNS[step.op])
        below = [part(name, spec, values) for name in step.over]
        return joined([above, *below], AGAINST[step.op])
    if step.op == "tiers":
        return say("{amount}, tier by tier: {tiers}", amount=parts[0], tiers=tiers(step))
    return OTHER[step.op](parts)


def tiers(step: Step) -> str:
    ends = [number_text(end) if end != NO_END else "∞" for end, _price in step.tiers]
    return ", ".join(f"≤ {end}" for end in ends)


def free(parts: Sequence[str]) -> str:
    return joined(parts, " − ")


def up_to(parts: Sequence[str]) -> str:
    return say("{amount}, rounded up to a multiple of {unit}", amount=parts[0], unit=parts[1])


def off(parts: Sequence[str]) -> str:
    return say("{amount} less {discount}", amount=parts[0], discount=parts[1])


OTHER = {"free": free, "up_to": up_to, "off": off}


def part(name: str, spec: CostExercise, values: Mapping[str, float]) -> str:
    quantity = spec.formula.quantities.get(name)
    if quantity:
        text = amount_text(quantity.value, unit_text(quantity.text)) if values else ""
        return say("{name} ({number})", name=quantity.name, number=text) if text else quantity.name
    step = spec.formula.by_key[name]
    if name not in values:
        return step.name
    text = amount_text(values[name], step.unit_text)
    return say("{name} ({number})", name=step.name, number=text)


def unit_text(text: str) -> str:
    """`0.005 $/address-hour` → `$/address-hour`."""
    return text.strip().partition(" ")[2].strip()
