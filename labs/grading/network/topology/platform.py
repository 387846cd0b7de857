"""What AWS itself answers in every VPC, and which addresses the internet does not know.

Security groups and network ACLs do not filter traffic to and from these services.
Source: VPC guide, "Security groups" and "Network ACL basics" (what they do not filter), "DNS
attributes for your VPC" (the Route 53 Resolver at the VPC's base address plus two); EC2 guide,
"Instance metadata", "Amazon Time Sync Service".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.network.rules.permissions import number, read_cidr
from labs.grading.network.rules.rule import IPV4, IPV6, Source
from labs.grading.network.topology.network import Network, holds
from labs.grading.said import say

RESOLVER_OFFSET = 2


@dataclass(frozen=True, slots=True)
class Service:
    """`offers` are the (protocol, port) pairs that it answers on."""

    name: str
    offers: frozenset[tuple[str, int]]


RESOLVER = Service(say("the VPC's DNS resolver"), frozenset((("udp", 53), ("tcp", 53))))
METADATA = Service(say("the instance metadata service"), frozenset((("tcp", 80),)))
TIME = Service(say("the Amazon Time Sync Service"), frozenset((("udp", 123),)))
TASKS = Service(say("the ECS task metadata endpoint"), frozenset((("tcp", 80),)))
ACTIVATION = Service(say("Windows licence activation"), frozenset((("tcp", 1688),)))
SERVICES: Mapping[tuple[str, int], Service] = {
    number(address): service
    for service, addresses in (
        (RESOLVER, ("169.254.169.253", "fd00:ec2::253")),
        (METADATA, ("169.254.169.254", "fd00:ec2::254")),
        (TIME, ("169.254.169.123", "fd00:ec2::123")),
        (TASKS, ("169.254.170.2",)),
        (ACTIVATION, ("169.254.169.250", "169.254.169.251")),
    )
    for address in addresses
}
# Blocks that no internet gateway carries: private, shared, link-local, loopback, multicast and
# reserved addresses (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291).
NOT_ON_THE_INTERNET = (
    *(
        read_cidr(IPV4, text)
        for text in (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "224.0.0.0/3",
        )
    ),
    *(read_cidr(IPV6, text) for text in ("::/128", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8")),
)


def service_at(network: Network, address: str) -> Service | None:
    """AWS's own service at this address of the VPC; None for every other address."""
    primary = next((block for block in network.blocks if block.kind == IPV4), None)
    if primary and number(address) == (IPV4, primary.first + RESOLVER_OFFSET):
        return RESOLVER
    return SERVICES.get(number(address))


def is_on_the_internet(network: Network, address: str) -> bool:
    """May somebody outside have this address?"""
    return not network.is_inside(address) and not is_unknown_outside(address)


def is_unknown_outside(address: str) -> bool:
    """Private, link-local or otherwise not routed on the internet."""
    blocks: tuple[Source, ...] = NOT_ON_THE_INTERNET
    return any(holds(block, address) for block in blocks)
