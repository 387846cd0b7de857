"""How one learner stands with one lab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class LabState(StrEnum):
    NEW = "new"
    TRIED = "tried"
    WAITING = "waiting"
    FAULTED = "faulted"  # nothing but faults of ours so far
    PASSED = "passed"

    @property
    def label(self) -> object:
        return LABELS[self]

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        return TONES[self]


LABELS = {
    LabState.NEW: _("Not begun"),
    LabState.TRIED: _("Tried"),
    LabState.WAITING: _("Waiting for a verdict"),
    LabState.FAULTED: _("Could not be checked"),
    LabState.PASSED: _("Passed"),
}
TONES = {
    LabState.NEW: "quiet",
    LabState.TRIED: "warn",
    LabState.WAITING: "info",
    LabState.FAULTED: "bad",
    LabState.PASSED: "ok",
}


@dataclass(frozen=True, slots=True)
class LabProgress:
    """One learner with one lab. `percent` is the best score (None: never graded),
    `attempts` counts verdicts."""

    state: LabState = LabState.NEW
    percent: int | None = None
    attempts: int = 0
    faults: int = 0
    last_at: datetime | None = None
    passed_at: datetime | None = None  # when what passed first was handed in

    @property
    def passed(self) -> bool:
        return self.state is LabState.PASSED


UNTOUCHED = LabProgress()
