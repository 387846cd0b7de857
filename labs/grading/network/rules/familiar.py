"""Addresses that look like somebody's: for counterexamples, which are read by people.

Documentation addresses come first (RFC 5737, RFC 3849); a block's first and last address are never
hosts.
"""

from __future__ import annotations

import ipaddress

from labs.grading.network.rules.rule import IPV4, IPV6

FAMILIAR = {
    IPV4: ("198.51.100.23", "203.0.113.77", "192.0.2.44", "10.0.1.25", "172.31.16.8", "8.8.8.8"),
    IPV6: ("2001:db8:77::23", "2001:db8::7", "2600:1f18::5"),
}
# The first addresses that a host on the internet can have.
FIRST_HOST = {IPV4: 1 << 24, IPV6: 0x2000 << 112}
USUAL_HOST = 25  # beside the first addresses of a block, which routers and gateways take
BYTE = 256


def number_of(text: str) -> int:
    return int(ipaddress.ip_address(text))


KNOWN = {kind: tuple(map(number_of, texts)) for kind, texts in FAMILIAR.items()}


def host_between(kind: str, first: int, last: int) -> int:
    """An address from `first` to `last`, one that a host could have where there is one."""
    for number in KNOWN.get(kind, ()):
        if first <= number <= last:
            return number
    first_host = FIRST_HOST.get(kind, 0)
    start = first_host if first < first_host <= last else first
    usual = (start // BYTE) * BYTE + USUAL_HOST
    candidates = (usual, start, start + 1)
    return next((one for one in candidates if start <= one <= last and is_host(kind, one)), start)


def is_host(kind: str, number: int) -> bool:
    return number % BYTE not in (0, BYTE - 1) if kind == IPV4 else number % BYTE != 0


def familiarity(kind: str, address: int) -> int:
    """The lower, the more it looks like somebody's."""
    known = KNOWN.get(kind, ())
    return known.index(address) if address in known else len(known)
