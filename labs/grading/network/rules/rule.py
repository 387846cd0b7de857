"""One security group rule in canonical form, and whole lists of them back as IpPermissions.

Source: EC2 API reference (IpPermission, AuthorizeSecurityGroupIngress) and the VPC guide, "Security
group rules".
A rule admits a box: one source × one protocol × one stretch of the protocol's axis (ports,
or ICMP type and code).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from labs.grading.network.rules.protocols import ALL, AXIS_END, ICMP, WITH_PORTS

Path = tuple[str | int, ...]
IPV4, IPV6, GROUP, PREFIX_LIST = "ipv4", "ipv6", "group", "prefix-list"
EVERYWHERE = {IPV4: "0.0.0.0/0", IPV6: "::/0"}
LAST_ADDRESS = {IPV4: 2**32 - 1, IPV6: 2**128 - 1}
# Where each kind of source stands in an IpPermission: the list's key and the key of the name in it.
LISTS = {
    IPV4: ("IpRanges", "CidrIp"),
    IPV6: ("Ipv6Ranges", "CidrIpv6"),
    PREFIX_LIST: ("PrefixListIds", "PrefixListId"),
    GROUP: ("UserIdGroupPairs", "GroupId"),
}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Who is meant: a canonical CIDR, a group or a prefix list.
    Addresses also as first and last number."""

    kind: str
    name: str
    first: int = 0
    last: int = 0

    @property
    def space(self) -> str:
        """Sources in different spaces never overlap: IPv4, IPv6,
        and each group or list by itself."""
        return self.kind if self.kind in EVERYWHERE else self.name

    @property
    def is_everywhere(self) -> bool:
        return EVERYWHERE.get(self.kind) == self.name


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """What one rule admits. `low > high` admits nothing (EC2 refuses such a rule).

    `path` and `written` say where it stood in the answer and how its address was spelled;
    they never count.
    """

    source: Source
    protocol: str
    low: int
    high: int
    path: Path = field(default=(), compare=False)
    written: str = field(default="", compare=False)

    @property
    def is_reversed(self) -> bool:
        return self.low > self.high

    def contains(self, other: Rule) -> bool:
        """True when every flow that `other` admits is admitted by this rule too."""
        mine, theirs = self.source, other.source
        return (
            self.protocol in (ALL, other.protocol)
            and mine.space == theirs.space
            and mine.first <= theirs.first
            and theirs.last <= mine.last
            and self.low <= other.low
            and other.high <= self.high
        )


def cidr(kind: str, first: int, prefix_length: int) -> Source:
    """The source for a block whose host bits are already clear."""
    size = 1 << ((32 if kind == IPV4 else 128) - prefix_length)
    address = ipaddress.IPv4Address(first) if kind == IPV4 else ipaddress.IPv6Address(first)
    return Source(kind=kind, name=f"{address}/{prefix_length}", first=first, last=first + size - 1)


def blocks(kind: str, first: int, last: int) -> list[Source]:
    """The fewest CIDRs that together are the addresses from `first` to `last`."""
    found: list[Source] = []
    width = 32 if kind == IPV4 else 128
    while first <= last:
        bits = width if first == 0 else (first & -first).bit_length() - 1
        bits = min(bits, (last - first + 1).bit_length() - 1)
        found.append(cidr(kind, first, width - bits))
        first += 1 << bits
    return found


def canonical(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Sorted, without repetitions and without rules that admit nothing."""
    return tuple(sorted({rule for rule in rules if not rule.is_reversed}))


def expand_prefix_lists(
    rules: Sequence[Rule], lists: dict[str, tuple[Source, ...]]
) -> tuple[Rule, ...]:
    """Prefix lists that the lab describes become their CIDRs; an unknown list stays a name."""
    if not lists:
        return tuple(rules)
    return tuple(
        Rule(
            source=source,
            protocol=rule.protocol,
            low=rule.low,
            high=rule.high,
            path=rule.path,
            written=rule.written,
        )
        for rule in rules
        for source in lists.get(rule.source.name, (rule.source,))
    )


def ports_of(rule: Rule) -> dict[str, int]:
    """FromPort and ToPort as EC2 writes them; nothing for protocols that have none."""
    if rule.protocol in WITH_PORTS:
        return {"FromPort": rule.low, "ToPort": rule.high}
    if rule.protocol not in ICMP:
        return {}
    if rule.high - rule.low == AXIS_END:
        return {"FromPort": -1, "ToPort": -1}
    return {
        "FromPort": rule.low >> 8,
        "ToPort": -1 if rule.high - rule.low == 255 else rule.low & 255,
    }


def as_permissions(rules: Iterable[Rule]) -> list[dict[str, object]]:
    """The rules as IpPermissions: one entry for each protocol and range, its sources in lists."""

    def by_ports(rule: Rule) -> tuple[str, int, int]:
        return rule.protocol, rule.low, rule.high

    permissions = []
    for (protocol, _low, _high), same in groupby(
        sorted(canonical(rules), key=by_ports), key=by_ports
    ):
        members = list(same)
        permission: dict[str, object] = {"IpProtocol": protocol, **ports_of(members[0])}
        for kind, (list_key, name_key) in LISTS.items():
            names = [{name_key: rule.source.name} for rule in members if rule.source.kind == kind]
            if names:
                permission[list_key] = names
        permissions.append(permission)
    return permissions
