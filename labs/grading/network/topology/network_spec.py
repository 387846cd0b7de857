"""A network as authors write it, in lab.toml's [spec.network] or as JSON, → the model.

vpc = "10.0.0.0/16"                     or a list of blocks, IPv4 and IPv6
internet_gateway = true
[[subnets]]   name, cidr (text or list), zone, routes (a table's name), acl
[[hosts]]     name, subnet, private, public, ipv6, groups, listens (["tcp 80"]; left out =
              everything)
[[balancers]] the same, with listeners = [{ port = 443, targets = ["web-a"], target_port = 8080 }]
[[nats]]      name, subnet, public
[routes.public]  "0.0.0.0/0" = "igw"    igw, eigw or a NAT gateway's name; the local route is always
                                        there
[groups.sg-web]  inbound = ["tcp 443 from 0.0.0.0/0"], outbound = […]     lines or IpPermissions
[acls.public]    inbound = ["100 allow tcp 443 from 0.0.0.0/0"], outbound = […]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from labs.grading.errors import AnswerError, RuleError
from labs.grading.network.rules.acl import Acl, read_acl
from labs.grading.network.rules.acl_table import read_acl_table
from labs.grading.network.rules.answers import GroupRules, read_group
from labs.grading.network.rules.permissions import read_address, read_cidr
from labs.grading.network.rules.rule import IPV4, IPV6, Source
from labs.grading.network.rules.table import read_table
from labs.grading.network.topology.network import (
    DEFAULT_ACL,
    EGRESS_ONLY_GATEWAY,
    INTERNET_GATEWAY,
    Host,
    Listener,
    NatGateway,
    Network,
    Route,
    Subnet,
    holds,
)
from labs.grading.toml_table import Table

MOST_GROUPS = 5  # VPC quotas: security groups per network interface


def read_network(table: Table) -> Network:
    """The network; SpecError names the key, also where names do not fit together."""
    subnets = {subnet.name: subnet for subnet in map(read_subnet, table.tables("subnets"))}
    hosts = [read_host(entry) for key in ("hosts", "balancers") for entry in table.tables(key)]
    nats = {nat.name: nat for nat in map(read_nat, table.tables("nats"))}
    network = Network(
        blocks=read_blocks(table, "vpc"),
        subnets=subnets,
        hosts={host.name: host for host in hosts},
        groups={
            name: read_given_group(table, name, value)
            for name, value in table.table("groups").items()
        },
        routes={
            name: read_routes(table, name, value, nats)
            for name, value in table.table("routes").items()
        },
        nats=nats,
        acls={
            name: read_given_acl(table, name, value) for name, value in table.table("acls").items()
        },
        internet_gateway=table.flag("internet_gateway", True),
    )
    table.finish()
    refuse_contradictions(table, network)
    return network


def with_groups(network: Network, groups: Mapping[str, GroupRules]) -> Network:
    """The network with the learner's groups beside (or in place of) the given ones."""
    return replace(network, groups={**network.groups, **groups})


def read_blocks(table: Table, key: str) -> tuple[Source, ...]:
    value = table.get(key, (str, list), "a block or a list of blocks", [])
    try:
        return tuple(read_block(text) for text in ([value] if isinstance(value, str) else value))
    except ValueError as error:
        raise table.error(key, str(error)) from None


def read_block(text: str) -> Source:
    return read_cidr(IPV6 if ":" in text else IPV4, text)


def read_subnet(table: Table) -> Subnet:
    return Subnet(
        name=table.text("name"),
        blocks=read_blocks(table, "cidr"),
        zone=table.text("zone", ""),
        routes=table.text("routes", ""),
        acl=table.text("acl", DEFAULT_ACL),
    )


def read_host(table: Table) -> Host:
    listens = table.texts("listens", None) if "listens" in table.values else None
    return Host(
        name=table.text("name"),
        subnet=table.text("subnet"),
        private=read_own_address(table, "private", ""),
        groups=table.texts("groups"),
        public=read_own_address(table, "public", ""),
        ipv6=read_own_address(table, "ipv6", ""),
        listens=None
        if listens is None
        else frozenset(read_service(table, text) for text in listens),
        listeners=tuple(read_listener(listener) for listener in table.tables("listeners")),
    )


def read_own_address(table: Table, key: str, default: str) -> str:
    text = table.text(key, default)
    if text and read_address(text) is None:
        raise table.error(key, f"“{text}” is not an address")
    return text


def read_service(table: Table, text: str) -> tuple[str, int]:
    protocol, _space, port = text.partition(" ")
    if protocol not in ("tcp", "udp") or not port.isdigit():
        raise table.error("listens", f"“{text}” is not like “tcp 80”")
    return protocol, int(port)


def read_listener(table: Table) -> Listener:
    port = table.number("port", most=65535)
    return Listener(port, table.texts("targets"), table.number("target_port", port, most=65535))


def read_nat(table: Table) -> NatGateway:
    return NatGateway(
        table.text("name"), table.text("subnet"), read_own_address(table, "public", "")
    )


def read_routes(
    table: Table, name: str, value: Any, nats: Mapping[str, NatGateway]
) -> tuple[Route, ...]:
    routes = []
    for block, via in table.named(value, f"routes.{name}").items():
        if via not in (INTERNET_GATEWAY, EGRESS_ONLY_GATEWAY, *nats):
            raise table.error("routes", f"{name}: “{via}” is neither igw, eigw nor a NAT gateway")
        try:
            routes.append(Route(read_block(block), via))
        except ValueError as error:
            raise table.error("routes", f"{name}: {error}") from None
    return tuple(routes)


def read_given_group(table: Table, name: str, value: Any) -> GroupRules:
    """A group of the lab, as lines of the readable form or as IpPermissions."""
    try:
        return read_group(as_permissions_value(value), ())
    except (RuleError, AnswerError) as error:
        raise table.error("groups", f"{name}: {error.message}") from None


def as_permissions_value(value: Any) -> object:
    lines = as_lines(value)
    return value if lines is None else read_table(lines).value


def as_lines(value: Any) -> str | None:
    """`{"inbound": ["tcp 80 from …"]}` as text of the readable form;
    None when it holds no lines."""
    if not isinstance(value, Mapping) or not all(
        isinstance(rules, list) for rules in value.values()
    ):
        return None
    if not all(isinstance(rule, str) for rules in value.values() for rule in rules):
        return None
    return "\n".join(
        line
        for key, rules in value.items()
        for line in (f"{key}:", *(f"- {rule}" for rule in rules))
    )


def read_given_acl(table: Table, name: str, value: Any) -> Acl:
    lines = as_lines(value)
    try:
        return read_acl(value if lines is None else read_acl_table(lines).value)
    except (RuleError, AnswerError) as error:
        raise table.error("acls", f"{name}: {error.message}") from None


def refuse_contradictions(table: Table, network: Network) -> None:
    first = next(contradictions(network), None)
    if first is not None:
        raise table.error(*first)


def contradictions(network: Network) -> Iterator[tuple[str, str]]:
    """Names that lead nowhere, addresses outside their subnet: the key and what is wrong.
    Ask for the first only: later checks rely on what earlier ones let pass."""
    for subnet in network.subnets.values():
        yield from contradictions_of_subnet(network, subnet)
    places: list[Host | NatGateway] = [*network.hosts.values(), *network.nats.values()]
    for place in places:
        if place.subnet not in network.subnets:
            yield "hosts", f"{place.name}: there is no subnet “{place.subnet}”"
    for host in network.hosts.values():
        yield from contradictions_of_host(network, host)


def contradictions_of_subnet(network: Network, subnet: Subnet) -> Iterator[tuple[str, str]]:
    if subnet.routes and subnet.routes not in network.routes:
        yield "subnets", f"{subnet.name}: there is no route table “{subnet.routes}”"
    if subnet.acl != DEFAULT_ACL and subnet.acl not in network.acls:
        yield "subnets", f"{subnet.name}: there is no ACL “{subnet.acl}”"


def contradictions_of_host(network: Network, host: Host) -> Iterator[tuple[str, str]]:
    if len(host.groups) > MOST_GROUPS:
        yield "hosts", f"{host.name}: an interface has at most {MOST_GROUPS} groups"
    if not any(holds(block, host.private) for block in network.subnets[host.subnet].blocks):
        yield "hosts", f"{host.name}: {host.private or 'no address'} is not in {host.subnet}"
    for listener in host.listeners:
        for name in listener.targets:
            if name not in network.hosts:
                yield "balancers", f"{host.name}: there is no host “{name}”"
