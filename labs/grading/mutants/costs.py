"""Amounts, made wrong: left out, by the factors that are forgotten, or that of another line."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.costs.exercise.amounts import read_amounts
from labs.grading.mutants import Mutant

FACTORS = (1 / 730, 720 / 730, 12.0, 1 / 12, 1024.0, 1000 / 1024, 0.5, 2.0, 0.95, 1.05)


def broken_costs(text: str) -> Iterator[Mutant]:
    amounts = {name: amount.readings[0] for name, amount in read_amounts(text).items()}
    for name, value in amounts.items():
        rest = {key: one for key, one in amounts.items() if key != name}
        yield written(f"without {name}", rest)
        for factor in FACTORS:
            yield written(f"{name} × {factor:.4g}", {**amounts, name: value * factor})
        for other, number in rest.items():
            yield written(f"{name}: that of {other}", {**amounts, name: number})


def written(name: str, amounts: dict[str, float]) -> Mutant:
    return Mutant(name, "".join(f"{key}: {value:.10f}\n" for key, value in amounts.items()))
