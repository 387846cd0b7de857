"""Queues, subscriptions and event source mappings, in AWS's names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.json_document import JsonDocument, Path
from labs.grading.messages.filters.event_filter import EventFilter

# What AWS sets where nothing is written. Source: SQS Developer Guide, "Configurable parameters";
# Lambda Developer Guide, "Using Lambda with Amazon SQS" and "Configure function timeout".
VISIBILITY, RETENTION = 30, 345_600
BATCH, TIMEOUT = 10, 3


@dataclass(frozen=True, slots=True)
class Queue:
    """`dead_letters`: the queue that takes what was received `most_receives` times; "" = none."""

    name: str
    path: Path = ()
    visibility: int = VISIBILITY
    retention: int = RETENTION
    dead_letters: str = ""
    most_receives: int = 0
    policy: CompiledPolicy | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    topic: str
    queue: str
    path: Path
    filter: EventFilter | None = None
    scope: str = "MessageAttributes"


@dataclass(frozen=True, slots=True)
class Source:
    """An event source mapping. `partial`: failures are reported message by message."""

    queue: str
    function: str
    path: Path
    batch: int = BATCH
    window: int = 0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Topology:
    queues: Mapping[str, Queue] = field(default_factory=dict)
    subscriptions: tuple[Subscription, ...] = ()
    sources: tuple[Source, ...] = ()
    timeouts: Mapping[str, int] = field(default_factory=dict)

    def timeout(self, function: str) -> int:
        return self.timeouts.get(function, TIMEOUT)


@dataclass(frozen=True, slots=True)
class TopologyAnswer:
    document: JsonDocument
