"""Rules and sources as one says them."""

from __future__ import annotations

from labs.grading.network.rules.protocols import (
    ALL,
    AXIS_END,
    ICMP,
    PING,
    PING_REPLY,
    WITH_PORTS,
    protocol_words,
    service,
)
from labs.grading.network.rules.rule import GROUP, PREFIX_LIST, Rule, Source


def rule_words(rule: Rule, *, inbound: bool = True) -> str:
    """`TCP 22 (SSH) from 203.0.113.0/24`; outbound `… to …`."""
    return f"{traffic_words(rule)} {'from' if inbound else 'to'} {source_words(rule.source)}"


def traffic_words(rule: Rule) -> str:
    """Protocol and ports, without the source."""
    name = protocol_words(rule.protocol)
    if rule.protocol in WITH_PORTS:
        return f"{name} {port_words(rule.low, rule.high)}"
    if rule.protocol not in ICMP or rule.high - rule.low == AXIS_END:
        return (
            name if rule.protocol == ALL or rule.protocol not in ICMP else f"{name} of every type"
        )
    return f"{name} {icmp_words(rule)}"


def port_words(low: int, high: int) -> str:
    if low == high:
        return f"{low} ({service(low)})" if service(low) else str(low)
    return "on every port" if (low, high) == (0, AXIS_END) else f"{low}–{high}"


def icmp_words(rule: Rule) -> str:
    kind, code = rule.low >> 8, rule.low & 255
    if rule.high - rule.low == 255:
        name = {PING[rule.protocol]: " (ping)"}.get(kind, "")
        return f"type {kind}{name}, every code"
    names = {PING[rule.protocol]: " (ping)", PING_REPLY[rule.protocol]: " (ping's reply)"}
    return f"type {kind} code {code}" + (names.get(kind, "") if code == 0 else "")


def source_words(source: Source) -> str:
    if source.kind == GROUP:
        return f"members of {source.name}"
    return f"prefix list {source.name}" if source.kind == PREFIX_LIST else source.name
