"""The readable form of a network ACL: `- 100 allow tcp 80 from 0.0.0.0/0` under inbound:
and outbound:."""

from __future__ import annotations

from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.network.rules.protocols import ICMP, WITH_PORTS
from labs.grading.network.rules.rule import IPV4, IPV6, LISTS, Path
from labs.grading.network.rules.table import TableDocument, read_table

ENTRY_KEYS = (
    "RuleNumber",
    "RuleAction",
    "Protocol",
    "PortRange",
    "IcmpTypeCode",
    "CidrBlock",
    "Ipv6CidrBlock",
)


def read_acl_table(text: str) -> TableDocument:
    """`{"Entries": […]}` with the positions of the lines. AnswerError names line and column."""
    marked = read_table(text, prefix_words=2)
    document = TableDocument({"Entries": []})
    for direction, rules in marked.value.items():
        if direction not in ("inbound", "outbound") or not isinstance(rules, list):
            raise AnswerError(
                "An ACL has “inbound:” and “outbound:”, nothing else.",
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
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        raise AnswerError(
            f"An ACL rule begins with its number, like “100 allow …”; here is “{number[:20]}”.",
            *position,
        )
    blocks = [
        entry[LISTS[kind][1]]
        for kind in (IPV4, IPV6)
        for entry in permission.get(LISTS[kind][0], [])
    ]
    if len(blocks) != 1 or any(key in permission for key in ("UserIdGroupPairs", "PrefixListIds")):
        raise AnswerError(
            "An ACL rule names one address block; groups and lists belong to security groups.",
            *position,
        )
    entry: dict[str, Any] = {"RuleNumber": int(number), "RuleAction": action, "Egress": outbound}
    entry["Protocol"] = protocol = permission["IpProtocol"]
    entry["Ipv6CidrBlock" if ":" in blocks[0] else "CidrBlock"] = blocks[0]
    if protocol in WITH_PORTS and "FromPort" in permission:
        entry["PortRange"] = {"From": permission["FromPort"], "To": permission["ToPort"]}
    if protocol in ICMP:
        entry["IcmpTypeCode"] = {"Type": permission["FromPort"], "Code": permission["ToPort"]}
    entries = document.value["Entries"]
    path: Path = ("Entries", len(entries))
    document.positions.update({(*path, key): position for key in ENTRY_KEYS} | {path: position})
    entries.append(entry)
