"""Which packets may get further in one version of a network than in another with other groups.

A group admits what any of its rules admits. So a packet gets further only where a rule is about it,
or about what a load balancer sends on for it, that the other version has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from labs.grading.network.rules.protocols import ALL, ICMP, WITH_PORTS
from labs.grading.network.rules.rule import GROUP, PREFIX_LIST, Rule
from labs.grading.network.topology.network import Door, Host, Network, holds

Doors = frozenset[Door]
RulesOf = Mapping[str, frozenset[Rule]]  # host → the rules that guard it in one version alone
NOTHING: frozenset[Rule] = frozenset()


@dataclass(frozen=True, slots=True)
class Telling:
    """`sent` is what a host may send in this version alone, `got` what it may get."""

    network: Network
    sent: RulesOf
    got: RulesOf
    doors_of: Mapping[Rule, Doors]
    passed_on: Mapping[str, Doors]  # load balancer → doors behind which something is told

    def between(self, source: str, target: str) -> Doors:
        """The doors at which a packet may get further; `source` may be a stranger's address."""
        sent, got = self.sent.get(source, NOTHING), self.got.get(target, NOTHING)
        told = [
            *(self.doors_of[rule] for rule in sent if self.means(rule, target)),
            *(self.doors_of[rule] for rule in got if self.means(rule, source)),
        ]
        return frozenset().union(*told, self.passed_on.get(target, ()))

    def means(self, rule: Rule, peer: str) -> bool:
        """May this be the peer? A gateway may have translated the address."""
        host = self.network.hosts.get(peer)
        if rule.source.kind in (GROUP, PREFIX_LIST):
            return host is not None and rule.source.name in host.groups
        if host is None:
            return holds(rule.source, peer)
        translated = (nat.public for nat in self.network.nats.values())
        faces = (host.private, host.public, host.ipv6, *translated)
        return any(holds(rule.source, face) for face in faces if face)


def telling_doors(more: Network, less: Network, doors: Sequence[Door]) -> Telling:
    sent, got = (own_rules(more, less, inbound=inbound) for inbound in (False, True))
    rules = NOTHING.union(*sent.values(), *got.values())
    return Telling(
        more,
        sent,
        got,
        {rule: frozenset(door for door in doors if is_about(rule, door)) for rule in rules},
        {
            name: frozenset(doors_passed_on(more, host, sent, got))
            for name, host in more.hosts.items()
            if host.listeners
        },
    )


def own_rules(more: Network, less: Network, *, inbound: bool) -> RulesOf:
    same = {name for name, group in more.groups.items() if group == less.groups.get(name)}
    found = {
        name: guards(host, more, inbound=inbound) - guards(host, less, inbound=inbound)
        for name, host in more.hosts.items()
        if not same.issuperset(host.groups)
    }
    return {name: rules for name, rules in found.items() if rules}


def guards(host: Host, network: Network, *, inbound: bool) -> frozenset[Rule]:
    groups = (network.groups[name] for name in host.groups if name in network.groups)
    return frozenset(rule for group in groups for rule in group.direction(inbound))


def is_about(rule: Rule, door: Door) -> bool:
    """Whoever sends it."""
    protocol, port = door
    if rule.protocol not in (ALL, protocol):
        return False
    has_axis = protocol in WITH_PORTS or protocol in ICMP
    return not has_axis or rule.low <= port <= rule.high


def doors_passed_on(network: Network, host: Host, sent: RulesOf, got: RulesOf) -> Iterator[Door]:
    """The doors of a load balancer whose next conversation may get further."""
    for listener in host.listeners:
        door = ("tcp", listener.port)
        for sender, target, onward in sent_on(network.hosts, host.name, door):
            if is_met(sent.get(sender, ()), onward) or is_met(got.get(target, ()), onward):
                yield door


def is_met(rules: Iterable[Rule], door: Door) -> bool:
    return any(is_about(rule, door) for rule in rules)


def sent_on(hosts: Mapping[str, Host], name: str, door: Door) -> Iterator[tuple[str, str, Door]]:
    """(sender, receiver, door) of every conversation that this one leads to."""
    seen = {(name, door)}
    while onward := hosts[name].sends_on(door):
        if onward in seen:
            return
        seen.add(onward)
        target, door = onward
        yield name, target, door
        name = target
