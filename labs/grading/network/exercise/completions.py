"""The words of security groups, network ACLs and address plans."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (
    Slot("key", "", ("rule",)),
    Slot("value", r"(?:[Cc]idr|[Rr]ange|[Ss]ource|[Dd]estination)\w*$", ("blocks",)),
    Slot("value", r"[Pp]ort\w*$", ("ports",), quoted=False),
    Slot("value", r"(^|/)(Ip)?Protocol$", ("protocols",)),
    Slot("text", "", ("blocks", "ports"), asked=True),
)
RULE = [
    "IpProtocol",
    "FromPort",
    "ToPort",
    "IpRanges",
    "Ipv6Ranges",
    "CidrIp",
    "CidrIpv6",
    "UserIdGroupPairs",
    "GroupId",
    "PrefixListIds",
    "Description",
    "inbound",
    "outbound",
]
BLOCKS = (
    ("0.0.0.0/0", say("every IPv4 address")),
    ("::/0", say("every IPv6 address")),
    ("10.0.0.0/8", say("private")),
    ("10.0.0.0/16", say("a VPC")),
    ("10.0.1.0/24", say("a subnet")),
    ("172.16.0.0/12", say("private")),
    ("192.168.0.0/16", say("private")),
    ("203.0.113.0/24", say("for examples")),
)
PORTS = (
    ("22", "SSH, SFTP"),
    ("21", "FTP"),
    ("25", "SMTP"),
    ("53", "DNS"),
    ("80", "HTTP"),
    ("123", "NTP"),
    ("443", "HTTPS"),
    ("1433", "SQL Server"),
    ("1521", "Oracle"),
    ("2049", "NFS"),
    ("3306", "MySQL, Aurora"),
    ("3389", "RDP"),
    ("5432", "PostgreSQL"),
    ("6379", "Redis"),
    ("8080", say("HTTP, other")),
    ("1024-65535", say("ephemeral")),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    if topic:
        return {}
    return {
        "rule": [(name, "") for name in RULE],
        "blocks": BLOCKS,
        "ports": PORTS,
        "protocols": [(name, "") for name in ("tcp", "udp", "icmp", "icmpv6", "-1")],
    }
