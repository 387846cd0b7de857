"""What came of an execution, step by step. Times are virtual seconds from its start."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from labs.grading.json_text import Path
from labs.grading.state_machines.language.paths import JsonPath
from labs.grading.state_machines.language.values import Json

Place = tuple[str, ...]  # the states around, with the number of an item or branch


class Status(StrEnum):
    """As AWS names them; `ENDLESS` is ours: the model gave up."""

    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"
    ENDLESS = "ENDLESS"


@dataclass(slots=True)
class Visit:
    """One try of one state. `end` is None where it was stopped. `error`: why it failed; `waits`:
    seconds until it was tried again; `to`: where it went."""

    state: str
    type: str
    place: Place
    path: Path
    start: float
    attempt: int = 1
    end: float | None = None
    error: str = ""
    waits: float | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a function. `missing`: what it did not find in its input, and `lost_by`: which
    state before did not pass that on ("" if none had it)."""

    function: str
    payload: Json
    start: float
    error: str
    state: str
    place: Place
    missing: tuple[str, ...]
    lost_by: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an execution ended: the error, the state that met it, the path that named nothing, and
    which state lost what stood there ("" if none did)."""

    error: str
    cause: str
    state: str
    at: Path
    missing: JsonPath | None = None
    lost_by: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """`loop`: of an endless one, the states it went through last, each once."""

    status: Status
    output: Json
    seconds: float
    visits: tuple[Visit, ...]
    calls: tuple[Called, ...]
    steps: int
    failure: Failure | None = None
    loop: tuple[str, ...] = ()

    @property
    def error(self) -> str:
        return self.failure.error if self.failure else ""

    def calls_of(self, function: str) -> list[Called]:
        return [call for call in self.calls if call.function == function]
