"""VPC and subnet plans: reading them, and what AWS and good sense say about them. Source:
VPC guide, "Subnet CIDR blocks".

A plan is JSON or lines:

    vpc 10.0.0.0/16
    subnet web-a 10.0.0.0/24 eu-west-2a igw        name, block, zone, and where 0.0.0.0/0 leads
                                                   (igw, a NAT gateway)
    subnet db-a 10.0.1.0/24 eu-west-2a
    nat nat-a web-a                                name, the subnet it stands in
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from labs.grading.errors import AnswerError, RuleError
from labs.grading.json_text import read_json
from labs.grading.network.rules.answers import Document, as_answer_error, is_json
from labs.grading.network.rules.permissions import read_address, read_cidr, refuse_unknown_keys
from labs.grading.network.rules.rule import IPV4, Path, Source
from labs.grading.network.rules.table import TableDocument
from labs.grading.network.topology.network import INTERNET_GATEWAY
from labs.grading.said import say

LARGEST, SMALLEST = 16, 28  # AWS: IPv4 blocks of VPCs and subnets go from /16 to /28
RESERVED = 5  # the network's address, the router's, DNS's, one for later, and the last
MAX_SUBNETS = 200
IGW = re.compile(r"igw(-[0-9a-f]{8,17})?")  # a VPC has one internet gateway, whatever its id
WORDS_OF_A_LINE = {
    "vpc": ("cidr",),
    "subnet": ("name", "cidr", "zone", "route"),
    "nat": ("name", "subnet"),
}


@dataclass(frozen=True, slots=True)
class PlannedSubnet:
    """One subnet. `route` is where 0.0.0.0/0 leads: igw, a NAT gateway's name, or nowhere."""

    name: str
    block: Source
    zone: str
    route: str
    path: Path
    written: str

    @property
    def usable(self) -> int:
        """Addresses that hosts can have."""
        return max(0, size(self.block) - RESERVED)

    @property
    def is_public(self) -> bool:
        return self.route == INTERNET_GATEWAY


@dataclass(frozen=True, slots=True)
class Plan:
    """`nats` are gateways by name, with the subnet each stands in."""

    vpc: Source
    subnets: Mapping[str, PlannedSubnet]
    nats: Mapping[str, str]

    def has_egress(self, subnet: PlannedSubnet) -> bool:
        """True when hosts without public addresses get out: by a NAT gateway in a public subnet."""
        home = self.subnets.get(self.nats.get(subnet.route, ""))
        return home is not None and home.is_public

    def overlaps(self) -> Iterator[tuple[PlannedSubnet, PlannedSubnet]]:
        for one, other in combinations(self.subnets.values(), 2):
            if one.block.first <= other.block.last and other.block.first <= one.block.last:
                yield one, other

    def free(self) -> int:
        """Addresses of the VPC that no subnet takes."""
        return size(self.vpc) - sum(
            size(subnet.block) for subnet in self.subnets.values() if self.holds(subnet)
        )

    def holds(self, subnet: PlannedSubnet) -> bool:
        return self.vpc.first <= subnet.block.first and subnet.block.last <= self.vpc.last


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    plan: Plan
    document: Document


def size(block: Source) -> int:
    return block.last - block.first + 1


def prefix_length(block: Source) -> int:
    return 33 - size(block).bit_length()


def has_legal_size(block: Source) -> bool:
    return LARGEST <= prefix_length(block) <= SMALLEST


def has_host_bits(subnet: PlannedSubnet) -> bool:
    address = read_address(subnet.written.partition("/")[0])
    return address is not None and int(address) != subnet.block.first


def smallest_prefix_for(hosts: int) -> int:
    """The longest prefix whose subnet has room for so many hosts: 251 → /24, 252 → /23."""
    return max(0, min(SMALLEST, 32 - (hosts + RESERVED - 1).bit_length()))


def read_plan(text: str) -> PlanAnswer:
    """The plan; AnswerError names line and column of what cannot be read."""
    document: Document = read_json(text) if is_json(text) else read_lines(text)
    try:
        return PlanAnswer(read_plan_value(document.value), document)
    except RuleError as error:
        raise as_answer_error(error, document) from None


def read_lines(text: str) -> TableDocument:
    """Lines → the JSON form, with the place of every word."""
    document = TableDocument({"subnets": [], "nats": []})
    for number, raw in enumerate(text.split("\n"), start=1):
        words = raw.partition("#")[0].split()
        if words:
            add_line(document, words, number, raw)
    return document


def add_line(document: TableDocument, words: list[str], number: int, raw: str) -> None:
    first_word = words[0]
    first = raw.find(first_word) + 1
    kind = first_word.rstrip(":").lower()
    names = WORDS_OF_A_LINE.get(kind)
    if names is None:
        raise AnswerError(say("A line begins with “vpc”, “subnet” or “nat”."), number, first)
    if len(words) - 1 > len(names):
        raise AnswerError(
            say("Too many words: {word} {names}.", word=words[0], names=" ".join(names)),
            number,
            raw.find(words[len(names) + 1]) + 1,
        )
    if kind == "vpc":
        document.value["vpc"] = words[1] if len(words) > 1 else ""
        document.positions[("vpc",)] = (number, first)
        return
    rows = document.value[f"{kind}s"]
    path: Path = (f"{kind}s", len(rows))
    document.positions[path] = (number, first)
    for name, word in zip(names, words[1:], strict=False):
        document.positions[(*path, name)] = (number, raw.find(word) + 1)
    rows.append({name: word for name, word in zip(names, words[1:], strict=False) if word != "-"})


def read_plan_value(value: object) -> Plan:
    if not isinstance(value, dict):
        raise RuleError((), say('Expected { "vpc": "10.0.0.0/16", "subnets": [ … ] }.'))
    refuse_unknown_keys(value, frozenset({"vpc", "subnets", "nats"}), ())
    vpc = read_block(value, "vpc", ())
    subnets: dict[str, PlannedSubnet] = {}
    for path, row in read_rows(value, "subnets", ("name", "cidr", "zone", "route")):
        subnet = read_subnet(row, path)
        if subnet.name in subnets:
            raise RuleError(
                (*path, "name"), say("The name {name} is used twice.", name=subnet.name)
            )
        subnets[subnet.name] = subnet
    nats = {
        read_text(row, "name", path): read_text(row, "subnet", path)
        for path, row in read_rows(value, "nats", ("name", "subnet"))
    }
    return Plan(vpc, subnets, nats)


def read_rows(
    value: Mapping[str, Any], key: str, known: tuple[str, ...]
) -> Iterator[tuple[Path, dict[str, object]]]:
    rows = value.get(key, [])
    if not isinstance(rows, list) or len(rows) > MAX_SUBNETS:
        raise RuleError(
            (key,),
            say(
                "{key} is a list of at most {most} objects.",
                key=key,
                most=MAX_SUBNETS,
            ),
        )
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise RuleError(
                (key, index),
                say(
                    'Write an object here: { "{first}": …, "{second}": … }.',
                    first=known[0],
                    second=known[1],
                ),
            )
        refuse_unknown_keys(row, frozenset(known), (key, index))
        yield (key, index), row


def read_subnet(row: Mapping[str, Any], path: Path) -> PlannedSubnet:
    name, block = read_text(row, "name", path), read_block(row, "cidr", path)
    zone, route = (read_text(row, key, path) if key in row else "" for key in ("zone", "route"))
    if IGW.fullmatch(route.lower()):
        route = INTERNET_GATEWAY
    return PlannedSubnet(
        name=name, block=block, zone=zone, route=route, path=(*path, "cidr"), written=row["cidr"]
    )


def read_text(row: Mapping[str, Any], key: str, path: Path) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise RuleError((*path, key), say("{key} is missing, or is not a short text.", key=key))
    return value


def read_block(row: Mapping[str, Any], key: str, path: Path) -> Source:
    try:
        return read_cidr(IPV4, read_text(row, key, path))
    except ValueError as error:
        raise RuleError((*path, key), error.args[0]) from None
