"""IpPermissions (the JSON of `aws ec2 authorize-security-group-ingress --ip-permissions`) → rules.

Anything EC2 would refuse to read is a RuleError with the path of the value. Two things that EC2
refuses are read all the same, because they are typical mistakes and deserve a finding:
From above To, and the same rule twice.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from functools import lru_cache

from labs.grading.errors import RuleError
from labs.grading.network.rules.protocols import (
    ALL,
    AXIS_END,
    SERVICES,
    protocol_name,
)
from labs.grading.network.rules.ranges import read_range
from labs.grading.network.rules.rule import (
    GROUP,
    IPV4,
    IPV6,
    LISTS,
    PREFIX_LIST,
    Path,
    Rule,
    Source,
    cidr,
)
from labs.grading.said import say

KEYS = frozenset(
    {"IpProtocol", "FromPort", "ToPort", *(list_key for list_key, _name in LISTS.values())}
)
GROUP_KEYS = frozenset(
    {
        "GroupId",
        "GroupName",
        "UserId",
        "VpcId",
        "VpcPeeringConnectionId",
        "PeeringStatus",
        "Description",
    }
)
MAX_RULES = 200


def read_permissions(value: object, path: Path = ()) -> tuple[Rule, ...]:
    """All rules of a list of IpPermissions, in the order of the text.
    RuleError says what is wrong and where."""
    if not isinstance(value, list):
        raise RuleError(path, say('Expected a list of rules: [ { "IpProtocol": …, … }, … ].'))
    rules: list[Rule] = []
    for index, permission in enumerate(value):
        rules.extend(read_permission(permission, (*path, index)))
        if len(rules) > MAX_RULES:
            raise RuleError(
                (*path, index),
                say(
                    "More than {most} rules; a security group holds 60 for each direction.",
                    most=MAX_RULES,
                ),
            )
    return tuple(rules)


def read_permission(permission: object, path: Path) -> Iterator[Rule]:
    if not isinstance(permission, dict):
        raise RuleError(path, say('A rule is an object: { "IpProtocol": …, "FromPort": …, … }.'))
    refuse_unknown_keys(permission, KEYS, path)
    protocol = read_protocol(permission, path)
    low, high = read_range(permission, protocol, path)
    found = False
    for kind, (list_key, _name_key) in LISTS.items():
        for source, written, where in read_sources(
            permission.get(list_key, []), kind, (*path, list_key)
        ):
            found = True
            yield Rule(
                source=source, protocol=protocol, low=low, high=high, path=where, written=written
            )
    if not found:
        raise RuleError(
            path,
            say(
                "This rule names no source: give IpRanges, Ipv6Ranges, PrefixListIds or "
                "UserIdGroupPairs."
            ),
        )


def refuse_unknown_keys(table: Mapping[str, object], known: frozenset[str], path: Path) -> None:
    for key in table:
        if key not in known:
            near = next((name for name in sorted(known) if name.lower() == key.lower()), "")
            hint = (
                say("Did you mean “{near}”?", near=near)
                if near
                else say("Known keys: {keys}.", keys=", ".join(sorted(known)))
            )
            raise RuleError(
                (*path, key),
                say("EC2 does not know the key “{key}” here. {hint}", key=key[:60], hint=hint),
                at_key=True,
            )


def read_protocol(permission: Mapping[str, object], path: Path) -> str:
    if "IpProtocol" not in permission:
        raise RuleError(
            path,
            say(
                'IpProtocol is missing: "tcp", "udp", "icmp", "icmpv6", a number, or "-1" for all.'
            ),
        )
    text = permission["IpProtocol"]
    if not isinstance(text, str):
        raise RuleError(
            (*path, "IpProtocol"),
            say('IpProtocol is text: write it in quotes, for example "tcp" or "-1".'),
        )
    name = protocol_name(text)
    if name is None:
        raise RuleError((*path, "IpProtocol"), unknown_protocol(text))
    return name


def unknown_protocol(text: str) -> str:
    for port, service in SERVICES.items():
        if text.lower() == service.lower():
            return say(
                '{service} is a service, not a protocol: it is "tcp" on port {port}.',
                service=service,
                port=port,
            )
    if text.lower() in {"all", "any", "*"}:
        return say('Every protocol is written "-1".')
    return say(
        'EC2 knows no protocol “{text}”: use "tcp", "udp", "icmp", "icmpv6", a '
        'number 0–255, or "-1".',
        text=text[:40],
    )


def read_sources(value: object, kind: str, path: Path) -> Iterator[tuple[Source, str, Path]]:
    """Each source of one list: the source, its spelling and its path."""
    if not isinstance(value, list):
        raise RuleError(
            path,
            say('{key} is a list: [ { "{item}": … } ].', key=path[-1], item=LISTS[kind][1]),
        )
    name_key = LISTS[kind][1]
    known = GROUP_KEYS if kind == GROUP else frozenset({name_key, "Description"})
    for index, entry in enumerate(value):
        where = (*path, index)
        if not isinstance(entry, dict):
            raise RuleError(
                where, say('Write an object here: { "{name_key}": … }.', name_key=name_key)
            )
        refuse_unknown_keys(entry, known, where)
        key = "GroupName" if kind == GROUP and name_key not in entry else name_key
        if not isinstance(entry.get(key), str):
            raise RuleError(where, say("{name_key} is missing, or is not text.", name_key=name_key))
        yield read_source(kind, entry[key], (*where, key)), entry[key], (*where, key)


def read_source(kind: str, text: str, path: Path) -> Source:
    if kind in (IPV4, IPV6):
        try:
            return read_cidr(kind, text)
        except ValueError as error:
            raise RuleError(path, error.args[0]) from None
    if not 0 < len(text) <= 255:
        raise RuleError(path, say("An id cannot be empty."))
    if kind == PREFIX_LIST and not text.startswith("pl-"):
        raise RuleError(
            path, say("“{text}” is not a prefix list: their ids begin with pl-.", text=text[:40])
        )
    return Source(kind, text)


@lru_cache(maxsize=4096)
def read_cidr(kind: str, text: str) -> Source:
    """`"203.0.113.5/24"` → the block 203.0.113.0/24 (EC2 clears host bits).
    ValueError in plain words."""
    address_text, slash, length_text = text.partition("/")
    address = read_address(address_text)
    if address is None:
        raise ValueError(
            say(
                "“{text}” is not an address block: write it like {example}.",
                text=text[:60],
                example=example(kind),
            )
        )
    if address.version != (4 if kind == IPV4 else 6):
        other = LISTS[IPV6 if kind == IPV4 else IPV4]
        raise ValueError(
            say(
                "{address} is IPv{version}: it belongs in {list} as {key}.",
                address=text[:60],
                version=address.version,
                list=other[0],
                key=other[1],
            )
        )
    if not slash:
        raise ValueError(
            say(
                "The prefix length is missing: a single address is {address}/{length}.",
                address=text[:60],
                length=address.max_prefixlen,
            )
        )
    if not (
        length_text.isascii() and length_text.isdigit() and str(int(length_text[:4])) == length_text
    ):
        raise ValueError(
            say(
                "“/{length}” is not a prefix length: write a number, like {example}.",
                length=length_text[:20],
                example=example(kind),
            )
        )
    length = int(length_text)
    if length > address.max_prefixlen:
        raise ValueError(
            say(
                "/{length} is too long: an IPv{version} block goes up to /{most}.",
                length=length,
                version=address.version,
                most=address.max_prefixlen,
            )
        )
    host_bits = address.max_prefixlen - length
    return cidr(kind, int(address) >> host_bits << host_bits, length)


def read_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, or None. A zone (fe80::1%eth0) is no address in a rule."""
    if "%" in text or len(text) > 45:
        return None
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def number(address: str) -> tuple[str, int]:
    """`"10.0.0.5"` → `("ipv4", 167772165)`. ValueError when it is no address."""
    parsed = ipaddress.ip_address(address)
    return (IPV4 if parsed.version == 4 else IPV6), int(parsed)


def example(kind: str) -> str:
    return "203.0.113.0/24" if kind == IPV4 else "2001:db8::/32"


@lru_cache(maxsize=300)
def everything(protocol: str = ALL) -> tuple[Rule, ...]:
    """What a new security group has outbound: everything to everywhere."""
    return tuple(
        Rule(source=read_cidr(kind, text), protocol=protocol, low=0, high=AXIS_END)
        for kind, text in ((IPV4, "0.0.0.0/0"), (IPV6, "::/0"))
    )
