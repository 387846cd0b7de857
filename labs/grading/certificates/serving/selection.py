"""Which certificate a listener shows to whom.

Source: User Guide for Application Load Balancers, "SSL certificates for your Application Load
Balancer" (that for Network Load Balancers says the same): the default certificate is used if no
hostname is sent or if none of the list matches it. If one of the list matches, it is selected; of
several, the best that the client can support, by public key algorithm (ECDSA before RSA),
expiration (not expired first), hashing algorithm, key length (the largest first) and validity
period, in this order.

Whether a certificate with exactly this name comes before one with a star the guide does not say.
Both readings are kept, and so is whatever its last criterion would decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from labs.grading.certificates.listeners.model import Certificate, Listener
from labs.grading.certificates.listeners.names import any_fits

NO_NAME, NO_MATCH, ONLY_ONE, MATCH = "no-name", "no-match", "only-one", "match"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`sni`: says the host that it wants. `rsa_only`: knows no elliptic curves. `tls`: the newest
    version that it speaks."""

    host: str
    day: date
    sni: bool = True
    rsa_only: bool = False
    tls: str = "1.3"

    def supports(self, certificate: Certificate) -> bool:
        return not (self.rsa_only and certificate.is_elliptic)


@dataclass(frozen=True, slots=True)
class Shown:
    """`certificate`: None where there is none that the visitor supports."""

    certificate: Certificate | None
    how: str


def possibly_shown(listener: Listener, visitor: Visitor) -> tuple[Shown, ...]:
    """One, or several where the guide leaves it open."""
    if not listener.place.takes_a_list:
        return (by_default(listener, visitor, ONLY_ONE),)
    if not visitor.sni:
        return (by_default(listener, visitor, NO_NAME),)
    fitting = [one for one in listener.others if any_fits(one.names, visitor.host)]
    if not fitting:
        return (by_default(listener, visitor, NO_MATCH),)
    usable = [one for one in fitting if visitor.supports(one)]
    if not usable:
        return Shown(None, MATCH), by_default(listener, visitor, NO_MATCH)
    exact = [one for one in usable if visitor.host in one.names]
    best = dict.fromkeys((*best_of(exact, visitor.day), *best_of(usable, visitor.day)))
    return tuple(Shown(one, MATCH) for one in best)


def by_default(listener: Listener, visitor: Visitor, how: str) -> Shown:
    return Shown(listener.default if visitor.supports(listener.default) else None, how)


def best_of(certificates: Sequence[Certificate], day: date) -> list[Certificate]:
    """Those that the guide's criteria leave. Hashes are equal: all are SHA-256."""

    def rank(one: Certificate) -> tuple[bool, bool, int]:
        return one.is_elliptic, one.valid_on(day), one.length

    highest = max(map(rank, certificates), default=None)
    return [one for one in certificates if rank(one) == highest]
