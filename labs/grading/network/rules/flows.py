"""One concrete flow, whether a rule list admits it, and how to say it in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.listing import listed_with_and
from labs.grading.network.rules.permissions import number, read_address
from labs.grading.network.rules.protocols import (
    ALL,
    ICMP,
    PING,
    PING_REPLY,
    WITH_PORTS,
    protocol_words,
)
from labs.grading.network.rules.rule import GROUP, PREFIX_LIST, Rule
from labs.grading.network.rules.words import port_words
from labs.grading.said import say


@dataclass(frozen=True, slots=True, order=True)
class Flow:
    """A packet that opens a conversation, as a security group sees it.

    `port` is the destination port, or 256 × type + code for ICMP; it means nothing for other
    protocols. `peer` is the address at the far end; `groups` are the security groups of that
    interface ("" and () when unknown).
    """

    protocol: str
    port: int
    peer: str = ""
    groups: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """`{protocol, port, source}`; ICMP has `type` and `code` in the port's place."""
        if self.protocol in ICMP:
            where: dict[str, object] = {"type": self.port >> 8, "code": self.port & 255}
        else:
            where = {"port": self.port if self.protocol in WITH_PORTS else None}
        return {"protocol": self.protocol, **where, "source": self.peer or ", ".join(self.groups)}

    def words(self) -> str:
        """`TCP 22 (SSH)`, `ICMP echo request (ping)`, `protocol 50`: what arrives,
        without the far end."""
        if self.protocol in WITH_PORTS:
            return port_words(protocol_words(self.protocol), self.port)
        if self.protocol not in ICMP:
            return protocol_words(self.protocol)
        return self.icmp_words(protocol_words(self.protocol), self.port >> 8, self.port & 255)

    def icmp_words(self, protocol: str, kind: int, code: int) -> str:
        if (kind, code) == (PING[self.protocol], 0):
            return say("{protocol} echo request (ping)", protocol=protocol)
        if (kind, code) == (PING_REPLY[self.protocol], 0):
            return say("{protocol} echo reply", protocol=protocol)
        return say("{protocol} type {type} code {code}", protocol=protocol, type=kind, code=code)

    def far_end(self) -> str:
        """The far end in words: an address, a member of a group, or both."""
        groups = listed_with_and(self.groups)
        if not self.peer:
            return say("a member of {groups}", groups=groups)
        if not groups:
            return self.peer
        return say("{address} (in {groups})", address=self.peer, groups=groups)


def flow_from_json(row: Mapping[str, Any]) -> Flow:
    """The flow that `as_json` wrote."""
    port = row["type"] * 256 + row["code"] if row["protocol"] in ICMP else row.get("port") or 0
    if read_address(row["source"]) is None:
        return Flow(protocol=row["protocol"], port=port, peer="", groups=(row["source"],))
    return Flow(row["protocol"], port, row["source"])


def admits(rule: Rule, flow: Flow) -> bool:
    """The point evaluator: does this one rule let this one flow through?"""
    if rule.protocol not in (ALL, flow.protocol):
        return False
    carries_port = flow.protocol in WITH_PORTS or flow.protocol in ICMP
    if carries_port and not rule.low <= flow.port <= rule.high:
        return False
    if not carries_port and rule.is_reversed:
        return False
    if rule.source.kind in (GROUP, PREFIX_LIST):
        return rule.source.name in flow.groups
    return is_inside(flow.peer, rule)


def is_inside(peer: str, rule: Rule) -> bool:
    if not peer:
        return False
    kind, value = number(peer)
    return kind == rule.source.kind and rule.source.first <= value <= rule.source.last


def first_match(rules: Iterable[Rule], flow: Flow) -> Rule | None:
    """The first rule that lets the flow through; order never changes the outcome,
    only which rule is named."""
    return next((rule for rule in rules if admits(rule, flow)), None)
