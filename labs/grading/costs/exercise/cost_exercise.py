"""[spec] of a lab on a bill: the sheet, the steps, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.costs.formula.read_formula import read_formula
from labs.grading.costs.formula.steps import Formula, Step
from labs.grading.errors import SpecError
from labs.grading.toml_table import Table

TOLERANCE = 5  # in thousandths of the right amount; a month of 720 hours is 14 away


@dataclass(frozen=True, slots=True)
class CostExercise:
    formula: Formula
    tolerance: float  # as a share
    right: Mapping[str, float]  # every step

    @property
    def asked(self) -> tuple[Step, ...]:
        return tuple(step for step in self.formula.steps if step.points)


def read_cost_exercise(table: Mapping[str, object]) -> CostExercise:
    spec = Table(table)
    formula = read_formula(spec)
    tolerance = spec.number("tolerance", TOLERANCE, least=1, most=50) / 1000
    spec.finish()
    exercise = CostExercise(formula, tolerance, formula.values())
    if not exercise.asked:
        raise SpecError("lab.toml: spec.steps: nothing is worth a point")
    for step in exercise.asked:
        if step.key != step.key.lower():
            raise SpecError(f"lab.toml: spec.steps: {step.key} is not in small letters")
        if exercise.right[step.key] <= 0:
            raise SpecError(f"lab.toml: spec.steps: {step.key} is not more than nothing")
    return exercise
