"""Errors by the language's names, and who handles them.

Source: Amazon States Language, "Errors" and "Appendix A: Predefined Error Codes"; Step Functions
Developer Guide, "Handling errors in Step Functions workflows".
"""

from __future__ import annotations

from collections.abc import Sequence

from labs.grading.state_machines.language.model import ALL, Catcher, Retrier, State
from labs.grading.state_machines.language.paths import JsonPath

RUNTIME, TIMEOUT, TASK_FAILED = "States.Runtime", "States.Timeout", "States.TaskFailed"
DATA_LIMIT, NO_CHOICE = "States.DataLimitExceeded", "States.NoChoiceMatched"
PARAMETERS, RESULT_PATH = "States.ParameterPathFailure", "States.ResultPathMatchFailure"
INTRINSIC, BRANCH_FAILED = "States.IntrinsicFailure", "States.BranchFailed"
UNCATCHABLE = (RUNTIME, DATA_LIMIT)  # by States.ALL, and Runtime by nothing at all


class StateError(Exception):
    """A state fails. `task`: what its task threw; `inside`: a machine inside of it failed."""

    def __init__(
        self, name: str, cause: str = "", missing: JsonPath | None = None, *, task: bool = False
    ) -> None:
        super().__init__(name)
        self.name, self.cause, self.missing, self.task = name, cause, missing, task
        self.inside = False
        self.state: State | None = None  # where it happened first
        self.lost_by = ""


class EndlessError(Exception):
    """More steps than a run may take."""


def handles(errors: Sequence[str], error: StateError) -> bool:
    """Does ErrorEquals name the error? States.TaskFailed stands for whatever a task throws, but
    not for its time-out."""
    if error.name == RUNTIME:
        return False
    if error.name in errors:
        return True
    if ALL in errors:
        return error.name not in UNCATCHABLE
    if error.inside and BRANCH_FAILED in errors:
        return True
    return error.task and error.name != TIMEOUT and TASK_FAILED in errors


def retrier_for(state: State, error: StateError) -> int | None:
    """The first whose names fit, whether or not it has attempts left."""
    return next(
        (number for number, one in enumerate(state.retry) if handles(one.errors, error)), None
    )


def catcher_for(state: State, error: StateError) -> Catcher | None:
    return next((one for one in state.catch if handles(one.errors, error)), None)


def next_delay(retrier: Retrier, used: int) -> float | None:
    """Seconds before the next try after `used` retries; None when they are used up."""
    return retrier.delay(used) if used < retrier.attempts else None
