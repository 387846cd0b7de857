"""Mistakes that open another door than the one that was meant: port, protocol, address family,
group, direction."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.network.exercise.direction import Direction, Mistake
from labs.grading.network.rules.protocols import (
    ALL,
    ICMP,
    PING,
    PING_REPLY,
    WITH_PORTS,
    protocol_words,
)
from labs.grading.network.rules.rule import EVERYWHERE, GROUP, IPV4, LAST_ADDRESS, Rule
from labs.grading.network.rules.words import rule_words, traffic_words
from labs.grading.said import say

SMALL_RANGE = 1000


def find_wrong_ports(direction: Direction) -> Iterator[Mistake]:
    """A rule beside one that is missing: the same source, another port or the other protocol."""
    for rule in direction.excess:
        for wanted in direction.missing:
            if rule.source == wanted.source:
                yield from compare_openings(rule, wanted, inbound=direction.inbound)


def compare_openings(rule: Rule, wanted: Rule, *, inbound: bool) -> Iterator[Mistake]:
    theirs, ours = rule_words(rule, inbound=inbound), rule_words(wanted, inbound=inbound)
    apart = rule.high < wanted.low or wanted.high < rule.low
    if rule.protocol == wanted.protocol and rule.protocol in WITH_PORTS:
        if apart and rule.high - rule.low < SMALL_RANGE:
            yield Mistake(
                "sg.wrong-port",
                say("{theirs} is open, but {ours} is asked for.", theirs=theirs, ours=ours),
                rule.path,
            )
    elif {rule.protocol, wanted.protocol} == WITH_PORTS and (rule.low, rule.high) == (
        wanted.low,
        wanted.high,
    ):
        yield Mistake(
            "sg.wrong-protocol",
            say("{theirs} is open, but {ours} is asked for.", theirs=theirs, ours=ours),
            rule.path,
        )


def find_half_dns(direction: Direction) -> Iterator[Mistake]:
    for wanted in direction.missing:
        if wanted.protocol not in WITH_PORTS or not wanted.low == wanted.high == 53:
            continue
        for rule in direction.learner:
            if (
                rule.source == wanted.source
                and {rule.protocol, wanted.protocol} == WITH_PORTS
                and is_dns(rule)
            ):
                there, gone = protocol_words(rule.protocol), protocol_words(wanted.protocol)
                yield Mistake(
                    "sg.dns-needs-both",
                    say("{there} 53 is open, {gone} 53 is not.", there=there, gone=gone),
                    rule.path,
                )


def is_dns(rule: Rule) -> bool:
    return rule.low <= 53 <= rule.high


def find_forgotten_families(direction: Direction) -> Iterator[Mistake]:
    """Open for everybody in one address family, and not in the other that is asked for. Outbound
    everything over IPv4 is what AWS makes by itself where the VPC has no IPv6. Source: VPC guide,
    "Default security groups"."""
    for wanted in direction.missing:
        if not wanted.source.is_everywhere or (not direction.inbound and wanted.protocol == ALL):
            continue
        twin = next(
            (rule for rule in direction.learner if same_ports_other_family(rule, wanted)), None
        )
        if twin is not None:
            code = "sg.ipv4-forgotten" if wanted.source.kind == IPV4 else "sg.ipv6-forgotten"
            message = say(
                "{traffic} is open for {one}, but not for {other}.",
                traffic=traffic_words(wanted),
                one=twin.source.name,
                other=wanted.source.name,
            )
            yield Mistake(code, message, twin.path)


def same_ports_other_family(rule: Rule, wanted: Rule) -> bool:
    other_family = rule.source.is_everywhere and rule.source.kind != wanted.source.kind
    return other_family and covers_ports(rule, wanted)


def covers_ports(rule: Rule, wanted: Rule) -> bool:
    return (
        rule.protocol in (ALL, wanted.protocol)
        and rule.low <= wanted.low
        and wanted.high <= rule.high
    )


def find_wrong_sources(direction: Direction) -> Iterator[Mistake]:
    """A group is asked for; addresses or another group stand in its locate, or nothing."""
    for wanted in direction.missing:
        if wanted.source.kind != GROUP:
            continue
        if direction.group and wanted.source.name == direction.group:
            message = say(
                "{traffic} between the members of {group} needs a rule that names {group} itself.",
                traffic=traffic_words(wanted),
                group=direction.group,
            )
            yield Mistake("sg.self-reference-forgotten", message)
        for rule in direction.excess:
            if covers_ports(rule, wanted):
                yield from instead_of_group(rule, wanted, inbound=direction.inbound)


def instead_of_group(rule: Rule, wanted: Rule, *, inbound: bool) -> Iterator[Mistake]:
    theirs = rule_words(rule, inbound=inbound)
    if rule.source.kind in LAST_ADDRESS:
        message = say(
            "{theirs}: name the group {group} instead of addresses.",
            theirs=theirs,
            group=wanted.source.name,
        )
        yield Mistake("sg.address-for-group", message, rule.path)
    elif rule.source.kind == GROUP:
        yield Mistake(
            "sg.wrong-group",
            say("{theirs}: the task means {group}.", theirs=theirs, group=wanted.source.name),
            rule.path,
        )


def find_wrong_ping(direction: Direction) -> Iterator[Mistake]:
    """Rules that were meant for ping but name the reply, or read type and code as a port range."""
    for rule in direction.excess:
        if rule.protocol not in ICMP or rule.low != rule.high:
            continue
        kind, code = rule.low >> 8, rule.low & 255
        looks_like_ports = code == kind or (kind == PING[rule.protocol] and code)
        if (kind, code) in ((0, 0), (PING_REPLY[rule.protocol], 0)) or looks_like_ports:
            message = say(
                "{rule} does not admit ping: ping is type {ping}, code 0.",
                rule=rule_words(rule, inbound=direction.inbound),
                ping=PING[rule.protocol],
            )
            yield Mistake("sg.ping-code", message, rule.path)


def find_removed_egress(direction: Direction) -> Iterator[Mistake]:
    if not direction.inbound and not direction.learner and direction.expected:
        yield Mistake(
            "sg.egress-removed",
            say("There is no outbound rule: the instance cannot start a conversation."),
        )


def find_wrong_direction(inbound: Direction, outbound: Direction) -> Iterator[Mistake]:
    """A rule that is asked for in the other direction and missing there."""
    for here, there in ((inbound, outbound), (outbound, inbound)):
        for rule in here.excess:
            if any(rule == wanted for wanted in there.missing) and not is_default_egress(rule):
                words = rule_words(rule, inbound=not here.inbound)
                message = (
                    say("{rule} belongs among the outbound rules.", rule=words)
                    if here.inbound
                    else say("{rule} belongs among the inbound rules.", rule=words)
                )
                yield Mistake("sg.wrong-direction", message, rule.path)


def is_default_egress(rule: Rule) -> bool:
    return rule.protocol == ALL and rule.source.name in EVERYWHERE.values()
