"""One thing that is done wrong in a calculation."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.costs.formula.steps import Spot, Step


@dataclass(frozen=True, slots=True)
class Slip:
    code: str
    step: Step
    spot: str
    value: float  # what stands there in the place of the right one

    @property
    def change(self) -> tuple[Spot, float]:
        return (self.step.key, self.spot), self.value
