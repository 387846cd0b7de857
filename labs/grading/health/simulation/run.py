"""What a simulation found: states over time with AWS's reason codes, and what users met."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from labs.grading.health.settings.model import TargetGroup
from labs.grading.health.simulation.world import Log, Target
from labs.grading.said import Said


class State(StrEnum):
    """As `describe-target-health` prints them."""

    INITIAL = "initial"
    HEALTHY = "healthy"
    UNHEALTHY = "unhealthy"
    DRAINING = "draining"
    UNUSED = "unused"


class Reason(StrEnum):
    """As `describe-target-health` prints them; a healthy target has none."""

    NONE = ""
    CHECKING = "Elb.InitialHealthChecking"
    MISMATCH = "Target.ResponseCodeMismatch"
    TIMEOUT = "Target.Timeout"
    FAILED = "Target.FailedHealthChecks"
    DRAINING = "Target.DeregistrationInProgress"
    UNREGISTERED = "Target.NotRegistered"


@dataclass(frozen=True, slots=True)
class Span:
    """In one state from `start` up to `end`, which is not included."""

    start: int
    end: int
    state: State
    reason: Reason


@dataclass(frozen=True, slots=True)
class Check:
    """A health check, by when it was sent."""

    sent: int
    passed: bool
    reason: Reason
    status: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A request. `target` is "" where there was none to send it to; `open`: it was sent to a target
    that is not healthy, because none is."""

    second: int
    who: Said
    target: str
    served: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A request that ended with its target."""

    second: int
    who: Said
    target: str
    begun: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Move:
    """A visitor whose session lies on one target, and who was sent to another."""

    second: int
    who: Said
    before: str
    now: str


@dataclass(slots=True)
class Seen:
    """One target over the log."""

    target: Target
    started: int
    spans: list[Span] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def state(self, second: int) -> State | None:
        return next((one.state for one in self.spans if one.start <= second < one.end), None)

    def served(self, page: str, end: int) -> list[tuple[int, int, bool]]:
        """Stretches of the log with whether users are answered, while it is registered."""
        edges = [self.started + one.at for one in self.target.phases]
        ends = [*edges[1:], end]
        return [
            (max(0, start), min(stop, end), phase.reply(page).serves)
            for start, stop, phase in zip(edges, ends, self.target.phases, strict=True)
            if start < end
        ]


@dataclass(frozen=True, slots=True)
class Run:
    """`deployed`: the second at which the deployment was done; None if it was not."""

    group: TargetGroup
    log: Log
    seen: tuple[Seen, ...]
    hits: tuple[Hit, ...]
    cuts: tuple[Cut, ...]
    moves: tuple[Move, ...]
    deployed: int | None

    def dead(self) -> list[Hit]:
        """Requests of users who met a target that could not answer, or none at all."""
        return [hit for hit in self.hits if not hit.served]

    def of(self, name: str) -> Seen:
        return next(one for one in self.seen if one.target.name == name)

    def shares(self, since: int) -> Counter[str]:
        """Requests from that second on, by target."""
        return Counter(hit.target for hit in self.hits if hit.second >= since and hit.target)
