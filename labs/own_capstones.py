"""How one learner stands with a capstone: one score over all its labs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.capstones import Capstone
from labs.lab_state import UNTOUCHED, LabProgress, LabState
from labs.models import Lab
from labs.progress import OwnLab


@dataclass(frozen=True, slots=True)
class OwnCapstone:
    """With one learner's state."""

    capstone: Capstone
    steps: tuple[OwnLab, ...]

    @classmethod
    def of(cls, capstone: Capstone, progress: Mapping[int, LabProgress]) -> OwnCapstone:
        steps = (OwnLab(lab, progress.get(lab.pk, UNTOUCHED)) for lab in capstone.labs)
        return cls(capstone, tuple(steps))

    @property
    def is_begun(self) -> bool:
        return any(own.progress.state != LabState.NEW for own in self.steps)

    @property
    def passed(self) -> int:
        return sum(own.progress.passed for own in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def score(self) -> int:
        """Of 100: the best of each step, all alike; 100 exactly when all are passed."""
        return sum(best(own.progress) for own in self.steps) // max(1, self.total)

    @property
    def next(self) -> Lab | None:
        """The first step that is not passed."""
        return next((own.lab for own in self.steps if not own.progress.passed), None)


def best(progress: LabProgress) -> int:
    if progress.passed:
        return 100
    return min(99, progress.percent or 0)
