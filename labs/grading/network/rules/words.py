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
from labs.grading.said import say


def rule_words(rule: Rule, *, inbound: bool = True) -> str:
    """`TCP 22 (SSH) from 203.0.113.0/24`; outbound `… to …`."""
    return way_words(traffic_words(rule), source_words(rule.source), inbound=inbound)


def way_words(traffic: str, far_end: str, *, inbound: bool) -> str:
    """`TCP 22 (SSH) from 203.0.113.7`; outbound `… to …`."""
    if inbound:
        return say("{traffic} from {source}", traffic=traffic, source=far_end)
    return say("{traffic} to {target}", traffic=traffic, target=far_end)


def traffic_words(rule: Rule) -> str:
    """Protocol and ports, without the source."""
    name = protocol_words(rule.protocol)
    if rule.protocol in WITH_PORTS:
        return range_words(name, rule.low, rule.high)
    if rule.protocol == ALL or rule.protocol not in ICMP:
        return name
    if rule.high - rule.low == AXIS_END:
        return say("{protocol} of every type", protocol=name)
    return icmp_words(name, rule)


def range_words(protocol: str, low: int, high: int) -> str:
    if low == high:
        return port_words(protocol, low)
    if (low, high) == (0, AXIS_END):
        return say("{protocol} on every port", protocol=protocol)
    return f"{protocol} {low}–{high}"


def port_words(protocol: str, port: int) -> str:
    """`TCP 22 (SSH)`"""
    name = service(port)
    if not name:
        return f"{protocol} {port}"
    return say("{protocol} {port} ({service})", protocol=protocol, port=port, service=name)


def icmp_words(protocol: str, rule: Rule) -> str:
    kind, code = rule.low >> 8, rule.low & 255
    if rule.high - rule.low == 255:
        return every_code_words(protocol, kind, is_ping=kind == PING[rule.protocol])
    parts = {"protocol": protocol, "type": kind, "code": code}
    if (kind, code) == (PING[rule.protocol], 0):
        return say("{protocol} type {type} code {code} (ping)", **parts)
    if (kind, code) == (PING_REPLY[rule.protocol], 0):
        return say("{protocol} type {type} code {code} (the reply to ping)", **parts)
    return say("{protocol} type {type} code {code}", **parts)


def every_code_words(protocol: str, kind: int, *, is_ping: bool) -> str:
    if is_ping:
        return say("{protocol} type {type} (ping), every code", protocol=protocol, type=kind)
    return say("{protocol} type {type}, every code", protocol=protocol, type=kind)


def source_words(source: Source) -> str:
    if source.kind == GROUP:
        return say("members of {group}", group=source.name)
    if source.kind == PREFIX_LIST:
        return say("prefix list {name}", name=source.name)
    return source.name
