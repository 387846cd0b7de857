"""A state machine as it was read. Source: Amazon States Language, "State Types"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.json_text import JsonDocument, Path
from labs.grading.state_machines.language.choice_rules import Rule
from labs.grading.state_machines.language.paths import ROOT, JsonPath
from labs.grading.state_machines.language.templates import Template
from labs.grading.state_machines.language.values import Json

ALL = "States.ALL"


@dataclass(frozen=True, slots=True)
class Retrier:
    """Seconds; the defaults of the specification, "Retrying after error"."""

    errors: tuple[str, ...]
    path: Path
    interval: float = 1
    attempts: int = 3
    rate: float = 2.0
    longest: float | None = None

    def delay(self, retries: int) -> float:
        """Before the retry after so many of it."""
        # A rate of 10 and a thousand attempts is no number any more
        grown = self.interval * self.rate ** min(retries, 60)
        return min(grown, self.longest if self.longest is not None else 1e9)


@dataclass(frozen=True, slots=True)
class Catcher:
    errors: tuple[str, ...]
    path: Path
    next: str
    result_path: JsonPath | None = ROOT


@dataclass(frozen=True, slots=True)
class Pass:
    result: Json = None
    has_result: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """`function`: what is called by this name. `wrapped`: by `lambda:invoke`, which takes a
    Payload and gives one back. `named`: the path of its name in the document."""

    function: str
    named: Path
    wrapped: bool = False
    timeout: int | JsonPath | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One rule of a Choice and where it leads."""

    rule: Rule
    next: str
    path: Path


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[Branch, ...]
    default: str | None


@dataclass(frozen=True, slots=True)
class Wait:
    """One of the four ways: a number, a time stamp, or a path to one of them."""

    seconds: float | JsonPath | None = None
    timestamp: str | JsonPath | None = None


@dataclass(frozen=True, slots=True)
class Succeed:
    pass


@dataclass(frozen=True, slots=True)
class Fail:
    error: str | JsonPath = ""
    cause: str | JsonPath = ""


@dataclass(frozen=True, slots=True)
class Parallel:
    branches: tuple[Machine, ...]


@dataclass(frozen=True, slots=True)
class Map:
    processor: Machine
    items: JsonPath = ROOT
    selector: Template | None = None
    width: int = 0  # 0: as many as there can be


Work = Pass | Task | Choice | Wait | Succeed | Fail | Parallel | Map


@dataclass(frozen=True, slots=True)
class State:
    """`input_path`, `output_path` and `result_path` are None where null was written. `misplaced`:
    fields that states of another type have."""

    name: str
    type: str
    path: Path
    work: Work
    next: str | None = None
    end: bool = False
    input_path: JsonPath | None = ROOT
    output_path: JsonPath | None = ROOT
    parameters: Template | None = None
    result_selector: Template | None = None
    result_path: JsonPath | None = ROOT
    retry: tuple[Retrier, ...] = ()
    catch: tuple[Catcher, ...] = ()
    misplaced: tuple[str, ...] = ()

    @property
    def machines(self) -> tuple[Machine, ...]:
        """Those inside."""
        if isinstance(self.work, Parallel):
            return self.work.branches
        return (self.work.processor,) if isinstance(self.work, Map) else ()

    @property
    def is_terminal(self) -> bool:
        return self.end or self.type in ("Succeed", "Fail")


@dataclass(frozen=True, slots=True)
class Machine:
    """`start` is None where StartAt was left out. `timeout` in seconds."""

    path: Path
    start: str | None
    states: Mapping[str, State] = field(default_factory=dict)
    timeout: int | None = None


@dataclass(frozen=True, slots=True)
class MachineAnswer:
    document: JsonDocument
    machine: Machine
