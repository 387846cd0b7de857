"""Protocols and ports by name and number (EC2 API reference, IpPermission;
IANA for the service names)."""

from __future__ import annotations

from labs.grading.said import say

ALL = "-1"
NAMES = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
NUMBERS = {name: number for number, name in NAMES.items()}
WITH_PORTS = frozenset({"tcp", "udp"})
ICMP = frozenset({"icmp", "icmpv6"})

# Every protocol is measured on one axis of 16 bits: the port, or 256 × ICMP type + code.
# Protocols without ports stand on the whole axis.
AXIS_END = 65535
PING = {"icmp": 8, "icmpv6": 128}
PING_REPLY = {"icmp": 0, "icmpv6": 129}
ECHO = {name: (PING[name], PING_REPLY[name]) for name in PING}

SERVICES = {
    20: say("FTP data"),
    21: "FTP",
    22: "SSH",
    23: "Telnet",
    25: "SMTP",
    53: "DNS",
    80: "HTTP",
    110: "POP3",
    135: "RPC",
    143: "IMAP",
    389: "LDAP",
    443: "HTTPS",
    445: "SMB",
    1433: "SQL Server",
    1434: say("SQL Server browser"),
    1521: "Oracle",
    2049: "NFS, EFS",
    3000: say("development servers"),
    3306: say("MySQL and Aurora"),
    3389: "RDP",
    4333: "mSQL",
    5000: say("development servers"),
    5432: "PostgreSQL",
    5439: "Redshift",
    5500: say("VNC listener"),
    5601: "Kibana",
    6379: "Redis",
    8080: say("HTTP, alternative"),
    8088: say("HTTP, alternative"),
    8888: say("HTTP, alternative"),
    9200: "OpenSearch",
    9300: say("OpenSearch nodes"),
    11211: "Memcached",
    27017: "MongoDB",
}
REMOTE_ACCESS = frozenset({22, 3389})
DATABASES = frozenset({1433, 1521, 3306, 4333, 5432, 5439, 6379, 9200, 9300, 11211, 27017})
# Security Hub's control EC2.19 (high-risk ports that must not be open to the world).
HIGH_RISK = frozenset(
    {20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389}
    | {4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888, 9200, 9300}
)
USED_OVER_UDP = frozenset({53, 67, 68, 69, 123, 161, 443, 500, 514, 1194, 4500, 51820})


def protocol_name(text: str) -> str | None:
    """`"6"` and `"TCP"` → `"tcp"`; `"50"` → `"50"`; None when EC2 knows no such protocol."""
    folded = text.lower()
    if folded == ALL or folded in NUMBERS:
        return folded
    if (
        folded.isascii()
        and folded.isdigit()
        and len(folded) <= 3
        and str(int(folded)) == folded
        and int(folded) <= 255
    ):
        return NAMES.get(folded, folded)
    return None


def protocol_words(protocol: str) -> str:
    """The protocol as one says it: TCP, ICMPv6, protocol 50."""
    if protocol == ALL:
        return say("every protocol")
    if protocol == "icmpv6":
        return "ICMPv6"
    if protocol in NUMBERS:
        return protocol.upper()
    return say("protocol {number}", number=protocol)


def service(port: int) -> str:
    """`SSH` for 22; an empty string for a port without a name here."""
    return SERVICES.get(port, "")
