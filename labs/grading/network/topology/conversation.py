"""The hops of one conversation: the packet's way and its answer's way back.

Forward: the sender's groups (outbound), the sender's subnet's ACL, its route table, a gateway that
may translate addresses, the receiver's subnet's ACL, the receiver's groups (inbound), the program
that listens. Back: only what is stateless is asked again, ACLs and routes.
Inside one subnet neither ACL nor route is met.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.grading.network.rules.acl import AclRule, deciding
from labs.grading.network.rules.flows import Flow, admits
from labs.grading.network.rules.permissions import number
from labs.grading.network.rules.protocols import ICMP, PING, WITH_PORTS
from labs.grading.network.rules.rule import IPV4, Rule
from labs.grading.network.topology.ends import End, find_ends
from labs.grading.network.topology.journey import Hop, Probe
from labs.grading.network.topology.network import (
    EGRESS_ONLY_GATEWAY,
    INTERNET_GATEWAY,
    LOCAL,
    Host,
    NatGateway,
    Network,
    Route,
    Subnet,
    holds,
)
from labs.grading.network.topology.platform import is_on_the_internet, service_at
from labs.grading.said import say

# What a hop notes where no rule decides
IPV6_GOES_OUT = say("IPv6 goes out, and nobody outside can start a conversation")
NOT_TRANSLATED = say("IPv6 addresses are public, nothing is translated")
LISTENS = say("something listens")


def becomes(address: str, other: str) -> str:
    return say("{address} becomes {other}", address=address, other=other)


@dataclass(slots=True)
class Conversation:
    """`source` is changed when a gateway translates the sender's address."""

    network: Network
    probe: Probe
    source: End
    target: End
    nat: NatGateway | None = None
    crossed_gateway: bool = False

    def hops(self) -> Iterator[Hop]:
        sender = self.source.host
        if sender and not self.target.host and service_at(self.network, self.target.address):
            yield self.ask_service(sender)
            return
        if sender is not None:
            yield from self.leave(sender)
        else:
            yield from self.arrive_from_internet()
        if self.target.host is not None:
            yield from self.enter(self.target.host)
            yield from self.pass_on(self.target.host)
        yield from self.answer()

    def ask_service(self, sender: Host) -> Hop:
        """AWS's own services stand in every VPC, and neither groups nor ACLs are asked."""
        service = service_at(self.network, self.target.address)
        assert service is not None
        offered = (self.probe.protocol, self.probe.port) in service.offers
        note = say(
            "this is {service}, which neither security groups nor network ACLs filter",
            service=service.name,
        )
        return self.hop("address", sender.subnet, note if offered else None)

    def hop(
        self, stage: str, at: str, cause: Rule | AclRule | Route | str | None, *, back: bool = False
    ) -> Hop:
        ends = (self.target, self.source) if back else (self.source, self.target)
        port = self.probe.answer_port if back else self.probe.port
        passed = cause is not None and not (isinstance(cause, AclRule) and not cause.allow)
        return Hop(
            stage=stage,
            at=at,
            passed=passed,
            cause=cause,
            sender=ends[0].address,
            receiver=ends[1].address,
            port=port,
        )

    def subnet(self, host: Host) -> Subnet:
        return self.network.subnets[host.subnet]

    @property
    def stays_in_subnet(self) -> bool:
        """True when no router is met: both hosts in one subnet, by private addresses."""
        if self.source.host is None or self.target.host is None or self.crossed_gateway:
            return False
        return self.source.host.subnet == self.target.host.subnet and not self.is_public(
            self.target
        )

    def is_public(self, end: End) -> bool:
        return end.host is None or end.translated

    def leave(self, host: Host) -> Iterator[Hop]:
        flow = Flow(
            protocol=self.probe.protocol,
            port=self.probe.port,
            peer=self.target.address,
            groups=self.target.groups,
        )
        yield self.hop("group-out", host.name, self.group_rule(host, flow, inbound=False))
        if self.stays_in_subnet:
            return
        subnet = self.subnet(host)
        yield self.acl("acl-out", subnet, self.target.address, self.probe.port, inbound=False)
        route = self.network.route(subnet, self.target.address)
        yield self.hop("route", subnet.name, route)
        if route is not None and route.via != LOCAL:
            yield from self.through_gateway(host, route)
        elif self.target.host is None:
            yield self.hop("address", self.subnet_of_target or host.subnet, None)

    @property
    def subnet_of_target(self) -> str:
        """The subnet that the target's address would be in."""
        subnets = self.network.subnets.values()
        blocks = ((subnet.name, block) for subnet in subnets for block in subnet.blocks)
        return next((name for name, block in blocks if holds(block, self.target.address)), "")

    @property
    def goes_to_the_internet(self) -> bool:
        """Is the target somewhere that an internet gateway can reach?"""
        return self.target.host is not None or is_on_the_internet(self.network, self.target.address)

    def through_gateway(self, host: Host, route: Route) -> Iterator[Hop]:
        """Out to the internet, by the internet gateway or a NAT gateway;
        perhaps back in to a public address."""
        self.crossed_gateway = True
        if route.via in self.network.nats:
            self.nat = self.network.nats[route.via]
            yield from self.through_nat(host, self.nat)
            self.source = End(host.name, self.nat.public, host, translated=True)
        else:
            yield self.hop("gateway", route.via, self.gateway_note(host, route))
            if number(self.target.address)[0] == IPV4:
                self.source = End(host.name, host.public, host, translated=True)
        if self.target.host is not None and self.is_public(self.target):
            yield from self.arrive_from_internet()

    def gateway_note(self, host: Host, route: Route) -> str | None:
        """Why the gateway lets the packet out; None when it cannot."""
        is_ipv4 = number(self.target.address)[0] == IPV4
        if not self.goes_to_the_internet:
            return None
        if route.via == EGRESS_ONLY_GATEWAY:
            return None if is_ipv4 else IPV6_GOES_OUT
        if route.via != INTERNET_GATEWAY or not self.network.internet_gateway:
            return None
        if is_ipv4:
            return becomes(host.private, host.public) if host.public else None
        return NOT_TRANSLATED

    def through_nat(self, host: Host, nat: NatGateway) -> Iterator[Hop]:
        """The NAT gateway stands in a subnet of its own, which has an ACL and needs a route to the
        internet. It carries IPv4 alone (VPC guide, "NAT gateways")."""
        subnet = self.network.subnets[nat.subnet]
        if nat.subnet != host.subnet:
            yield self.acl("acl-in", subnet, host.private, self.probe.port, inbound=True)
        yield self.acl("acl-out", subnet, self.target.address, self.probe.port, inbound=False)
        route = self.network.route(subnet, self.target.address)
        leads_out = (
            route is not None and route.via == INTERNET_GATEWAY and self.network.internet_gateway
        )
        is_ipv4 = number(self.target.address)[0] == IPV4
        works = leads_out and is_ipv4 and self.goes_to_the_internet
        yield self.hop("gateway", nat.name, becomes(host.private, nat.public) if works else None)

    def arrive_from_internet(self) -> Iterator[Hop]:
        """The internet gateway knows public addresses that belong to a host, and IPv6 addresses."""
        host = self.target.host
        known = host is not None and self.network.internet_gateway and self.is_reachable(host)
        known = known and (
            self.source.host is not None or is_on_the_internet(self.network, self.source.address)
        )
        note = None
        if known and host is not None:
            note = (
                becomes(host.public, host.private)
                if self.is_public(self.target)
                else NOT_TRANSLATED
            )
        yield self.hop("gateway", INTERNET_GATEWAY, note)

    def is_reachable(self, host: Host) -> bool:
        return self.target.address in (host.public, host.ipv6)

    def enter(self, host: Host) -> Iterator[Hop]:
        if not self.stays_in_subnet:
            yield self.acl(
                "acl-in", self.subnet(host), self.source.address, self.probe.port, inbound=True
            )
        flow = Flow(
            protocol=self.probe.protocol,
            port=self.probe.port,
            peer=self.source.address,
            groups=self.source.groups,
        )
        yield self.hop("group-in", host.name, self.group_rule(host, flow, inbound=True))
        if self.probe.protocol in WITH_PORTS:
            listens = host.answers(self.probe.protocol, self.probe.port)
            yield self.hop("service", host.name, LISTENS if listens else None)

    def pass_on(self, host: Host) -> Iterator[Hop]:
        """A load balancer starts a conversation of its own with its first target."""
        onward = host.sends_on((self.probe.protocol, self.probe.port))
        if onward is None:
            return
        name, (protocol, port) = onward
        probe = Probe(source=host.name, target=name, protocol=protocol, port=port)
        source, target = find_ends(self.network, probe)
        if source is not None and target is not None:
            yield from Conversation(
                network=self.network, probe=probe, source=source, target=target
            ).hops()

    def answer(self) -> Iterator[Hop]:
        if self.stays_in_subnet or not self.expects_answer:
            return
        if self.target.host is not None:
            yield from self.answer_leaves(self.target.host)
        if self.source.host is not None:
            yield from self.answer_returns(self.source.host)

    @property
    def expects_answer(self) -> bool:
        protocol = self.probe.protocol
        return protocol in WITH_PORTS or (
            protocol in ICMP and self.probe.port == PING[protocol] * 256
        )

    def answer_leaves(self, host: Host) -> Iterator[Hop]:
        subnet, port = self.subnet(host), self.probe.answer_port
        yield self.acl("reply-acl-out", subnet, self.source.address, port, inbound=False, back=True)
        route = self.network.route(subnet, self.source.address)
        outside = self.source.host is None or self.crossed_gateway
        leads_back = route is not None and (route.via == INTERNET_GATEWAY) == outside
        yield self.hop("reply-route", subnet.name, route if leads_back else None, back=True)

    def answer_returns(self, host: Host) -> Iterator[Hop]:
        port, far_end = self.probe.answer_port, self.target.address
        if self.nat is not None:
            subnet = self.network.subnets[self.nat.subnet]
            yield self.acl("reply-acl-in", subnet, far_end, port, inbound=True, back=True)
            if self.nat.subnet == host.subnet:
                return
            yield self.acl("reply-acl-out", subnet, host.private, port, inbound=False, back=True)
        yield self.acl("reply-acl-in", self.subnet(host), far_end, port, inbound=True, back=True)

    def acl(
        self, stage: str, subnet: Subnet, peer: str, port: int, *, inbound: bool, back: bool = False
    ) -> Hop:
        rules: Sequence[AclRule] = self.network.acl(subnet).direction(inbound)
        return self.hop(
            stage, subnet.name, deciding(rules, self.probe.protocol, port, number(peer)), back=back
        )

    def group_rule(self, host: Host, flow: Flow, *, inbound: bool) -> Rule | None:
        for name in host.groups:
            group = self.network.groups.get(name)
            if group is not None:
                for rule in group.direction(inbound):
                    if admits(rule, flow):
                        return rule
        return None
