"""What came of a trace."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from labs.grading.messages.simulation.trace import Message, Trace
from labs.grading.messages.topology.model import Topology


class Step(StrEnum):
    """What happens to a message, one after the other."""

    FILTERED = "filtered"  # its subscription's filter does not take it
    NOT_LET_IN = "not-let-in"  # the queue's policy does not allow it
    QUEUED = "queued"
    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"
    ENDED = "ended"  # the function's timeout was over
    DEAD = "dead"  # moved to the dead-letter queue
    THROWN = "thrown-away"  # the retention period was over


class End(StrEnum):
    """How a call of a function ended."""

    RUNNING = "running"
    WELL = "well"
    ERROR = "error"
    TIMEOUT = "timeout"


@dataclass(slots=True)
class Call:
    function: str
    start: int
    end: End = End.RUNNING


@dataclass(frozen=True, slots=True)
class Entry:
    """`where`: a queue or a function; `number`: for the how manyth time."""

    second: int
    step: Step
    where: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    second: int
    call: Call


@dataclass(slots=True)
class Run:
    """`looped`: the trace had no end, for messages came back at once."""

    topology: Topology
    trace: Trace
    log: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    done: dict[tuple[str, str], list[Done]] = field(default_factory=lambda: defaultdict(list))
    calls: list[Call] = field(default_factory=list)
    looped: bool = False

    def note(self, message: str, second: int, step: Step, where: str, number: int = 0) -> None:
        self.log[message].append(Entry(second, step, where, number))

    def arrivals(self, message: str, queue: str) -> list[int]:
        return [
            one.second
            for one in self.log[message]
            if one.step is Step.QUEUED and one.where == queue
        ]

    def entries(self, message: str, step: Step) -> list[Entry]:
        return [one for one in self.log[message] if one.step is step]

    def times(self, message: Message, consumer: str) -> list[int]:
        """When it was done by a function, or came to a queue."""
        if consumer in self.topology.queues:
            return self.arrivals(message.name, consumer)
        return [one.second for one in self.done[message.name, consumer]]

    def in_dead_letters(self, message: str) -> bool:
        """At the end, in some dead-letter queue."""
        dead = self.entries(message, Step.DEAD)
        thrown = {one.where for one in self.entries(message, Step.THROWN)}
        return any(one.where not in thrown for one in dead)

    def consumers(self) -> list[str]:
        """Functions, and queues that nobody takes from; no dead-letter queue."""
        sources = {one.queue for one in self.topology.sources}
        dead = {one.dead_letters for one in self.topology.queues.values()}
        names = [one.name for one in self.trace.functions]
        wanted = [one for message in self.trace.messages for one in message.to]
        queues = [one for one in self.topology.queues if one not in sources | dead]
        return list(dict.fromkeys([*queues, *names, *wanted]))
