"""One concrete flow, whether a rule list admits it, and how to say it in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.network.rules.permissions import number, read_address
from labs.grading.network.rules.protocols import (
    ALL,
    ICMP,
    PING,
    PING_REPLY,
    WITH_PORTS,
    protocol_words,
    service,
)
from labs.grading.network.rules.rule import GROUP, PREFIX_LIST, Rule


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
            name = service(self.port)
            return f"{protocol_words(self.protocol)} {self.port}" + (f" ({name})" if name else "")
        if self.protocol not in ICMP:
            return protocol_words(self.protocol)
        kind, code = self.port >> 8, self.port & 255
        known = {
            PING[self.protocol]: "echo request (ping)",
            PING_REPLY[self.protocol]: "echo reply",
        }
        if code == 0 and kind in known:
            return f"{protocol_words(self.protocol)} {known[kind]}"
        return f"{protocol_words(self.protocol)} type {kind} code {code}"

    def far_end(self) -> str:
        """The far end in words: an address, a member of a group, or both."""
        members = " and ".join(self.groups)
        if self.peer:
            return f"{self.peer} (in {members})" if members else self.peer
        return f"a member of {members}"


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
