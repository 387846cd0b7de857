"""X-Forwarded-For behind an Application Load Balancer: what the server receives, and whom of it one
may believe.

Source: Application Load Balancers User Guide, “HTTP headers and Application Load Balancers”: with
`append`, the default, the balancer adds the address that the request came from at the right end;
with `preserve` it leaves the header as it came, with `remove` it takes it out. Whatever stood there
before was written by somebody else, who may have invented it.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

APPEND, PRESERVE, REMOVE = "append", "preserve", "remove"
MODES = (APPEND, PRESERVE, REMOVE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request as it reaches the balancer. `peer` is who opened the connection, `header` the
    addresses that were in X-Forwarded-For already, `own_proxies` how many proxies of ours stand in
    front of the balancer, each of which appends as well."""

    peer: str
    balancer: str
    header: tuple[str, ...] = ()
    mode: str = APPEND
    own_proxies: int = 0


def read_arrival(arrival: Arrival) -> dict[str, str]:
    """source (where the server sees the connection come from), header (what it receives), visitor
    (the address that may be believed; "" where none may be). ValueError: no IP address."""
    for address in (arrival.peer, arrival.balancer):
        ip_address(address)
    received = received_header(arrival)
    return {
        "source": str(ip_address(arrival.balancer)),
        "header": ", ".join(received),
        "visitor": believed(arrival, received),
    }


def received_header(arrival: Arrival) -> tuple[str, ...]:
    if arrival.mode == REMOVE:
        return ()
    return (*arrival.header, arrival.peer) if arrival.mode == APPEND else arrival.header


def believed(arrival: Arrival, received: tuple[str, ...]) -> str:
    """From the right: behind the addresses of our own proxies stands the one that the outermost of
    them has seen. Where the balancer appends nothing, nobody of ours has written any."""
    at = len(received) - 1 - arrival.own_proxies
    return received[at] if arrival.mode == APPEND and at >= 0 else ""
