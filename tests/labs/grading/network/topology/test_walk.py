from __future__ import annotations

import json
from pathlib import Path

import pytest

from labs.grading.errors import SpecError
from labs.grading.network.__main__ import walk_row
from labs.grading.network.topology.journey import STAGES, Probe
from labs.grading.network.topology.story import tell
from labs.grading.network.topology.walk import walk
from tests.labs.grading.network.small_network import NETWORK, OFFICE, STRANGER, network

PING = 8 * 256
FIXTURES = Path(__file__).parents[4] / "fixtures" / "network"
REPORTED = list(map(json.loads, (FIXTURES / "reported-walks.jsonl").read_text().splitlines()))


@pytest.mark.parametrize(
    ("probe", "outcome", "stage"),
    [
        (Probe(OFFICE, "bastion", "tcp", 22), "answered", "answered"),
        (Probe(STRANGER, "bastion", "tcp", 22), "timeout", "group-in"),
        (Probe("2001:db8:ffff::1", "bastion", "tcp", 22), "answered", "answered"),
        (Probe("2001:db8:ffff::1", "lb", "tcp", 443), "timeout", "address"),
        (Probe(OFFICE, "lb", "tcp", 443), "answered", "answered"),
        (Probe(OFFICE, "lb", "tcp", 22), "timeout", "acl-in"),
        (Probe(OFFICE, "web", "tcp", 8080), "timeout", "address"),
        (Probe("bastion", "web", "tcp", 22), "refused", "service"),
        (Probe("bastion", "web", "icmp", PING), "answered", "answered"),
        (Probe("web", "bastion", "icmp", PING), "timeout", "group-in"),
        (Probe("web", "db", "tcp", 3306), "answered", "answered"),
        (Probe("lb", "db", "tcp", 3306), "timeout", "group-in"),
        (Probe("bastion", "db", "tcp", 3306), "timeout", "group-in"),
        (Probe("db", "web", "tcp", 8080), "timeout", "group-out"),
        (Probe("web", "203.0.113.80", "tcp", 443), "answered", "answered"),
        (Probe("web", "203.0.113.80", "tcp", 80), "timeout", "acl-out"),
        (Probe("web", "2001:db8:ffff::1", "tcp", 443), "timeout", "address"),
        (Probe("bastion", "203.0.113.80", "udp", 53), "answered", "answered"),
        (Probe("web", "bastion", "tcp", 9000), "answered", "answered"),
        (Probe("web", "bastion", "tcp", 9000, public=True), "timeout", "group-in"),
        (Probe(OFFICE, "10.0.10.5", "tcp", 8080), "timeout", "gateway"),
        (Probe(OFFICE, "198.51.100.99", "tcp", 443), "timeout", "gateway"),
        (Probe("bastion", "lb", "tcp", 443, public=True), "answered", "answered"),
        (Probe(OFFICE, "lb", "tcp", 443, client_port=900), "timeout", "reply-acl-out"),
        (Probe("db", "10.0.0.2", "udp", 53), "answered", "answered"),
        (Probe("db", "169.254.169.253", "tcp", 53), "answered", "answered"),
        (Probe("db", "169.254.169.254", "tcp", 80), "answered", "answered"),
        (Probe("bastion", "fd00:ec2::254", "tcp", 80), "answered", "answered"),
        (Probe("db", "169.254.169.123", "udp", 123), "answered", "answered"),
        (Probe("db", "169.254.169.254", "tcp", 443), "timeout", "address"),
        (Probe(OFFICE, "169.254.169.254", "tcp", 80), "timeout", "gateway"),
        (Probe("bastion", "10.0.10.99", "tcp", 443), "timeout", "address"),
        (Probe("bastion", "10.0.99.1", "tcp", 443), "timeout", "address"),
        (Probe("bastion", "192.168.1.5", "tcp", 443), "timeout", "gateway"),
        (Probe("bastion", "100.64.0.9", "tcp", 443), "timeout", "gateway"),
        (Probe("bastion", "fd12::1", "tcp", 443), "timeout", "gateway"),
        (Probe("web", "172.16.0.9", "tcp", 443), "timeout", "gateway"),
        (Probe("192.168.1.5", "bastion", "tcp", 22), "timeout", "gateway"),
        (Probe("10.0.10.5", "bastion", "tcp", 22, public=True), "timeout", "gateway"),
    ],
)
def test_where_a_packet_ends(probe, outcome, stage):
    made = walk(network(), probe)
    assert (made.outcome, made.stage) == (outcome, stage)


@pytest.mark.parametrize("row", REPORTED, ids=lambda row: row["why"])
def test_a_walk_that_was_once_told_wrongly_is_told_right(row):
    assert walk_row(row)["outcome"] == row["truth"]


def test_a_nat_gateway_carries_no_ipv6():
    routes = {**NETWORK["routes"], "public": {"0.0.0.0/0": "igw", "::/0": "nat-b"}}
    nats = [*NETWORK["nats"], {"name": "nat-b", "subnet": "public-b", "public": "198.51.100.8"}]
    changed = network(routes=routes, nats=nats)
    made = walk(changed, Probe("bastion", "2001:db8:ffff::1", "tcp", 443))
    assert (made.outcome, made.stage) == ("timeout", "gateway")
    assert "a NAT gateway carries IPv4 only" in tell(changed, made)[-2]


def test_why_a_private_address_goes_nowhere_is_said():
    made = walk(network(), Probe("bastion", "192.168.1.5", "tcp", 443))
    assert "192.168.1.5 is an address that the internet does not know" in tell(network(), made)[-2]
    made = walk(network(), Probe("bastion", "10.0.10.99", "tcp", 443))
    assert tell(network(), made)[-2] == (
        "Address 10.0.10.99: nobody in the VPC answers there – stopped."
    )


def test_the_hops_of_a_packet_through_a_load_balancer_in_order():
    made = walk(network(), Probe(OFFICE, "lb", "tcp", 443))
    assert [(hop.stage, hop.at) for hop in made.hops] == [
        ("gateway", "igw"),
        ("acl-in", "public-a"),
        ("group-in", "lb"),
        ("service", "lb"),
        ("group-out", "lb"),
        ("acl-out", "public-a"),
        ("route", "public-a"),
        ("acl-in", "private-a"),
        ("group-in", "web"),
        ("service", "web"),
        ("reply-acl-out", "private-a"),
        ("reply-route", "private-a"),
        ("reply-acl-in", "public-a"),
        ("reply-acl-out", "public-a"),
        ("reply-route", "public-a"),
    ]
    assert {hop.stage for hop in made.hops} < set(STAGES)


def test_within_a_subnet_neither_acl_nor_route_is_met():
    made = walk(network(), Probe("web", "db", "tcp", 3306))
    assert [hop.stage for hop in made.hops] == ["group-out", "group-in", "service"]


def test_the_public_address_loses_the_group_reference():
    groups = {
        "sg-bastion": {"inbound": ["tcp 9000 from sg-web"]},
        "sg-web": {"inbound": []},
        "sg-db": {"inbound": []},
        "sg-lb": {"inbound": []},
    }
    open_edge = {
        "edge": {
            "inbound": ["1 allow all from 0.0.0.0/0"],
            "outbound": ["1 allow all to 0.0.0.0/0"],
        }
    }
    inside = network(groups=groups, acls=open_edge)
    assert walk(inside, Probe("web", "bastion", "tcp", 9000)).stage == "answered"
    lost = walk(inside, Probe("web", "bastion", "tcp", 9000, public=True))
    assert lost.stage == "group-in"
    assert lost.hops[-1].sender == "198.51.100.9"


def test_an_acl_is_stateless_and_ordered():
    late_deny = {
        "edge": {
            "inbound": ["100 allow tcp 443 from 0.0.0.0/0", "200 deny tcp 443 from 203.0.113.0/24"],
            "outbound": ["100 allow tcp 8080 to 10.0.0.0/16"],
        }
    }
    assert walk(network(acls=late_deny), Probe(OFFICE, "lb", "tcp", 443)).stage == "reply-acl-in"
    early_deny = {
        "edge": {
            **late_deny["edge"],
            "inbound": ["100 allow tcp 443 from 0.0.0.0/0", "90 deny all from 203.0.113.0/24"],
        }
    }
    assert walk(network(acls=early_deny), Probe(OFFICE, "lb", "tcp", 443)).stage == "acl-in"


def test_the_longest_prefix_decides_the_route():
    routes = {
        "public": {"0.0.0.0/0": "igw"},
        "private": {"0.0.0.0/0": "igw", "203.0.113.0/24": "nat-a"},
    }
    routed = network(routes=routes)
    assert walk(routed, Probe("web", "203.0.113.80", "tcp", 443)).stage == "answered"
    straight = walk(routed, Probe("web", "192.0.2.1", "tcp", 443))
    assert (straight.stage, straight.hops[-1].at) == ("gateway", "igw")


def test_without_a_route_back_the_answer_is_lost():
    made = walk(
        network(routes={"public": {"::/0": "igw"}, "private": {}}),
        Probe(OFFICE, "bastion", "tcp", 22),
    )
    assert made.stage == "reply-route"


def test_without_an_internet_gateway_nothing_comes_in():
    assert (
        walk(network(internet_gateway=False), Probe(OFFICE, "bastion", "tcp", 22)).stage
        == "gateway"
    )


def test_an_egress_only_gateway_lets_ipv6_out():
    routes = {"public": {"0.0.0.0/0": "igw", "::/0": "eigw"}, "private": {}}
    made = walk(network(routes=routes), Probe("bastion", "2001:db8:ffff::1", "tcp", 443))
    assert [hop.stage for hop in made.hops] == [
        "group-out",
        "acl-out",
        "route",
        "gateway",
        "reply-acl-in",
    ]


def test_a_refusal_travels_back_and_may_be_lost():
    refused = walk(network(), Probe("bastion", "web", "tcp", 22))
    assert [hop.stage for hop in refused.hops][-4:] == [
        "service",
        "reply-acl-out",
        "reply-route",
        "reply-acl-in",
    ]
    acls = {"private-a": "edge"}
    subnets = [
        {**subnet, "acl": acls.get(subnet["name"], "default")} for subnet in NETWORK["subnets"]
    ]
    strict = {"edge": {"inbound": ["1 allow all from 0.0.0.0/0"], "outbound": []}}
    lost = walk(network(subnets=subnets, acls=strict), Probe("bastion", "web", "tcp", 22))
    assert (lost.outcome, lost.stage) == ("timeout", "reply-acl-out")


def test_the_story_says_every_hop_and_the_end():
    assert tell(network(), walk(network(), Probe(STRANGER, "bastion", "tcp", 22))) == [
        "TCP 22 (SSH) from 198.51.99.5 to bastion.",
        "Internet gateway: 198.51.100.10 becomes 10.0.1.4 – passes.",
        "Network ACL of subnet public-b, inbound: rule 100 (allow every protocol from 0.0.0.0/0) – "
        "passes.",
        "Security group of bastion (sg-bastion), inbound: no rule admits it – stopped.",
        "The client hears nothing and gives up: a time-out.",
    ]


def test_a_closed_subnet_keeps_to_the_vpc():
    assert [tell(network(), walk(network(), Probe("web", "vault", "tcp", 3306)))[-1]] == [
        "The answer arrives."
    ]
    assert walk(network(groups={}), Probe("vault", "203.0.113.80", "tcp", 443)).stage == "group-out"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subnets": []}, "network.hosts: bastion: there is no subnet “public-b”"),
        ({"routes": {"public": {"0.0.0.0/0": "door"}}}, "neither igw, eigw nor a NAT gateway"),
        ({"routes": {}}, "there is no route table “public”"),
        ({"acls": {}}, "there is no ACL “edge”"),
        (
            {"acls": {"edge": {"inbound": ["allow tcp 22 from ::/0"]}}},
            "edge: An ACL rule begins with its number",
        ),
        ({"groups": {"sg-a": {"inbound": ["tcp from ::/0 80"]}}}, "sg-a: "),
        ({"vpc": "10.0.0.0"}, "The prefix length is missing"),
        (
            {
                "hosts": [{**NETWORK["hosts"][0], "groups": [f"sg-{n}" for n in range(6)]}],
                "balancers": [],
            },
            "bastion: an interface has at most 5 groups",
        ),
        ({"ponds": []}, "network.ponds: unknown key"),
    ],
)
def test_a_network_that_does_not_fit_together_names_the_key(changes, words):
    with pytest.raises(SpecError) as caught:
        network(**changes)
    assert words in str(caught.value)
