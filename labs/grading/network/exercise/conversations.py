"""Conversations: a packet that meets a network ACL, and the answer that it expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labs.grading.network.exercise.packets import (
    Locate,
    fate_words,
    flow_json,
    flow_words,
    outcome_words,
    passing_words,
    position_of,
    read_axis,
)
from labs.grading.network.rules.acl import Acl, AclRule, deciding
from labs.grading.network.rules.flows import Flow
from labs.grading.network.rules.permissions import number, read_address
from labs.grading.network.rules.protocols import ALL, ICMP, PING_REPLY, WITH_PORTS, protocol_name
from labs.grading.network.topology.journey import CLIENT_PORT
from labs.grading.report import Case, Demand, Finding, Outcome
from labs.grading.said import say
from labs.grading.toml_table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A packet and the answer that it expects (`answer_port` None: none)."""

    name: str
    flow: Flow
    inbound: bool
    answer_port: int | None
    allowed: bool
    points: int
    hidden: bool
    why: str
    section: str


def read_conversation(table: Table) -> Conversation:
    """One `[[spec.packets]]`; SpecError names the key."""
    protocol = protocol_name(table.text("protocol"))
    if protocol is None or protocol == ALL:
        raise table.error(
            "protocol", "a packet has one protocol: tcp, udp, icmp, icmpv6 or a number"
        )
    peer = table.text("source")
    if read_address(peer) is None:
        raise table.error("source", f"“{peer}” is not an address")
    return Conversation(
        name=table.text("name"),
        flow=Flow(protocol, read_axis(table, protocol), peer),
        inbound=table.text("direction", "in", choices=("in", "out")) == "in",
        answer_port=answer_port(protocol, table.number("client_port", CLIENT_PORT, most=65535)),
        allowed=table.text("expect", choices=("allow", "deny")) == "allow",
        points=table.number("points", 1, most=1000),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )


def answer_port(protocol: str, client_port: int) -> int | None:
    if protocol in WITH_PORTS:
        return client_port
    return PING_REPLY[protocol] * 256 if protocol in ICMP else None


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation as an ACL lets it go on: the rule that decided on the way there (None: the
    last one, which denies), and on the way back.

    Wanted conversations need both ways; unwanted packets must be stopped on the way there.
    """

    asked: Conversation
    there: AclRule | None
    back: AclRule | None

    @property
    def reply_blocked(self) -> bool:
        wanted = self.asked.allowed and self.asked.answer_port is not None
        return wanted and passes(self.there) and not passes(self.back)

    @property
    def passed(self) -> bool:
        return passes(self.there) == self.asked.allowed and not self.reply_blocked

    @property
    def blame(self) -> AclRule | None:
        return self.back if self.reply_blocked else self.there


def hold(acl: Acl, asked: Conversation) -> Held:
    there = decide(acl.direction(asked.inbound), asked.flow)
    back = decide(acl.direction(not asked.inbound), asked.flow, asked.answer_port)
    return Held(asked, there, back)


def decide(rules: Sequence[AclRule], flow: Flow, port: int | None = None) -> AclRule | None:
    """`port`: instead of the flow's own, for the answer."""
    return deciding(rules, flow.protocol, flow.port if port is None else port, number(flow.peer))


def passes(rule: AclRule | None) -> bool:
    return rule is not None and rule.allow


def conversation_finding(held: Held, locate: Locate) -> Finding:
    asked, passed = held.asked, held.passed
    message = say("{name}: {sentence}", name=asked.name, sentence=sentence(held))
    blame = held.blame
    outcome = outcome_words(passes(held.there), inbound=asked.inbound)
    return Finding(
        code_of(held),
        passed,
        asked.points,
        message,
        at=None if passed else position_of(blame.rule if blame else None, locate),
        cases=() if passed else (Case(message),),
        counterexample=None
        if passed
        else flow_json(asked.flow, inbound=asked.inbound, allowed=not asked.allowed),
        section=asked.section,
        hidden=asked.hidden,
        demand=Demand.ALLOW if asked.allowed else Demand.REFUSE,
        expected=outcome_words(asked.allowed, inbound=asked.inbound),
        actual=say("the answer is stopped") if held.reply_blocked else outcome,
        why=asked.why,
    )


def code_of(held: Held) -> str:
    if not held.asked.allowed:
        return "nacl.packet-admitted"
    return "nacl.reply-blocked" if held.reply_blocked else "nacl.packet-blocked"


def sentence(held: Held) -> str:
    asked = held.asked
    words = flow_words(asked.flow, inbound=asked.inbound)
    if held.reply_blocked:
        return reply_sentence(held, words)
    allowed = passes(held.there)
    fate = fate_words(words, allowed, inbound=asked.inbound, right=allowed == asked.allowed)
    return decided_by(fate, rule_words(held.there, asked.inbound))


def reply_sentence(held: Held, packet: str) -> str:
    asked = held.asked
    parts = {"packet": packet, "port": asked.answer_port}
    fate = (
        say("{packet} gets in, but the answer to port {port} does not get out.", **parts)
        if asked.inbound
        else say("{packet} gets out, but the answer to port {port} does not get in.", **parts)
    )
    return decided_by(fate, rule_words(held.back, not asked.inbound))


def decided_by(sentence: str, rule: str) -> str:
    return say("{sentence} It is decided by {rule}.", sentence=sentence, rule=rule)


def rule_words(rule: AclRule | None, inbound: bool) -> str:
    return (
        say("the last rule, which denies everything")
        if rule is None
        else rule.words(inbound=inbound)
    )


def conversation_outcome(held: Held) -> Outcome:
    asked = held.asked
    return Outcome(
        name=asked.name,
        what=flow_words(asked.flow, inbound=asked.inbound),
        expected=passing_words(asked.allowed),
        yours=passing_words(held.passed == asked.allowed),
        because=rule_words(held.blame, asked.inbound is not held.reply_blocked),
        passed=held.passed,
    )
