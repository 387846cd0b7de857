"""One packet's way through a network, hop by hop, until something stops it or it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labs.grading.network.topology.conversation import Conversation
from labs.grading.network.topology.ends import find_ends
from labs.grading.network.topology.journey import Hop, Probe, Walk
from labs.grading.network.topology.network import Network


def walk(network: Network, probe: Probe) -> Walk:
    """Send the packet. Never raises: a target without an address is a hop that stops."""
    source, target = find_ends(network, probe)
    if source is None or target is None:
        return Walk(probe, [no_address(probe, probe.target if target is None else probe.source)])
    conversation = Conversation(network=network, probe=probe, source=source, target=target)
    return Walk(probe, list(until_stopped(conversation.hops())))


def no_address(probe: Probe, at: str) -> Hop:
    return Hop(
        stage="address",
        at=at,
        passed=False,
        cause=None,
        sender=probe.source,
        receiver=probe.target,
        port=probe.port,
    )


def until_stopped(hops: Iterable[Hop]) -> Iterator[Hop]:
    for hop in hops:
        yield hop
        if not hop.passed and hop.stage != "service":  # a refusal travels back like any answer
            return
