"""Network ACLs: ordered, stateless, with allow and deny. Source: VPC guide, "Network ACL rules";
EC2 NetworkAclEntry.

Rules are tried by number, lowest first; the first that matches decides, and a packet that none
matches is denied.
Answers are packets of their own: they need a rule too, for the client's ephemeral port.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from labs.grading.errors import RuleError
from labs.grading.network.rules.algebra import Rectangle, stretch, subtract
from labs.grading.network.rules.permissions import read_cidr, refuse_unknown_keys, unknown_protocol
from labs.grading.network.rules.printed import printed_acl
from labs.grading.network.rules.protocols import ALL, AXIS_END, ICMP, WITH_PORTS, protocol_name
from labs.grading.network.rules.rule import IPV4, IPV6, Path, Rule, Source
from labs.grading.network.rules.words import rule_words
from labs.grading.said import say

LAST_NUMBER = 32766  # EC2: rule numbers go from 1 to 32766
DENY_ALL_NUMBER = 32767  # the rule "*", which cannot be changed
MAX_ENTRIES = 40  # for each direction, raised quota included
KEYS = frozenset(
    {
        "RuleNumber",
        "RuleAction",
        "Egress",
        "Protocol",
        "CidrBlock",
        "Ipv6CidrBlock",
        "PortRange",
        "IcmpTypeCode",
    }
)


@dataclass(frozen=True, slots=True)
class AclRule:
    """One entry; `rule` says which packets it is about (addresses are the far end's)."""

    number: int
    allow: bool
    rule: Rule

    def words(self, *, inbound: bool) -> str:
        effect = "allow" if self.allow else "deny"
        traffic = rule_words(self.rule, inbound=inbound)
        return say(
            "rule {number} ({effect} {traffic})",
            number=self.number,
            effect=effect,
            traffic=traffic,
        )


@dataclass(frozen=True, slots=True)
class Acl:
    """Both directions, sorted by number."""

    inbound: tuple[AclRule, ...]
    outbound: tuple[AclRule, ...]

    def direction(self, inbound: bool) -> tuple[AclRule, ...]:
        return self.inbound if inbound else self.outbound


@cache
def default_acl() -> Acl:
    """A VPC's default ACL: everything in and out."""
    rules = tuple(
        AclRule(
            number, True, Rule(source=read_cidr(kind, text), protocol=ALL, low=0, high=AXIS_END)
        )
        for number, kind, text in ((100, IPV4, "0.0.0.0/0"), (101, IPV6, "::/0"))
    )
    return Acl(rules, rules)


def deciding(
    rules: Iterable[AclRule], protocol: str, port: int, peer: tuple[str, int]
) -> AclRule | None:
    """The rule that decides about a packet; None when only the final deny does. `peer` is (family,
    number)."""
    kind, number = peer
    for entry in rules:
        rule = entry.rule
        if (
            rule.protocol in (ALL, protocol)
            and rule.source.kind == kind
            and rule.source.first <= number <= rule.source.last
            and rule.low <= port <= rule.high
        ):
            return entry
    return None


def admitted(rules: Sequence[AclRule], protocols: Iterable[str]) -> tuple[Rule, ...]:
    """What an ordered list lets through, as allow rules without order,
    one list for each of the protocols."""
    return tuple(
        rule
        for kind in (IPV4, IPV6)
        for protocol in protocols
        for rule in admitted_rules(rules, kind, protocol)
    )


def admitted_rules(rules: Sequence[AclRule], kind: str, protocol: str) -> Iterator[Rule]:
    decided: list[Rectangle] = []
    on_axis = protocol in WITH_PORTS or protocol in ICMP
    for entry in rules:
        rule = entry.rule
        if rule.source.kind != kind or rule.protocol not in (ALL, protocol):
            continue
        part = stretch(rule, protocol) if on_axis else (0, AXIS_END)
        box = Rectangle(rule.source.first, rule.source.last, *part)
        if entry.allow:
            for first, last, low, high in subtract([box], decided):
                yield Rule(
                    source=Source(
                        kind=kind,
                        name=f"{rule.source.name} in part",
                        first=first,
                        last=last,
                    ),
                    protocol=protocol,
                    low=low,
                    high=high,
                    path=rule.path,
                )
        decided.append(box)


def read_acl(value: object) -> Acl:
    """`{"Entries": […]}`, the bare list or what `describe-network-acls` and `create-network-acl`
    print. RuleError names the path."""
    path: Path = ()
    if isinstance(value, dict):
        value, path = printed_acl(value)
        refuse_unknown_keys(value, frozenset({"Entries"}), path)
        value, path = value.get("Entries", []), (*path, "Entries")
    if not isinstance(value, list):
        raise RuleError(path, say('Expected {"Entries": [ … ]}.'))
    directions: dict[bool, dict[int, AclRule]] = {True: {}, False: {}}
    for index, entry in enumerate(value):
        outbound, rule = read_entry(entry, (*path, index))
        if rule.number == DENY_ALL_NUMBER:
            continue  # describe-network-acls lists the final deny too
        rules = directions[not outbound]
        if rule.number in rules:
            message = say(
                "Rule number {number} is used twice in this direction: EC2 refuses the second one.",
                number=rule.number,
            )
            raise RuleError((*path, index, "RuleNumber"), message)
        rules[rule.number] = rule
        if len(rules) > MAX_ENTRIES:
            raise RuleError(
                (*path, index),
                say("More than {most} rules in one direction.", most=MAX_ENTRIES),
            )
    return Acl(
        *(
            tuple(sorted(directions[side].values(), key=lambda rule: rule.number))
            for side in (True, False)
        )
    )


def read_entry(entry: object, path: Path) -> tuple[bool, AclRule]:
    """One entry: is it outbound, and what it says."""
    if not isinstance(entry, dict):
        raise RuleError(path, say('An entry is an object: { "RuleNumber": 100, … }.'))
    refuse_unknown_keys(entry, KEYS, path)
    number = read_value(entry, "RuleNumber", int, say("a whole number"), path)
    if not 1 <= number <= DENY_ALL_NUMBER:
        raise RuleError(
            (*path, "RuleNumber"),
            say("A rule number lies between 1 and {last}.", last=LAST_NUMBER),
        )
    action = read_value(entry, "RuleAction", str, say('"allow" or "deny"'), path)
    if action not in ("allow", "deny"):
        raise RuleError((*path, "RuleAction"), say('RuleAction is "allow" or "deny".'))
    outbound = read_value(entry, "Egress", bool, say("true (outbound) or false (inbound)"), path)
    source, written, where = read_block(entry, path)
    protocol = read_entry_protocol(entry, path)
    low, high = read_axis(entry, protocol, path)
    return outbound, AclRule(
        number,
        action == "allow",
        Rule(source=source, protocol=protocol, low=low, high=high, path=where, written=written),
    )


def read_value(entry: Mapping[str, object], key: str, kind: type, what: str, path: Path) -> Any:
    if key not in entry:
        raise RuleError(path, say("{key} is missing: it is {what}.", key=key, what=what))
    if not isinstance(entry[key], kind) or (kind is int and isinstance(entry[key], bool)):
        raise RuleError((*path, key), say("{key} is {what}.", key=key, what=what))
    return entry[key]


def read_block(entry: Mapping[str, object], path: Path) -> tuple[Source, str, Path]:
    given = [key for key in ("CidrBlock", "Ipv6CidrBlock") if key in entry]
    if len(given) != 1:
        raise RuleError(path, say("An entry has one address block: CidrBlock or Ipv6CidrBlock."))
    text = read_value(entry, given[0], str, "text", path)
    try:
        return read_cidr(IPV4 if given[0] == "CidrBlock" else IPV6, text), text, (*path, given[0])
    except ValueError as error:
        raise RuleError((*path, given[0]), error.args[0]) from None


def read_entry_protocol(entry: Mapping[str, object], path: Path) -> str:
    text = read_value(
        entry,
        "Protocol",
        str,
        say('text: "6" or "tcp", "17" or "udp", "1" or "icmp", "-1" for all'),
        path,
    )
    name = protocol_name(text)
    if name is None:
        raise RuleError((*path, "Protocol"), unknown_protocol(text))
    return name


def read_axis(entry: Mapping[str, object], protocol: str, path: Path) -> tuple[int, int]:
    if protocol in WITH_PORTS:
        ports = read_value(entry, "PortRange", dict, '{ "From": 80, "To": 80 }', path)
        low, high = (
            read_bounded(ports, key, 0, AXIS_END, (*path, "PortRange")) for key in ("From", "To")
        )
        if low > high:
            raise RuleError(
                (*path, "PortRange"),
                say("From {low} is above To {high}: EC2 refuses this entry.", low=low, high=high),
            )
        return low, high
    if protocol not in ICMP:
        return 0, AXIS_END
    pair = read_value(entry, "IcmpTypeCode", dict, '{ "Type": 8, "Code": 0 }', path)
    kind, code = (
        read_bounded(pair, key, -1, 255, (*path, "IcmpTypeCode")) for key in ("Type", "Code")
    )
    if kind == -1:
        return 0, AXIS_END
    return kind * 256 + max(code, 0), kind * 256 + (255 if code == -1 else code)


def read_bounded(pair: Mapping[str, object], key: str, least: int, most: int, path: Path) -> int:
    refuse_unknown_keys(
        pair, frozenset({"From", "To"} if path[-1] == "PortRange" else {"Type", "Code"}), path
    )
    number: int = read_value(pair, key, int, say("a whole number"), path)
    if not least <= number <= most:
        raise RuleError(
            (*path, key),
            say("{key} lies between {least} and {most}.", key=key, least=least, most=most),
        )
    return number
