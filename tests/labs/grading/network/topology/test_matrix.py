"""Who reaches whom, against every packet sent through both networks."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from labs.grading.network.rules.answers import GroupRules
from labs.grading.network.rules.permissions import everything, read_cidr
from labs.grading.network.rules.rule import GROUP, IPV4, Rule, Source
from labs.grading.network.topology.journey import ANSWERED, Probe
from labs.grading.network.topology.matrix import (
    Differences,
    Packets,
    compare_reach,
    packets_between,
    same_reach,
)
from labs.grading.network.topology.network import Network
from labs.grading.network.topology.walk import walk
from labs.grading.report import RelationName
from tests.labs.grading.network.small_network import network

NETWORKS = 160
NAT, BASTION = "198.51.100.9/32", "198.51.100.10/32"  # what gateways make of private addresses
BLOCKS = ("0.0.0.0/0", "10.0.0.0/16", "10.0.0.0/24", "10.0.10.5/32", "203.0.113.0/24", NAT, BASTION)
SOURCES = (
    *(Source(GROUP, name) for name in network().groups),
    *(read_cidr(IPV4, block) for block in BLOCKS),
)
TRAFFIC = (
    ("tcp", 22, 22),
    ("tcp", 443, 443),
    ("tcp", 8080, 8080),
    ("tcp", 0, 65535),
    ("udp", 53, 53),
    ("icmp", 2048, 2048),
    ("-1", 0, 65535),
)


@pytest.mark.parametrize("seed", range(4))
def test_packets_left_out_would_have_told_nothing(seed: int):
    draw = random.Random(seed)
    relations = []
    for _number in range(NETWORKS // 4):
        one = with_other_rules(network(), draw, share=1.0)
        other = with_other_rules(one, draw, share=draw.choice((0.2, 0.5)))
        packets = packets_between(one, other)
        opened = [it for it in every_packet(packets) if opens(one, other, it)]
        closed = [it for it in every_packet(packets) if answers(other, one, it)]
        assert {*opened} <= {*packets.telling(one, other)}
        assert {*closed} <= {*packets.telling(other, one)}
        first = Differences(next(iter(opened), None), next(iter(closed), None))
        assert compare_reach(one, other) == first
        assert same_reach(one, other) is (first == Differences(None, None))
        relations.append(first.relation)
    assert {*relations} == {*RelationName}


def test_without_a_rule_of_its_own_a_network_tells_nothing():
    packets = packets_between(network(), network())
    assert list(packets.telling(network(), network())) == []


def with_other_rules(network: Network, draw: random.Random, *, share: float) -> Network:
    groups = {
        name: other_group(draw) if draw.random() < share else group
        for name, group in network.groups.items()
    }
    return replace(network, groups=groups)


def other_group(draw: random.Random) -> GroupRules:
    outbound = draw.choice((None, everything(), rules(draw)))
    return GroupRules(rules(draw), outbound)


def rules(draw: random.Random) -> tuple[Rule, ...]:
    number = draw.randrange(4)
    return tuple(Rule(draw.choice(SOURCES), *draw.choice(TRAFFIC)) for _rule in range(number))


def opens(learner: Network, expected: Network, probe: Probe) -> bool:
    return walk(learner, probe).reaches_host and not walk(expected, probe).reaches_host


def answers(one: Network, other: Network, probe: Probe) -> bool:
    """The first alone."""
    ours, theirs = (walk(network, probe).outcome == ANSWERED for network in (one, other))
    return ours and not theirs


def every_packet(packets: Packets) -> list[Probe]:
    return [
        Probe(source=source, target=target, protocol=protocol, port=port)
        for source, target in packets.pairs()
        for protocol, port in packets.doors
    ]
