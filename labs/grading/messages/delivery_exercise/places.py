"""Which setting of an answer a flaw is about."""

from __future__ import annotations

from labs.grading.json_document import Path
from labs.grading.messages.simulation.run import Run

# Settings of a queue; everything else is a subscription's, a mapping's or a function's.
OF_QUEUES = {
    "messages.not-let-in": "Policy",
    "messages.expired": "MessageRetentionPeriod",
    "messages.waiting": "VisibilityTimeout",
    "messages.given-up": "RedrivePolicy",
    "messages.visible-again": "VisibilityTimeout",
    "messages.still-tried": "RedrivePolicy",
    "messages.no-dead-letters": "RedrivePolicy",
    "messages.dead-letter-expired": "MessageRetentionPeriod",
    "messages.late": "VisibilityTimeout",
}
OF_SUBSCRIPTIONS = {
    "messages.filtered-out": "FilterPolicy",
    "messages.scope": "FilterPolicyScope",
    "messages.stray": "FilterPolicy",
}


def places_of(code: str, run: Run, consumer: str, queue: str) -> tuple[Path, ...]:
    """The setting first, then what it belongs to."""
    found = run.topology.queues.get(queue)
    subscriptions = [one.path for one in run.topology.subscriptions if one.queue == queue]
    sources = [one.path for one in run.topology.sources if one.function == consumer]
    if code in OF_QUEUES and found:
        return ((*found.path, OF_QUEUES[code]), found.path)
    if code in OF_SUBSCRIPTIONS and subscriptions:
        return ((*subscriptions[0], OF_SUBSCRIPTIONS[code]), subscriptions[0])
    ways = missing_ways(sources, subscriptions, found.path if found else ())
    others = {
        "messages.two-subscriptions": tuple(subscriptions[1:]),
        "messages.timed-out": (("Functions", consumer, "Timeout"), *sources),
        "messages.whole-batch": tuple(sources),
    }
    return others.get(code, ways)


def missing_ways(sources: list[Path], subscriptions: list[Path], queue: Path) -> tuple[Path, ...]:
    """Where a way ends that leads nowhere."""
    return tuple(one for one in (*sources, *subscriptions, queue) if one)
