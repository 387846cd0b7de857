"""For how long targets that would have answered were out of service, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.health.settings.model import TargetGroup
from labs.grading.health.simulation.run import Reason, Run, Seen, Span, State

OUT = (State.INITIAL, State.UNHEALTHY)


@dataclass(frozen=True, slots=True)
class Absence:
    """Out of service from `start` to `end` although users would have been answered since then.
    `needless`: it was never unable to answer. `back`: it came into service, or the log ended."""

    target: str
    start: int
    end: int
    needless: bool
    back: bool
    reason: Reason

    @property
    def seconds(self) -> int:
        return self.end - self.start


def absences(run: Run) -> list[Absence]:
    """In the order in which they began."""
    found = [one for seen in run.seen for one in absences_of(seen, run)]
    return sorted(found, key=lambda one: one.start)


def absences_of(seen: Seen, run: Run) -> Iterator[Absence]:
    served = seen.served(run.log.page, run.log.seconds)
    for stretch in stretches(seen.spans):
        start, end = stretch[0].start, stretch[-1].end
        new = stretch[0].state == State.INITIAL
        since = start if new else start - looking_back(run.group)
        deaths = [stop for begin, stop, fine in served if not fine and stop > since and begin < end]
        ready = max(deaths, default=start)
        if ready < end:
            yield Absence(
                seen.target.name,
                max(start, ready),
                end,
                needless=not deaths and not new,
                back=seen.state(end) == State.HEALTHY,
                reason=stretch[-1].reason,
            )


def looking_back(group: TargetGroup) -> int:
    """How old the first of the failures may be that took a target out."""
    return (group.unhealthy - 1) * group.interval + group.timeout


def stretches(spans: list[Span]) -> list[list[Span]]:
    """Spans out of service that follow each other."""
    found: list[list[Span]] = []
    for span in spans:
        if span.state in OUT:
            if found and found[-1][-1].end == span.start:
                found[-1].append(span)
            else:
                found.append([span])
    return found
