"""Examples of the page “HTTP headers and Application Load Balancers”."""

from __future__ import annotations

import pytest

from labs.grading.names.forwarded import APPEND, PRESERVE, REMOVE, Arrival, read_arrival

CLIENT, LIE, PROXY, BALANCER = "203.0.113.7", "10.9.9.9", "192.0.2.15", "10.0.1.20"


@pytest.mark.parametrize(
    ("header", "peer", "mode", "own", "received", "visitor"),
    [
        ((), CLIENT, APPEND, 0, CLIENT, CLIENT),
        ((LIE,), CLIENT, APPEND, 0, f"{LIE}, {CLIENT}", CLIENT),
        ((LIE, CLIENT), PROXY, APPEND, 1, f"{LIE}, {CLIENT}, {PROXY}", CLIENT),
        ((), PROXY, APPEND, 1, PROXY, ""),  # the proxy has kept the visitor to itself
        ((LIE,), CLIENT, PRESERVE, 0, LIE, ""),
        ((LIE,), CLIENT, REMOVE, 0, "", ""),
        ((), "2001:DB8::0:7", APPEND, 0, "2001:DB8::0:7", "2001:DB8::0:7"),
    ],
)
def test_the_right_most_address_that_is_no_proxy_of_ours_is_believed(
    header: tuple[str, ...], peer: str, mode: str, own: int, received: str, visitor: str
) -> None:
    arrival = Arrival(peer, BALANCER, header, mode, own)
    assert read_arrival(arrival) == {"source": BALANCER, "header": received, "visitor": visitor}


def test_a_sender_has_an_address() -> None:
    with pytest.raises(ValueError, match="example"):
        read_arrival(Arrival("example", BALANCER))
