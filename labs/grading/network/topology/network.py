"""A small network to send packets through: VPC, subnets, routes, gateways, hosts,
groups and network ACLs.

Source: VPC guide (route tables, internet gateways, NAT gateways, network ACLs, security groups).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.network.rules.acl import Acl, default_acl
from labs.grading.network.rules.answers import GroupRules
from labs.grading.network.rules.permissions import number
from labs.grading.network.rules.rule import Source

Door = tuple[str, int]  # protocol and port, or 256 × type + code of ICMP
LOCAL, INTERNET_GATEWAY, EGRESS_ONLY_GATEWAY = "local", "igw", "eigw"
DEFAULT_ACL = "default"


def holds(block: Source, address: str) -> bool:
    kind, value = number(address)
    return block.kind == kind and block.first <= value <= block.last


@dataclass(frozen=True, slots=True)
class Route:
    """`via` is `local`, `igw`, `eigw` or a NAT gateway's name."""

    block: Source
    via: str


@dataclass(frozen=True, slots=True)
class Subnet:
    name: str
    blocks: tuple[Source, ...]
    zone: str = ""
    routes: str = ""  # the route table's name; "" = only the local route
    acl: str = DEFAULT_ACL


@dataclass(frozen=True, slots=True)
class Listener:
    """A load balancer's port, and where it sends what arrives: one of its targets,
    on the target's port."""

    port: int
    targets: tuple[str, ...]
    target_port: int


@dataclass(frozen=True, slots=True)
class Host:
    """An interface: an instance, or a load balancer when it has listeners.

    `listens` are the (protocol, port) pairs that something answers on; None means every port.
    """

    name: str
    subnet: str
    private: str
    groups: tuple[str, ...]
    public: str = ""
    ipv6: str = ""
    listens: frozenset[tuple[str, int]] | None = None
    listeners: tuple[Listener, ...] = ()

    def answers(self, protocol: str, port: int) -> bool:
        if self.listeners:
            return protocol == "tcp" and any(listener.port == port for listener in self.listeners)
        return self.listens is None or (protocol, port) in self.listens

    def sends_on(self, door: Door) -> tuple[str, Door] | None:
        """To whom a load balancer sends what arrives there: its first target, and its door."""
        protocol, port = door
        listener = next((one for one in self.listeners if one.port == port), None)
        if listener is None or not listener.targets or protocol != "tcp":
            return None
        return listener.targets[0], ("tcp", listener.target_port)


@dataclass(frozen=True, slots=True)
class NatGateway:
    name: str
    subnet: str
    public: str


@dataclass(frozen=True, slots=True)
class Network:
    """Everything a packet can meet. Names are unique within their kind."""

    blocks: tuple[Source, ...]
    subnets: Mapping[str, Subnet]
    hosts: Mapping[str, Host]
    groups: Mapping[str, GroupRules]
    routes: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    nats: Mapping[str, NatGateway] = field(default_factory=dict)
    acls: Mapping[str, Acl] = field(default_factory=dict)
    internet_gateway: bool = True

    def route(self, subnet: Subnet, address: str) -> Route | None:
        """The longest prefix that holds the address. The local route of the VPC is in every
        table."""
        local = (Route(block, LOCAL) for block in self.blocks)
        matching = [
            route
            for route in (*local, *self.routes.get(subnet.routes, ()))
            if holds(route.block, address)
        ]
        return min(matching, key=lambda route: route.block.last - route.block.first, default=None)

    def acl(self, subnet: Subnet) -> Acl:
        return self.acls.get(subnet.acl) or default_acl()

    def owner(self, address: str) -> Host | None:
        """The host that has this private, public or IPv6 address."""
        return next(
            (
                host
                for host in self.hosts.values()
                if address in (host.private, host.public, host.ipv6)
            ),
            None,
        )

    def is_inside(self, address: str) -> bool:
        return any(holds(block, address) for block in self.blocks)
