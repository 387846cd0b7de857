"""Names in certificates, and what a star in them stands for.

Sources: RFC 9525, "Service Identity in TLS", section 6.3; ACM User Guide, "AWS Certificate Manager
public certificate characteristics and limitations" ("Wildcard names").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
NAME = re.compile(rf"(\*\.)?({LABEL}\.)+{LABEL}")
LONGEST = 253
STAR = "*."


def is_name(text: str) -> bool:
    """A host with two parts at least; a star may be its first part as a whole."""
    return len(text) <= LONGEST and bool(NAME.fullmatch(text))


def fits(name: str, host: str) -> bool:
    """A star stands for exactly one part, the left-most. Both are in small letters."""
    if not name.startswith(STAR):
        return name == host
    first, _dot, rest = host.partition(".")
    return bool(first) and rest == name.removeprefix(STAR)


def any_fits(names: Iterable[str], host: str) -> bool:
    return any(fits(name, host) for name in names)


def stars_above(names: Iterable[str], host: str) -> bool:
    """Does a star stand further above: for two parts or more of this host?"""
    return any(
        host.endswith(name[1:]) and not fits(name, host) for name in names if name.startswith(STAR)
    )


def bare(names: Iterable[str], host: str) -> bool:
    """Is this the name behind a star, without anything in its place?"""
    return f"{STAR}{host}" in names
