"""An evaluator of IpPermissions for one flow, written without the engine,
and generators of rules and flows."""

from __future__ import annotations

import ipaddress

from hypothesis import strategies as st

NAMES = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}


def admits(permissions: list[dict], flow: dict) -> bool:
    return any(one_admits(permission, flow) for permission in permissions)


def one_admits(permission: dict, flow: dict) -> bool:
    protocol = NAMES.get(permission["IpProtocol"], permission["IpProtocol"])
    if protocol not in ("-1", flow["protocol"]):
        return False
    if (
        protocol in ("tcp", "udp")
        and not permission["FromPort"] <= flow["port"] <= permission["ToPort"]
    ):
        return False
    if protocol in ("icmp", "icmpv6"):
        kind, code = permission.get("FromPort", -1), permission.get("ToPort", -1)
        if kind not in (-1, flow["type"]) or code not in (-1, flow["code"]):
            return False
    return any(source_matches(permission, flow["source"]))


def source_matches(permission: dict, source: str):
    if source.startswith("sg-"):
        yield any(pair["GroupId"] == source for pair in permission.get("UserIdGroupPairs", []))
        return
    address = ipaddress.ip_address(source)
    blocks = [row["CidrIp"] for row in permission.get("IpRanges", [])]
    blocks += [row["CidrIpv6"] for row in permission.get("Ipv6Ranges", [])]
    for block in blocks:
        network = ipaddress.ip_network(block, strict=False)
        yield network.version == address.version and address in network


BLOCKS = [
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "10.0.0.0/8",
    "10.0.0.0/9",
    "10.128.0.0/9",
    "192.0.2.7/24",
]
BLOCKS_V6 = ["::/0", "2001:db8::/32", "2001:db8::/33", "2001:db8:8000::/33", "2001:db8::1/128"]
ECHO = (0, 8)  # an echo, and its reply, have code 0 alone (RFC 792)
PORTS = [0, 1, 21, 22, 23, 79, 80, 81, 443, 1024, 65534, 65535]
SOURCES = [
    "0.0.0.0",
    "10.0.0.0",
    "10.127.255.255",
    "10.128.0.0",
    "11.0.0.0",
    "127.255.255.255",
    "128.0.0.0",
]
SOURCES += [
    "192.0.2.0",
    "192.0.2.255",
    "192.0.3.0",
    "255.255.255.255",
    "sg-a",
    "sg-b",
    "::",
    "2001:db8::",
    "2001:db8::1",
]
SOURCES += ["2001:db8:7fff::", "2001:db8:8000::", "2001:db9::"]


@st.composite
def permission(draw: st.DrawFn) -> dict:
    protocol = draw(
        st.sampled_from(["tcp", "tcp", "6", "udp", "17", "icmp", "icmpv6", "58", "-1", "50"])
    )
    made: dict = {"IpProtocol": protocol}
    if protocol in ("tcp", "6", "udp", "17"):
        low, high = sorted((draw(st.sampled_from(PORTS)), draw(st.sampled_from(PORTS))))
        made |= {"FromPort": low, "ToPort": high}
    elif protocol in ("icmp", "icmpv6", "58"):
        kind = draw(st.sampled_from([-1, 0, 3, 8]))
        codes = [-1, 0] if protocol == "icmp" and kind in ECHO else [-1, 0, 4]
        made |= {
            "FromPort": kind,
            "ToPort": -1 if kind == -1 else draw(st.sampled_from(codes)),
        }
    source = draw(st.sampled_from(["v4", "v4", "v6", "group"]))
    if source == "v4":
        made["IpRanges"] = [
            {"CidrIp": block}
            for block in draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=2))
        ]
    elif source == "v6":
        made["Ipv6Ranges"] = [{"CidrIpv6": draw(st.sampled_from(BLOCKS_V6))}]
    else:
        made["UserIdGroupPairs"] = [{"GroupId": draw(st.sampled_from(["sg-a", "sg-b"]))}]
    return made


rule_lists = st.lists(permission(), max_size=5)


def every_sampled_flow() -> list[dict]:
    """Flows at and beside every edge that the generated rules can have."""
    doors = [{"protocol": name, "port": port} for name in ("tcp", "udp") for port in PORTS]
    kinds = [(kind, code) for kind in (0, 3, 8, 9, 255) for code in (0, 4, 5)]
    doors += [
        {"protocol": name, "type": kind, "code": code}
        for name in ("icmp", "icmpv6")
        for kind, code in kinds
        if not (name == "icmp" and kind in ECHO and code)
    ]
    doors += [{"protocol": "50", "port": None}, {"protocol": "47", "port": None}]
    return [{**door, "source": source} for door in doors for source in SOURCES]


FLOWS = every_sampled_flow()
