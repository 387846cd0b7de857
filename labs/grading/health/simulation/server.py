"""One registered target: its state, and the checks in a row that lead to the next."""

from __future__ import annotations

from labs.grading.health.settings.model import TargetGroup
from labs.grading.health.simulation.run import Check, Reason, Seen, Span, State
from labs.grading.health.simulation.world import Reply, Visit


class Server:
    def __init__(self, seen: Seen, *, new: bool) -> None:
        self.seen, self.since = seen, seen.started
        self.state = State.INITIAL if new else State.HEALTHY
        self.reason = Reason.CHECKING if new else Reason.NONE
        self.passes = self.failures = 0
        self.open: list[tuple[int, Visit]] = []  # requests by when they end

    @property
    def name(self) -> str:
        return self.seen.target.name

    @property
    def registered(self) -> bool:
        return self.state not in (State.DRAINING, State.UNUSED)

    def reply(self, path: str, now: int) -> Reply:
        return self.seen.target.phase(now - self.seen.started).reply(path)

    def checked(self, sent: int, now: int, reason: Reason, status: int, group: TargetGroup) -> None:
        """One pass is enough for a new target, `healthy` passes in a row for one that was out."""
        passed = reason == Reason.NONE
        self.seen.checks.append(Check(sent, passed, reason, status))
        self.passes, self.failures = (self.passes + 1, 0) if passed else (0, self.failures + 1)
        needed = 1 if self.state == State.INITIAL else group.healthy
        if passed and self.state != State.HEALTHY and self.passes >= needed:
            self.turn(State.HEALTHY, Reason.NONE, now)
        elif not passed and self.state != State.UNHEALTHY and self.failures >= group.unhealthy:
            self.turn(State.UNHEALTHY, reason, now)

    def turn(self, state: State, reason: Reason, now: int) -> None:
        if now > self.since:
            self.seen.spans.append(Span(self.since, now, self.state, self.reason))
        self.state, self.reason, self.since = state, reason, now

    def finish(self, end: int) -> Seen:
        self.turn(self.state, self.reason, end)
        return self.seen
