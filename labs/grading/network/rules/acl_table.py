"""The readable form of a network ACL: `- 100 allow tcp 80 from 0.0.0.0/0` under inbound:
and outbound:."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.network.rules.protocols import ICMP, WITH_PORTS
from labs.grading.network.rules.rule import IPV4, IPV6, LISTS, Path
from labs.grading.network.rules.table import TableDocument, read_table
from labs.grading.said import say

ENTRY_KEYS = (
    "RuleNumber",
    "RuleAction",
    "Protocol",
    "PortRange",
    "IcmpTypeCode",
    "CidrBlock",
    "Ipv6CidrBlock",
)
BLOCK_KEYS = {IPV4: "CidrBlock", IPV6: "Ipv6CidrBlock"}


def read_acl_table(text: str) -> TableDocument:
    """`{"Entries": […]}` with the positions of the lines. AnswerError names line and column."""
    marked = read_table(text, prefix_words=2)
    document = TableDocument({"Entries": []})
    for direction, rules in marked.value.items():
        if direction not in ("inbound", "outbound") or not isinstance(rules, list):
            raise AnswerError(
                say("An ACL has “inbound:” and “outbound:”, nothing else."),
                *marked.position((direction,)),
            )
        for index, permission in enumerate(rules):
            add_entry(
                document, permission, direction == "outbound", marked.position((direction, index))
            )
    return document


def add_entry(
    document: TableDocument, permission: dict[str, Any], outbound: bool, position: tuple[int, int]
) -> None:
    number, action = permission.pop("prefix")
    entry: dict[str, Any] = {
        "RuleNumber": read_rule_number(number, position),
        "RuleAction": action,
        "Egress": outbound,
        "Protocol": permission["IpProtocol"],
        **read_only_block(permission, position),
        **axis_of(permission),
    }
    entries = document.value["Entries"]
    path: Path = ("Entries", len(entries))
    document.positions.update({(*path, key): position for key in ENTRY_KEYS} | {path: position})
    entries.append(entry)


def read_rule_number(text: str, position: tuple[int, int]) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise AnswerError(
            say(
                "An ACL rule begins with its number, like “100 allow …”; here is “{text}”.",
                text=text[:20],
            ),
            *position,
        )
    return int(text)


def read_only_block(permission: Mapping[str, Any], position: tuple[int, int]) -> dict[str, str]:
    sources = [
        (kind, entry[name_key])
        for kind, (list_key, name_key) in LISTS.items()
        for entry in permission.get(list_key, [])
    ]
    if len(sources) != 1 or sources[0][0] not in BLOCK_KEYS:
        raise AnswerError(
            say("An ACL rule names one address block; groups and lists belong to security groups."),
            *position,
        )
    kind, block = sources[0]
    return {BLOCK_KEYS[kind]: block}


def axis_of(permission: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The ports, or ICMP's type and code, under the name that an ACL has for them."""
    if permission["IpProtocol"] in ICMP:
        return {"IcmpTypeCode": {"Type": permission["FromPort"], "Code": permission["ToPort"]}}
    if permission["IpProtocol"] in WITH_PORTS and "FromPort" in permission:
        return {"PortRange": {"From": permission["FromPort"], "To": permission["ToPort"]}}
    return {}
