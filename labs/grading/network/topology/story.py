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

GATEWAYS = {
    INTERNET_GATEWAY: "internet gateway",
    EGRESS_ONLY_GATEWAY: "egress-only internet gateway",
}
STAGE_NAMES = {
    "address": "address",
    "group-out": "security group, outbound",
    "acl-out": "network ACL, outbound",
    "route": "route table",
    "gateway": "gateway",
    "acl-in": "network ACL, inbound",
    "group-in": "security group, inbound",
    "service": "the program on the host",
    "reply-acl-out": "network ACL, outbound, for the answer",
    "reply-route": "route table, for the answer",
    "reply-acl-in": "network ACL, inbound, for the answer",
    ANSWERED: "nothing: it is answered",
}
PLACES = {
    "address": "Address of {at}",
    "group-out": "Security group of {at} ({groups}), outbound",
    "acl-out": "Network ACL of subnet {at}, outbound",
    "route": "Route table of subnet {at}",
    "acl-in": "Network ACL of subnet {at}, inbound",
    "group-in": "Security group of {at} ({groups}), inbound",
    "service": "Host {at}",
    "reply-acl-out": "Network ACL of subnet {at}, answer, outbound",
    "reply-route": "Route table of subnet {at}, answer",
    "reply-acl-in": "Network ACL of subnet {at}, answer, inbound",
}
OUTCOMES = {
    ANSWERED: "The answer arrives.",
    REFUSED: "The host answers that nothing listens there: “connection refused”.",
    "timeout": "The client hears nothing and gives up: a time-out.",
}


def probe_words(probe: Probe) -> str:
    """`TCP 443 (HTTPS) from web to db`"""
    what = Flow(probe.protocol, probe.port).words()
    target = f"{probe.target}'s public address" if probe.public else probe.target
    return f"{what} from {probe.source} to {target}"


def tell(network: Network, walk: Walk) -> list[str]:
    """The story in sentences, first to last."""
    lines = [f"{probe_words(walk.probe)}."]
    lines.extend(hop_words(network, hop) for hop in walk.hops)
    return [*lines, OUTCOMES[walk.outcome]]


def hop_words(network: Network, hop: Hop) -> str:
    mark = "passes" if hop.passed else "refuses" if hop.stage == "service" else "stops"
    return f"{place_words(network, hop)}: {reason_words(network, hop)} – {mark}."


def place_words(network: Network, hop: Hop) -> str:
    if hop.stage == "address" and hop.at in network.subnets:
        return f"Address {hop.receiver}"
    if hop.stage == "gateway":
        return GATEWAYS[hop.at].capitalize() if hop.at in GATEWAYS else f"NAT gateway {hop.at}"
    host = network.hosts.get(hop.at)
    groups = ", ".join(host.groups) if host else ""
    return PLACES[hop.stage].format(at=hop.at, groups=groups or "no security group")


def reason_words(network: Network, hop: Hop) -> str:
    cause = hop.cause
    if isinstance(cause, Rule):
        return rule_words(cause, inbound=hop.stage == "group-in")
    if isinstance(cause, AclRule):
        return cause.words(inbound=hop.stage.endswith("in"))
    if isinstance(cause, Route):
        return f"{cause.block.name} leads to {via_words(cause.via)}"
    if hop.stage == "address" and cause is None and hop.at in network.subnets:
        return "nobody in the VPC answers there"
    return cause if cause is not None else silence_words(hop)


def via_words(name: str) -> str:
    if name == LOCAL:
        return "the VPC itself"
    return f"the {GATEWAYS[name]}" if name in GATEWAYS else f"NAT gateway {name}"


def silence_words(hop: Hop) -> str:
    """Why it stops where no rule speaks."""
    if hop.stage.startswith("group"):
        return "no rule admits it"
    if hop.stage == "gateway":
        return gateway_silence(hop)
    if "acl" in hop.stage:
        return "no numbered rule matches, the last rule denies"
    return {
        "address": "there is no address that this packet could carry",
        "route": f"no route for {hop.receiver}",
        "service": "nothing listens on this port",
        "reply-route": f"no route back to {hop.receiver}",
    }[hop.stage]


def gateway_silence(hop: Hop) -> str:
    if hop.at not in GATEWAYS and ":" in hop.receiver:
        return "a NAT gateway carries IPv4 only; IPv6 goes out by an egress-only internet gateway"
    private = next((one for one in (hop.receiver, hop.sender) if is_unknown_outside(one)), None)
    if private:
        return f"{private} is an address that the internet does not know"
    return (
        f"no way through: {hop.receiver} has no public address here, or the route to the internet "
        "is missing"
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
