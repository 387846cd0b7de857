"""Which class of packets an answer lets through or stops: protocol, port, and whose address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from labs.grading.behaviour import PLACES, VERBS, Behaviour
from labs.grading.network.rules.protocols import service
from labs.grading.network.rules.words import port_words
from labs.grading.report import Finding
from labs.grading.said import say

# (which way, let through)
DEEDS = {
    ("in", True): "lets-in",
    ("in", False): "keeps-out",
    ("out", True): "lets-out",
    ("out", False): "holds-back",
}
PORT = re.compile(r"(TCP|UDP) (\d{1,5})\b")
EXAMPLES = ("192.0.2.", "198.51.100.", "203.0.113.")  # RFC 5737: they stand for public ones


VERBS.update(
    {
        "lets-in": say("lets {what} in from {where}"),
        "keeps-out": say("keeps {what} from {where} out"),
        "lets-out": say("lets {what} out to {where}"),
        "holds-back": say("holds {what} to {where} back"),
        "connects": say("lets {what} through"),
        "cuts": say("stops {what}"),
        "predicts": say("says where it ends: {what}"),
    }
)
PLACES.update(
    {
        "group": say("members of a group"),
        "private": say("private addresses"),
        "ipv4": say("public IPv4 addresses"),
        "ipv6": say("public IPv6 addresses"),
        "high-port": say("a port above 1023"),
    }
)


def behaviour(finding: Finding, solution: str) -> str:
    found = finding.counterexample or {}
    allowed = found.get("answer") == "allow"
    if "flow" in found:
        flow = found["flow"]
        verb = DEEDS[found.get("direction", "in"), allowed]
        return Behaviour(verb, traffic_class(flow), far_end_class(str(flow["source"]))).key
    if "words" in found:  # between two hosts of a network, whose names mean nothing elsewhere
        traffic = between_hosts(str(found["words"]))
        return Behaviour("connects" if allowed else "cuts", traffic).key
    return ""


def between_hosts(words: str) -> str:
    """`TCP 443 (HTTPS) from web to db`; the service is that of the number."""
    match = PORT.match(words)
    if match is None:
        return words.partition(" from ")[0]
    return traffic_class({"protocol": match[1], "port": int(match[2])})


def predicted(finding: Finding, solution: str) -> str:
    """Of a kind that asks where something ends."""
    return Behaviour("predicts", str(finding.actual)).key if finding.actual else ""


def traffic_class(flow: Mapping[str, Any]) -> str:
    protocol = str(flow["protocol"]).upper()
    if "port" not in flow:
        return f"{protocol} {flow['type']}/{flow['code']}" if "type" in flow else protocol
    if flow["port"] > 1023 and not service(flow["port"]):
        return f"{protocol} high-port"
    return str(port_words(protocol, flow["port"]))


def far_end_class(source: str) -> str:
    try:
        address = ip_address(source)
    except ValueError:
        return "group"
    if address.version == 6:
        return "ipv6"
    return "private" if address.is_private and not source.startswith(EXAMPLES) else "ipv4"
