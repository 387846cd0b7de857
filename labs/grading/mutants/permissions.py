"""Rules of one security group in JSON, broken: a rule or a source left out, another port, protocol
or source, a rule too many."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from labs.grading.json_text import Path, read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, at, cut, put, written

SOURCES = {
    "IpRanges": "CidrIp",
    "Ipv6Ranges": "CidrIpv6",
    "UserIdGroupPairs": "GroupId",
    "PrefixListIds": "PrefixListId",
}
OTHER_PROTOCOLS = {"tcp": "udp", "udp": "tcp", "icmp": "icmpv6", "icmpv6": "icmp"}
MORE = {
    "tcp 8443 for everybody": {
        "IpProtocol": "tcp",
        "FromPort": 8443,
        "ToPort": 8443,
        "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
    },
    "everything for a private block": {
        "IpProtocol": "-1",
        "IpRanges": [{"CidrIp": "172.31.0.0/16"}],
    },
    "ssh for an IPv6 host": {
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 22,
        "Ipv6Ranges": [{"CidrIpv6": "2001:db8:99::1/128"}],
    },
}


def broken_permissions(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    for key in tree:
        for number, _rule in enumerate(tree[key]):
            yield from broken_rule(tree, (key, number))
        for name, rule in MORE.items():
            yield written(f"{key}: {name} too", put(tree, (key,), [*tree[key], rule]))
    yield written("nothing gets out", tree | {"outbound": []})


def broken_rule(tree: Json, path: Path) -> Iterator[Mutant]:
    key, number = path[0], int(path[1]) + 1
    rule, name = at(tree, path), f"{key} rule {number}"
    yield written(f"without {name}", cut(tree, path))
    protocol = rule["IpProtocol"]
    for other in (OTHER_PROTOCOLS.get(protocol, "tcp"), "-1"):
        yield written(f"{name}: {other}", put(tree, (*path, "IpProtocol"), other))
    for end in ("FromPort", "ToPort"):
        if end in rule:
            yield from broken_ports(tree, (*path, end), name)
    for sources, field in SOURCES.items():
        for place, _row in enumerate(rule.get(sources, [])):
            yield from broken_source(tree, (*path, sources, place, field), name)


def broken_ports(tree: Json, path: Path, name: str) -> Iterator[Mutant]:
    value = at(tree, path)
    for other in sorted({value - 1, value + 1, 65535} - {value}):
        yield written(f"{name}: {path[-1]} {other}", put(tree, path, other))


def broken_source(tree: Json, path: Path, name: str) -> Iterator[Mutant]:
    value = at(tree, path)
    yield written(f"{name}: without {value}", cut(tree, path[:-1]))
    for other in other_sources(value):
        yield written(f"{name}: {other} for {value}", put(tree, path, other))


def other_sources(value: str) -> Iterator[str]:
    """A wider block, a narrower one, another one, everybody; another group."""
    if "/" not in value:
        yield f"{value}x"
        return
    block = ipaddress.ip_network(value, strict=False)
    if block.prefixlen:
        yield str(block.supernet())
        yield "::/0" if block.version == 6 else "0.0.0.0/0"
    if block.prefixlen < block.max_prefixlen:
        yield str(next(block.subnets()))
    yield "2001:db8:99::/48" if block.version == 6 else "198.51.100.0/24"
