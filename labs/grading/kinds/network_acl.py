"""Network ACL: ordered, stateless rules, graded by conversations (packet and answer)
and by comparison.

An answer is `{"Entries": [NetworkAclEntry …]}` as `describe-network-acls` shows it, or lines such
as `- 100 allow tcp 443 from 0.0.0.0/0` under `inbound:` and `outbound:`.

[spec] in lab.toml:
    compare = 2              points for each direction that decides exactly as solution.json does; 0
                             = not compared
    expected = "…"           the file with the expected answer (default: the solution)
    [[spec.packets]]         name, direction ("in"), protocol, port | type and code,
                             source (address of the far end),
                             client_port (50000), expect ("allow" | "deny"), points (1), hidden,
                             why, section

Report.extra: `packets` (name, words, expected, actual, passed, rule; none of the hidden ones).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from labs.grading.errors import AnswerError, SpecError
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.network.exercise.direction import Mistake
from labs.grading.network.exercise.findings import advice
from labs.grading.network.exercise.packets import (
    Locate,
    flow_json,
    flow_words,
    outcome_words,
    position_of,
    read_axis,
)
from labs.grading.network.exercise.path_codes import ACL_CODES
from labs.grading.network.exercise.tidiness import has_host_bits
from labs.grading.network.rules.acl import Acl, AclRule, admitted, deciding, read_acl
from labs.grading.network.rules.acl_table import read_acl_table
from labs.grading.network.rules.algebra import Rectangle, compare, subtract
from labs.grading.network.rules.answers import Document, as_answer_error, is_json
from labs.grading.network.rules.flows import Flow
from labs.grading.network.rules.permissions import number, read_address
from labs.grading.network.rules.protocols import ALL, ICMP, PING_REPLY, WITH_PORTS, protocol_name
from labs.grading.network.rules.rule import RuleError
from labs.grading.network.topology.journey import CLIENT_PORT
from labs.grading.report import Finding, Report
from labs.grading.toml_table import Table, file_of, solution_name

NAME = "network-acl"
TITLE = "Network ACL"
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "1"
MAX_BYTES = 32_000
CODES = ACL_CODES


@dataclass(frozen=True, slots=True)
class Conversation:
    """A packet and the answer that it expects."""

    name: str
    flow: Flow
    inbound: bool
    answer_port: int | None
    allowed: bool
    points: int
    hidden: bool
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class AclAnswer:
    acl: Acl
    document: Document


@dataclass(frozen=True, slots=True)
class Spec:
    expected: Acl
    conversations: tuple[Conversation, ...]
    points: int


def read_spec(table: Mapping[str, Any], files: Files) -> Spec:
    spec = Table(table)
    name = spec.text("expected", solution_name(files))
    try:
        expected = parse(file_of(files, name)).acl
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None
    conversations = tuple(read_conversation(packet) for packet in spec.tables("packets"))
    read = Spec(expected, conversations, spec.number("compare", 2, most=1000))
    spec.finish()
    if not read.points and not any(one.points for one in conversations):
        raise SpecError(
            "lab.toml: spec: nothing is worth a point: give packets, or compare above 0"
        )
    return read


def read_conversation(table: Table) -> Conversation:
    protocol = protocol_name(table.text("protocol"))
    if protocol is None or protocol == ALL:
        raise table.error(
            "protocol", "a packet has one protocol: tcp, udp, icmp, icmpv6 or a number"
        )
    peer = table.text("source")
    if read_address(peer) is None:
        raise table.error("source", f"“{peer}” is not an address")
    client_port = table.number("client_port", CLIENT_PORT, most=65535)
    return Conversation(
        table.text("name"),
        Flow(protocol, read_axis(table, protocol), peer),
        table.text("direction", "in", choices=("in", "out")) == "in",
        client_port
        if protocol in WITH_PORTS
        else PING_REPLY[protocol] * 256
        if protocol in ICMP
        else None,
        table.text("expect", choices=("allow", "deny")) == "allow",
        table.number("points", 1, most=1000),
        table.flag("hidden"),
        table.text("why", ""),
        table.text("section", ""),
    )


def parse(text: str) -> AclAnswer:
    document: Document = read_json(text) if is_json(text) else read_acl_table(text)
    try:
        return AclAnswer(read_acl(document.value), document)
    except RuleError as error:
        raise as_answer_error(error, document) from None


def check(answer: AclAnswer, spec: Spec) -> Report:
    locate = answer.document.position
    findings = [conversation_finding(answer.acl, one, locate) for one in spec.conversations]
    if spec.points:
        findings.extend(comparison(answer.acl, spec, inbound, locate) for inbound in (True, False))
    findings.extend(advice(find_mistakes(answer.acl), locate, CODES))
    rows = [packet_row(answer.acl, one) for one in spec.conversations if not one.hidden]
    return Report(tuple(findings), {"packets": rows})


def decide(rules: Sequence[AclRule], flow: Flow, port: int | None = None) -> AclRule | None:
    return deciding(rules, flow.protocol, flow.port if port is None else port, number(flow.peer))


def passes(rule: AclRule | None) -> bool:
    return rule is not None and rule.allow


def conversation_finding(acl: Acl, one: Conversation, locate: Locate) -> Finding:
    """Wanted conversations need both ways; unwanted packets must be stopped on the way in."""
    rule = decide(acl.direction(one.inbound), one.flow)
    back = decide(acl.direction(not one.inbound), one.flow, one.answer_port)
    reply_blocked = (
        one.allowed and passes(rule) and one.answer_port is not None and not passes(back)
    )
    ok = passes(rule) == one.allowed and not reply_blocked
    blame = back if reply_blocked else rule
    line, column = (None, None) if ok else position_of(blame.rule if blame else None, locate)
    return Finding(
        code=code_of(one, reply_blocked),
        passed=ok,
        points=one.points,
        message=f"{one.name}: {sentence(one, rule, back, reply_blocked)}",
        line=line,
        column=column,
        counterexample=None
        if ok
        else flow_json(one.flow, inbound=one.inbound, allowed=not one.allowed),
        section=one.section,
        hidden=one.hidden,
        expected=outcome_words(one.allowed, inbound=one.inbound),
        actual="the answer is stopped"
        if reply_blocked
        else outcome_words(passes(rule), inbound=one.inbound),
        why=one.why,
    )


def code_of(one: Conversation, reply_blocked: bool) -> str:
    if not one.allowed:
        return "nacl.packet-admitted"
    return "nacl.reply-blocked" if reply_blocked else "nacl.packet-blocked"


def sentence(
    one: Conversation, rule: AclRule | None, back: AclRule | None, reply_blocked: bool
) -> str:
    words = flow_words(one.flow, inbound=one.inbound)
    if reply_blocked:
        way = "outbound" if one.inbound else "inbound"
        return (
            f"{words} passes, but the answer to port {one.answer_port} is denied {way} "
            f"({rule_words(back, not one.inbound)})."
        )
    outcome = outcome_words(passes(rule), inbound=one.inbound)
    return f"{words} {outcome} ({rule_words(rule, one.inbound)})."


def rule_words(rule: AclRule | None, inbound: bool) -> str:
    return "the last rule denies everything" if rule is None else rule.words(inbound=inbound)


def comparison(acl: Acl, spec: Spec, inbound: bool, locate: Locate) -> Finding:
    learner, expected = acl.direction(inbound), spec.expected.direction(inbound)
    protocols = protocols_of([*learner, *expected])
    found = compare(admitted(learner, protocols), admitted(expected, protocols))
    flow, allowed = (
        (found.learner_only, True)
        if found.learner_only is not None
        else (found.expected_only, False)
    )
    direction = "Inbound" if inbound else "Outbound"
    if flow is None:
        return Finding(
            "nacl.same-traffic",
            True,
            spec.points,
            f"{direction}, every packet is decided as it should be.",
        )
    rule = decide(learner, flow)
    line, column = position_of(rule.rule if rule else None, locate)
    outcome = outcome_words(allowed, inbound=inbound)
    return Finding(
        "nacl.too-wide" if allowed else "nacl.too-narrow",
        False,
        spec.points,
        f"{direction}: {flow_words(flow, inbound=inbound)} {outcome} "
        f"({rule_words(rule, inbound)}); it should{' not' if allowed else ' not be'}.",
        line,
        column,
        flow_json(flow, inbound=inbound, allowed=allowed),
    )


def protocols_of(rules: Sequence[AclRule]) -> list[str]:
    """Every named protocol, the three that readers know, and one number that nobody names for all
    the others."""
    named = {entry.rule.protocol for entry in rules} - {ALL} | {"tcp", "udp", "icmp"}
    other = next(
        (str(value) for value in range(2, 256) if protocol_name(str(value)) not in named), ""
    )
    return sorted(named | {other} - {""})


def find_mistakes(acl: Acl) -> Iterator[Mistake]:
    for inbound in (True, False):
        rules = acl.direction(inbound)
        for index, entry in enumerate(rules):
            yield from without_effect(entry, rules[:index], inbound)
            if has_host_bits(entry.rule):
                message = f"{entry.rule.written} is read as {entry.rule.source.name}."
                yield Mistake("nacl.host-bits", message, entry.rule.path)


def without_effect(entry: AclRule, earlier: Sequence[AclRule], inbound: bool) -> Iterator[Mistake]:
    about_same = [
        other
        for other in earlier
        if other.rule.protocol in (ALL, entry.rule.protocol)
        and other.rule.source.kind == entry.rule.source.kind
    ]
    if any(subtract([box(entry)], [box(other) for other in about_same])):
        return
    against = next(
        (other for other in about_same if other.allow != entry.allow and touches(other, entry)),
        None,
    )
    words = entry.words(inbound=inbound)
    if against is not None:
        yield Mistake(
            "nacl.order",
            f"{words} comes too late: {against.words(inbound=inbound)} decides first.",
            entry.rule.path,
        )
    else:
        yield Mistake(
            "nacl.no-effect",
            f"{words} decides nothing that earlier rules have not decided.",
            entry.rule.path,
        )


def box(entry: AclRule) -> Rectangle:
    return Rectangle(
        entry.rule.source.first, entry.rule.source.last, entry.rule.low, entry.rule.high
    )


def touches(one: AclRule, other: AclRule) -> bool:
    a, b = box(one), box(other)
    return a.first <= b.last and b.first <= a.last and a.low <= b.high and b.low <= a.high


def packet_row(acl: Acl, one: Conversation) -> dict[str, Any]:
    rule = decide(acl.direction(one.inbound), one.flow)
    finding = conversation_finding(acl, one, lambda _path: (1, 1))
    return {
        "name": one.name,
        "words": flow_words(one.flow, inbound=one.inbound),
        "expected": "allow" if one.allowed else "deny",
        "actual": "allow" if finding.passed == one.allowed else "deny",
        "passed": finding.passed,
        "rule": rule_words(rule, one.inbound),
    }
