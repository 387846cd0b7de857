"""The packets of a security-group lab: read from the spec, sent at a group's rules,
said in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from labs.grading.errors import Position
from labs.grading.network.rules.flows import Flow, first_match
from labs.grading.network.rules.permissions import read_address
from labs.grading.network.rules.protocols import AXIS_END, ICMP, PING, WITH_PORTS, protocol_name
from labs.grading.network.rules.rule import Path, Rule
from labs.grading.network.rules.words import rule_words, way_words
from labs.grading.report import Case, Demand, Finding, Outcome
from labs.grading.said import Said, filled, say
from labs.grading.toml_table import Table

Locate = Callable[[Path], Position]  # where a part of the answer stands
TITLE = say("Packet by packet")
# (got through, inbound, as it should be) → the sentence
FATES = {
    (True, True, True): say("{packet} gets in."),
    (True, True, False): say("{packet} gets in; it should not."),
    (False, True, True): say("{packet} is kept out."),
    (False, True, False): say("{packet} is kept out; it should get in."),
    (True, False, True): say("{packet} gets out."),
    (True, False, False): say("{packet} gets out; it should not."),
    (False, False, True): say("{packet} is held back."),
    (False, False, False): say("{packet} is held back; it should get out."),
}
PASSES, STOPPED = say("passes"), say("is stopped")


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet that opens a conversation, and what has to become of it."""

    name: str
    flow: Flow
    inbound: bool
    allowed: bool
    points: int
    hidden: bool
    why: str
    section: str

    @property
    def words(self) -> str:
        return flow_words(self.flow, inbound=self.inbound)


def read_packet(table: Table) -> Packet:
    """One `[[spec.packets]]`; SpecError names the key."""
    return Packet(
        name=table.text("name"),
        flow=read_flow(table),
        inbound=table.text("direction", "in", choices=("in", "out")) == "in",
        allowed=table.text("expect", choices=("allow", "deny")) == "allow",
        points=table.number("points", 1, most=1000),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )


def read_flow(table: Table) -> Flow:
    """protocol, port (or type and code), source (an address or a group's id)
    and group (the far end's group)."""
    protocol = protocol_name(table.text("protocol"))
    if protocol is None or protocol == "-1":
        raise table.error(
            "protocol", "a packet has one protocol: tcp, udp, icmp, icmpv6 or a number"
        )
    peer = table.text("source")
    groups = (table.text("group", ""),) if "group" in table.values else ()
    if read_address(peer) is None:
        if "/" in peer or peer[:1].isdigit():
            raise table.error("source", f"“{peer}” is neither one address nor a group's id")
        peer, groups = "", (*groups, peer)
    return Flow(protocol=protocol, port=read_axis(table, protocol), peer=peer, groups=groups)


def read_axis(table: Table, protocol: str) -> int:
    if protocol in WITH_PORTS:
        return table.number("port", most=AXIS_END)
    if protocol in ICMP:
        kind = table.number("type", PING[protocol], most=255)
        return kind * 256 + table.number("code", 0, most=255)
    return 0


def flow_words(flow: Flow, *, inbound: bool) -> str:
    """`TCP 22 (SSH) from 203.0.113.7`"""
    return way_words(flow.words(), flow.far_end(), inbound=inbound)


def fate_words(packet: str, allowed: bool, *, inbound: bool, right: bool) -> Said:
    """What became of a packet, and whether it should have, in a sentence."""
    return filled(FATES[(allowed, inbound, right)], packet=packet)


def outcome_words(allowed: bool, *, inbound: bool) -> str:
    if inbound:
        return say("gets in") if allowed else say("is kept out")
    return say("gets out") if allowed else say("is held back")


def passing_words(passes: bool) -> str:
    """For tables of packets."""
    return PASSES if passes else STOPPED


def is_right(packet: Packet, rules: Sequence[Rule]) -> bool:
    """Whether what has to become of the packet becomes of it."""
    return (first_match(rules, packet.flow) is not None) == packet.allowed


def packet_finding(packet: Packet, rules: Sequence[Rule], locate: Locate) -> Finding:
    """What became of the packet. A wrongly admitted one points at the rule that let it through."""
    rule = first_match(rules, packet.flow)
    passed = (rule is not None) == packet.allowed
    actual = outcome_words(rule is not None, inbound=packet.inbound)
    fate = fate_words(packet.words, rule is not None, inbound=packet.inbound, right=passed)
    message = say("{name}: {sentence}", name=packet.name, sentence=fate)
    return Finding(
        "sg.packet-blocked" if packet.allowed else "sg.packet-admitted",
        passed,
        packet.points,
        message,
        at=None if passed else position_of(rule, locate),
        cases=() if passed else (Case(message),),
        counterexample=None
        if passed
        else flow_json(packet.flow, inbound=packet.inbound, allowed=rule is not None),
        section=packet.section,
        hidden=packet.hidden,
        demand=Demand.ALLOW if packet.allowed else Demand.REFUSE,
        expected=outcome_words(packet.allowed, inbound=packet.inbound),
        actual=actual,
        why=packet.why,
    )


def packet_outcome(packet: Packet, rules: Sequence[Rule]) -> Outcome:
    rule = first_match(rules, packet.flow)
    return Outcome(
        name=packet.name,
        what=packet.words,
        expected=passing_words(packet.allowed),
        yours=passing_words(rule is not None),
        because="" if rule is None else rule_words(rule, inbound=packet.inbound),
        passed=(rule is not None) == packet.allowed,
    )


def position_of(rule: Rule | None, locate: Locate) -> Position | None:
    """Where a rule stands; None for a default rule, which stands nowhere in the answer."""
    return locate(rule.path) if rule is not None and rule.path else None


def flow_json(flow: Flow, *, inbound: bool, allowed: bool) -> dict[str, object]:
    """A counterexample: the flow, in words, and what the answer does with it."""
    return {
        "direction": "in" if inbound else "out",
        "flow": flow.as_json(),
        "words": flow_words(flow, inbound=inbound),
        "answer": "allow" if allowed else "deny",
        "expected": "deny" if allowed else "allow",
    }
