"""A packet as a reader writes it: protocol, port and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.errors import SpecError
from labs.grading.network.rules.flows import Flow
from labs.grading.network.rules.permissions import read_address
from labs.grading.network.rules.protocols import (
    ALL,
    AXIS_END,
    ICMP,
    PING,
    WITH_PORTS,
    protocol_name,
)
from labs.grading.network.rules.rule import Rule
from labs.grading.said import say
from labs.grading.tries.kind import Field, FieldError, Texts

FIELDS = {
    "protocol": Field("protocol", say("Protocol"), is_short=True),
    "port": Field("port", say("To port"), is_short=True),
    "source": Field("source", say("From address"), is_short=True),
}
PROTOCOLS = {
    True: say("A protocol here is tcp, udp, icmp (a ping) or icmpv6."),
    False: say("A protocol here is tcp or udp."),
}
OTHER_PROTOCOL = say("It is about another protocol.")
OTHER_PORT = say("It is about other ports.")
OTHER_SOURCE = say("The address is not in its block.")
OTHER_GROUP = say("The sender does not carry this group.")


def fields_of(names: frozenset[str], own: Mapping[str, Field]) -> tuple[Field, ...]:
    """All of a kind's own fields, and the packet's."""
    known = {**own, **FIELDS}
    if names != known.keys():
        raise SpecError(f"needs {', '.join(known)}, and nothing else")
    return tuple(known.values())


def read_packet(texts: Texts, *, at_group: bool) -> Flow:
    """At a group the sender may be another group's id, and the packet a ping."""
    protocol = protocol_name(texts["protocol"].strip())
    if protocol is None or protocol not in (*WITH_PORTS, *(ICMP if at_group else ())):
        raise FieldError("protocol", PROTOCOLS[at_group])
    port = PING[protocol] * 256 if protocol in ICMP else read_port(texts, "port")
    source = texts["source"].strip()
    if at_group and source.startswith("sg-"):
        return Flow(protocol, port, groups=(source,))
    if read_address(source) is None:
        raise FieldError("source", no_address(source, at_group=at_group))
    return Flow(protocol, port, str(read_address(source)))


def no_address(text: str, *, at_group: bool) -> str:
    if at_group:
        return say(
            "“{text}” is neither one address, like 203.0.113.7, nor a group’s id, like sg-web.",
            text=text[:60],
        )
    return say("“{text}” is not one address, like 203.0.113.7.", text=text[:60])


def read_port(texts: Texts, name: str) -> int:
    text = texts[name].strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= AXIS_END):
        raise FieldError(name, say("A port is a number from 0 to {last}.", last=AXIS_END))
    return int(text)


def miss_of(rule: Rule, protocol: str, port: int, *, by_group: bool = False) -> str:
    """Why a rule that does not match does not."""
    if rule.protocol not in (ALL, protocol):
        return OTHER_PROTOCOL
    if not rule.low <= port <= rule.high:
        return OTHER_PORT
    return OTHER_GROUP if by_group else OTHER_SOURCE
