"""A walk as a story: one sentence for every hop, and how it ended.
The picture shows nothing that is not said here."""

from __future__ import annotations

from labs.grading.network.rules.acl import AclRule
from labs.grading.network.rules.flows import Flow
from labs.grading.network.rules.rule import Rule
from labs.grading.network.rules.words import rule_words
from labs.grading.network.topology.journey import ANSWERED, REFUSED, Hop, Probe, Walk
from labs.grading.network.topology.network import (
    EGRESS_ONLY_GATEWAY,
    INTERNET_GATEWAY,
    LOCAL,
    Network,
    Route,
)
from labs.grading.network.topology.platform import is_unknown_outside
from labs.grading.said import filled, say

GATEWAYS = {
    INTERNET_GATEWAY: say("the internet gateway"),
    EGRESS_ONLY_GATEWAY: say("the egress-only internet gateway"),
}
GATEWAY_PLACES = {
    INTERNET_GATEWAY: say("Internet gateway"),
    EGRESS_ONLY_GATEWAY: say("Egress-only internet gateway"),
}
STAGE_NAMES = {
    "address": say("address"),
    "group-out": say("security group, outbound"),
    "acl-out": say("network ACL, outbound"),
    "route": say("route table"),
    "gateway": say("gateway"),
    "acl-in": say("network ACL, inbound"),
    "group-in": say("security group, inbound"),
    "service": say("the program on the host"),
    "reply-acl-out": say("network ACL, outbound, for the answer"),
    "reply-route": say("route table, for the answer"),
    "reply-acl-in": say("network ACL, inbound, for the answer"),
    ANSWERED: say("nowhere: it is answered"),
}
PLACES = {
    "address": say("Address of {at}"),
    "group-out": say("Security group of {at} ({groups}), outbound"),
    "acl-out": say("Network ACL of subnet {at}, outbound"),
    "route": say("Route table of subnet {at}"),
    "acl-in": say("Network ACL of subnet {at}, inbound"),
    "group-in": say("Security group of {at} ({groups}), inbound"),
    "service": say("Host {at}"),
    "reply-acl-out": say("Network ACL of subnet {at}, answer, outbound"),
    "reply-route": say("Route table of subnet {at}, answer"),
    "reply-acl-in": say("Network ACL of subnet {at}, answer, inbound"),
}
OUTCOMES = {
    ANSWERED: say("The answer arrives."),
    REFUSED: say("The host answers that nothing listens there: “connection refused”."),
    "timeout": say("The client hears nothing and gives up: a time-out."),
}


def probe_words(probe: Probe) -> str:
    """`TCP 443 (HTTPS) from web to db`"""
    what = Flow(probe.protocol, probe.port).words()
    parts = {"packet": what, "source": probe.source, "target": probe.target}
    if probe.public:
        return say("{packet} from {source} to the public address of {target}", **parts)
    return say("{packet} from {source} to {target}", **parts)


def tell(network: Network, walk: Walk) -> list[str]:
    """The story in sentences, first to last."""
    lines: list[str] = [say("{packet}.", packet=probe_words(walk.probe))]
    lines.extend(hop_words(network, hop) for hop in walk.hops)
    return [*lines, OUTCOMES[walk.outcome]]


def hop_words(network: Network, hop: Hop) -> str:
    parts = {"place": place_words(network, hop), "reason": reason_words(network, hop)}
    if hop.passed:
        return say("{place}: {reason} – passes.", **parts)
    if hop.stage == "service":
        return say("{place}: {reason} – refused.", **parts)
    return say("{place}: {reason} – stopped.", **parts)


def place_words(network: Network, hop: Hop) -> str:
    if hop.stage == "address" and hop.at in network.subnets:
        return say("Address {address}", address=hop.receiver)
    if hop.stage == "gateway":
        return GATEWAY_PLACES.get(hop.at) or say("NAT gateway {name}", name=hop.at)
    host = network.hosts.get(hop.at)
    groups = ", ".join(host.groups) if host else ""
    return filled(PLACES[hop.stage], at=hop.at, groups=groups or say("no security group"))


def reason_words(network: Network, hop: Hop) -> str:
    cause = hop.cause
    if isinstance(cause, Rule):
        return rule_words(cause, inbound=hop.stage == "group-in")
    if isinstance(cause, AclRule):
        return cause.words(inbound=hop.stage.endswith("in"))
    if isinstance(cause, Route):
        return say("{block} leads to {via}", block=cause.block.name, via=via_words(cause.via))
    if hop.stage == "address" and cause is None and hop.at in network.subnets:
        return say("nobody in the VPC answers there")
    return cause if cause is not None else silence_words(hop)


def via_words(name: str) -> str:
    if name == LOCAL:
        return say("the VPC itself")
    return GATEWAYS.get(name) or say("the NAT gateway {name}", name=name)


def silence_words(hop: Hop) -> str:
    """Why it stops where no rule speaks."""
    if hop.stage.startswith("group"):
        return say("no rule admits it")
    if hop.stage == "gateway":
        return gateway_silence(hop)
    if "acl" in hop.stage:
        return say("no numbered rule matches, so the last rule denies it")
    return {
        "address": say("there is no address that this packet could carry"),
        "route": say("no route to {address}", address=hop.receiver),
        "service": say("nothing listens on this port"),
        "reply-route": say("no route back to {address}", address=hop.receiver),
    }[hop.stage]


def gateway_silence(hop: Hop) -> str:
    if hop.at not in GATEWAYS and ":" in hop.receiver:
        return say(
            "a NAT gateway carries IPv4 only; IPv6 goes out by an egress-only internet gateway"
        )
    private = next((one for one in (hop.receiver, hop.sender) if is_unknown_outside(one)), None)
    if private:
        return say("{address} is an address that the internet does not know", address=private)
    return say(
        "no way through: {address} has no public address here, "
        "or the route to the internet is missing",
        address=hop.receiver,
    )


def walk_json(network: Network, walk: Walk) -> dict[str, object]:
    """The walk for a page or a shell: `{outcome, stage, story, hops: [{stage, at, passed,
    words}]}`."""
    return {
        "outcome": walk.outcome,
        "stage": walk.stage,
        "story": tell(network, walk),
        "hops": [
            {
                "stage": hop.stage,
                "at": hop.at,
                "passed": hop.passed,
                "words": hop_words(network, hop),
            }
            for hop in walk.hops
        ],
    }
