"""Which certificate an HTTPS listener shows for a name that a client says in SNI.

Sources: Application Load Balancers User Guide, “SSL certificates for your Application Load
Balancer” (one default certificate, and a list; the default is shown where no name is said or none
fits); RFC 6125, section 6.4.3 (a star stands for one whole label, the left-most); s2n-tls, the TLS
library of the balancers, “Certificates and Authentication” (an exact name before a star). A star
for one label leaves at most one wildcard that fits a name. Between two certificates for the same
name a balancer looks at key and dates: labs have no two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listener:
    """`certificates`: its name in the lab → the host names that it is valid for."""

    certificates: Mapping[str, Sequence[str]]
    default: str


def fits(pattern: str, host: str) -> bool:
    """Is the certificate's name good for this host? Capitals and a final dot mean nothing."""
    pattern, host = plain(pattern), plain(host)
    if not pattern.startswith("*."):
        return pattern == host
    first, _dot, rest = host.partition(".")
    return bool(first) and rest == pattern[2:]


def plain(host: str) -> str:
    return host.strip().rstrip(".").lower()


def covers(names: Sequence[str], host: str) -> bool:
    return any(fits(name, host) for name in names)


def chosen(listener: Listener, host: str, *, says_name: bool = True) -> str:
    """The name of the certificate that is shown."""
    if says_name:
        for exact in (True, False):
            for certificate, names in listener.certificates.items():
                wanted = [name for name in names if name.startswith("*.") is not exact]
                if covers(wanted, host):
                    return certificate
    return listener.default


def read_visit(listener: Listener, host: str, *, says_name: bool = True) -> dict[str, str]:
    """certificate, and whether the browser warns (“yes” or “no”): it looks for the name in the
    address bar, whether or not it was said in SNI."""
    shown = chosen(listener, host, says_name=says_name)
    warns = not covers(listener.certificates[shown], host)
    return {"certificate": shown, "warning": "yes" if warns else "no"}
