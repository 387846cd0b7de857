"""A network with everything in it: a balancer in front of a private web host, a bastion, NAT,
a strict ACL."""

from __future__ import annotations

import copy
from typing import Any

from labs.grading.network.topology.network import Network
from labs.grading.network.topology.network_spec import read_network
from labs.grading.toml_table import Table

OFFICE, STRANGER = "203.0.113.5", "198.51.99.5"
NETWORK: dict[str, Any] = {
    "vpc": ["10.0.0.0/16", "2001:db8:1::/56"],
    "subnets": [
        {
            "name": "public-a",
            "cidr": "10.0.0.0/24",
            "zone": "eu-west-2a",
            "routes": "public",
            "acl": "edge",
        },
        {
            "name": "public-b",
            "cidr": ["10.0.1.0/24", "2001:db8:1:1::/64"],
            "zone": "eu-west-2b",
            "routes": "public",
        },
        {"name": "private-a", "cidr": "10.0.10.0/24", "zone": "eu-west-2a", "routes": "private"},
        {"name": "closed", "cidr": "10.0.20.0/24"},
    ],
    "routes": {"public": {"0.0.0.0/0": "igw", "::/0": "igw"}, "private": {"0.0.0.0/0": "nat-a"}},
    "nats": [{"name": "nat-a", "subnet": "public-a", "public": "198.51.100.9"}],
    "acls": {
        "edge": {
            "inbound": ["90 deny tcp 22 from 0.0.0.0/0", "100 allow all from 0.0.0.0/0"],
            "outbound": ["100 allow tcp 443 to 0.0.0.0/0", "110 allow tcp 1024-65535 to 0.0.0.0/0"],
        }
    },
    "hosts": [
        {
            "name": "bastion",
            "subnet": "public-b",
            "private": "10.0.1.4",
            "public": "198.51.100.10",
            "ipv6": "2001:db8:1:1::4",
            "groups": ["sg-bastion"],
        },
        {
            "name": "web",
            "subnet": "private-a",
            "private": "10.0.10.5",
            "groups": ["sg-web"],
            "listens": ["tcp 8080"],
        },
        {"name": "db", "subnet": "private-a", "private": "10.0.10.6", "groups": ["sg-db"]},
        {"name": "vault", "subnet": "closed", "private": "10.0.20.5", "groups": ["sg-db"]},
    ],
    "balancers": [
        {
            "name": "lb",
            "subnet": "public-a",
            "private": "10.0.0.7",
            "public": "198.51.100.7",
            "groups": ["sg-lb"],
            "listeners": [{"port": 443, "targets": ["web"], "target_port": 8080}],
        }
    ],
    "groups": {
        "sg-lb": {"inbound": ["tcp 443 from 0.0.0.0/0, ::/0"]},
        "sg-web": {
            "inbound": [
                "tcp 8080 from sg-lb",
                "tcp 22 from sg-bastion",
                "icmp type 8 code 0 from sg-bastion",
            ]
        },
        "sg-bastion": {"inbound": ["tcp 22 from 203.0.113.0/24, ::/0", "tcp 9000 from sg-web"]},
        "sg-db": {"inbound": ["tcp 3306 from sg-web"], "outbound": []},
    },
}


def network(**changes: Any) -> Network:
    """The network, with some of its tables replaced."""
    return read_network(Table({**copy.deepcopy(NETWORK), **changes}, path="network"))
