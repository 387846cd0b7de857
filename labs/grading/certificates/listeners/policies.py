"""Which versions of TLS a security policy takes, and which a visitor speaks.

Source: User Guide for Application Load Balancers, "Security policies for your Application Load
Balancer" (the protocols of each policy).
"""

from __future__ import annotations

USUAL = "ELBSecurityPolicy-2016-08"  # where create-listener is not told any
POLICIES: dict[str, frozenset[str]] = {
    "ELBSecurityPolicy-TLS13-1-3-2021-06": frozenset({"1.3"}),
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06": frozenset({"1.2", "1.3"}),
    "ELBSecurityPolicy-TLS13-1-2-2021-06": frozenset({"1.2", "1.3"}),
    "ELBSecurityPolicy-TLS13-1-1-2021-06": frozenset({"1.1", "1.2", "1.3"}),
    "ELBSecurityPolicy-TLS13-1-0-2021-06": frozenset({"1.0", "1.1", "1.2", "1.3"}),
    "ELBSecurityPolicy-TLS-1-2-2017-01": frozenset({"1.2"}),
    "ELBSecurityPolicy-TLS-1-1-2017-01": frozenset({"1.1", "1.2"}),
    USUAL: frozenset({"1.0", "1.1", "1.2"}),
}
# By the newest that they speak. Browsers of today have given up what is older than 1.2.
SPOKEN: dict[str, frozenset[str]] = {
    "1.0": frozenset({"1.0"}),
    "1.1": frozenset({"1.0", "1.1"}),
    "1.2": frozenset({"1.0", "1.1", "1.2"}),
    "1.3": frozenset({"1.2", "1.3"}),
}


def in_common(policy: str, newest: str) -> bool:
    return bool(POLICIES[policy or USUAL] & SPOKEN[newest])
