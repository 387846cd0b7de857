"""Who reaches whom: the same packets sent through two versions of a network, which differ in their
groups alone, and the first that fares differently."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from labs.grading.network.rules.algebra import TELLING_PORTS
from labs.grading.network.rules.answers import GroupRules
from labs.grading.network.rules.familiar import host_between
from labs.grading.network.rules.protocols import ALL, AXIS_END, ICMP, PING, WITH_PORTS
from labs.grading.network.rules.rule import IPV4, LAST_ADDRESS, Rule
from labs.grading.network.topology.journey import ANSWERED, Probe
from labs.grading.network.topology.network import Door, Host, Network, holds
from labs.grading.network.topology.platform import is_on_the_internet
from labs.grading.network.topology.telling import telling_doors
from labs.grading.network.topology.walk import walk
from labs.grading.report import RelationName

MOST_DOORS = 40
MOST_STRANGERS = 12
PROTOCOLS = ("tcp", "udp", "icmp", "icmpv6")  # in the order in which they are tried
# Somebody on the internet: the first of them whom no rule means
STRANGERS = ("198.51.100.23", "203.0.113.77", "192.0.2.44", "8.8.8.8", "1.0.0.1")


@dataclass(frozen=True, slots=True)
class Differences:
    """`opened`: gets to a host in the learner's network alone; `closed`: is answered in the
    expected one alone."""

    opened: Probe | None
    closed: Probe | None

    @property
    def relation(self) -> RelationName:
        return RelationName.of(wider=self.opened is not None, narrower=self.closed is not None)


def compare_reach(learner: Network, expected: Network) -> Differences:
    """The first packet of each sort, in the order of hosts and of ports that readers know. A port
    without a listener counts as open, and is not missed when it is shut."""
    packets = packets_between(learner, expected)
    return Differences(
        first_opened(learner, expected, packets), first_closed(learner, expected, packets)
    )


def same_reach(learner: Network, expected: Network) -> bool:
    """As `compare_reach`, up to the first difference."""
    packets = packets_between(learner, expected)
    return not (
        first_opened(learner, expected, packets) or first_closed(learner, expected, packets)
    )


def first_opened(learner: Network, expected: Network, packets: Packets) -> Probe | None:
    for probe in packets.telling(learner, expected):
        if walk(learner, probe).reaches_host and not walk(expected, probe).reaches_host:
            return probe
    return None


def first_closed(learner: Network, expected: Network, packets: Packets) -> Probe | None:
    for probe in packets.telling(expected, learner):
        if is_answered(expected, probe) and not is_answered(learner, probe):
            return probe
    return None


def is_answered(network: Network, probe: Probe) -> bool:
    return walk(network, probe).outcome == ANSWERED


@dataclass(frozen=True, slots=True)
class Packets:
    """Every host and some strangers to every host, at every edge of any rule."""

    hosts: Mapping[str, Host]
    doors: Sequence[Door]
    strangers: Sequence[str]

    def telling(self, more: Network, less: Network) -> Iterator[Probe]:
        """Those that may get further in `more` than in `less`."""
        telling = telling_doors(more, less, self.doors)
        for source, target in self.pairs():
            at = telling.between(source, target)
            for protocol, port in (door for door in self.doors if door in at):
                yield Probe(source=source, target=target, protocol=protocol, port=port)

    def pairs(self) -> Iterator[tuple[str, str]]:
        for host in self.hosts.values():
            for source in (*self.hosts, *(self.strangers if host.public else ())):
                if source != host.name:
                    yield source, host.name


def packets_between(learner: Network, expected: Network) -> Packets:
    rules = [*all_rules(learner.groups), *all_rules(expected.groups)]
    doors = list(islice(find_doors(rules, expected), MOST_DOORS))
    return Packets(expected.hosts, doors, find_strangers(rules, expected))


def all_rules(groups: Mapping[str, GroupRules]) -> Iterator[Rule]:
    for group in groups.values():
        yield from group.inbound
        yield from group.effective_outbound


def find_doors(rules: Iterable[Rule], network: Network) -> Iterator[Door]:
    """(protocol, port) pairs at which anything can change: the edges of ranges, types of ICMP, what
    hosts listen on, and every protocol that a rule names."""
    # 9: a port that no rule is likely to mean
    found: set[Door] = {("tcp", 22), ("tcp", 9)}
    for rule in rules:
        if rule.protocol in WITH_PORTS:
            found.update(
                (rule.protocol, port)
                for port in (rule.low, rule.high, rule.high + 1)
                if port <= AXIS_END
            )
        elif rule.protocol == ALL:
            found.add(("icmp", PING["icmp"] * 256))
        elif rule.protocol in ICMP:
            found.update(((rule.protocol, PING[rule.protocol] * 256), (rule.protocol, rule.low)))
        else:
            found.add((rule.protocol, rule.low))
    for host in network.hosts.values():
        found.update(host.listens or ())
        found.update(("tcp", listener.port) for listener in host.listeners)
    return iter(sorted(found, key=door_order))


def door_order(door: Door) -> tuple[int, int, int]:
    """Protocols and ports that readers know come first, and of ICMP the ping."""
    protocol, port = door
    order = PROTOCOLS.index(protocol) if protocol in PROTOCOLS else len(PROTOCOLS)
    if protocol in PING:
        return order, int(port != PING[protocol] * 256), port
    known = protocol in WITH_PORTS and port in TELLING_PORTS
    return order, TELLING_PORTS.index(port) if known else len(TELLING_PORTS), port


def find_strangers(rules: Iterable[Rule], network: Network) -> list[str]:
    """An address for every block that a rule names, outside the VPC, and one that no rule means."""
    blocks = {
        (rule.source.kind, rule.source.first, rule.source.last)
        for rule in rules
        if rule.source.kind in LAST_ADDRESS and rule.source.first
    }
    found = [
        address_text(kind, host_between(kind, first, last)) for kind, first, last in sorted(blocks)
    ]
    known = [address for address in found if is_on_the_internet(network, address)]
    return [stranger(rules), *known][:MOST_STRANGERS]


def stranger(rules: Iterable[Rule]) -> str:
    blocks = [rule.source for rule in rules if rule.source.kind == IPV4]
    narrow = [block for block in blocks if block.last - block.first < LAST_ADDRESS[IPV4]]
    meant = (address for address in STRANGERS if any(holds(block, address) for block in narrow))
    return next(iter(sorted(set(STRANGERS) - set(meant), key=STRANGERS.index)), STRANGERS[-1])


def address_text(kind: str, value: int) -> str:
    return str(ipaddress.IPv4Address(value) if kind == IPV4 else ipaddress.IPv6Address(value))
