"""FromPort and ToPort of a permission, as a stretch of its protocol's axis: ports, or ICMP's types
and codes (EC2 API reference, IpPermission)."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.errors import RuleError
from labs.grading.network.rules.protocols import AXIS_END, ICMP, WITH_PORTS
from labs.grading.network.rules.rule import Path
from labs.grading.said import say


def read_range(permission: Mapping[str, object], protocol: str, path: Path) -> tuple[int, int]:
    """The stretch of the protocol's axis; both ends included."""
    start, end = (read_number(permission, key, path) for key in ("FromPort", "ToPort"))
    if takes_everything(protocol, start, end):
        return 0, AXIS_END
    if start is None or end is None:
        missing = "FromPort" if start is None else "ToPort"
        raise RuleError(
            path,
            say(
                "{missing} is missing: {protocol} needs FromPort and ToPort.",
                missing=missing,
                protocol=protocol,
            ),
        )
    return icmp_range(start, end, path) if protocol in ICMP else port_range(start, end, path)


def takes_everything(protocol: str, start: int | None, end: int | None) -> bool:
    """EC2 ignores a range where the protocol has none, and ICMPv6 may leave it out."""
    if protocol == "icmpv6":
        return start is None and end is None
    return protocol not in WITH_PORTS and protocol not in ICMP


def read_number(permission: Mapping[str, object], key: str, path: Path) -> int | None:
    value = permission.get(key)
    if value is None and key not in permission:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise RuleError((*path, key), say("{key} is a whole number without quotes.", key=key))
    return value


def port_range(start: int, end: int, path: Path) -> tuple[int, int]:
    if start == end == -1:
        return 0, AXIS_END
    for key, port in (("FromPort", start), ("ToPort", end)):
        if not 0 <= port <= AXIS_END:
            raise RuleError(
                (*path, key), say("{port} is not a port: ports go from 0 to 65535.", port=port)
            )
    return start, end


def icmp_range(kind: int, code: int, path: Path) -> tuple[int, int]:
    """For ICMP, FromPort is the type and ToPort the code; -1 means all."""
    for key, number, word in (("FromPort", kind, "type"), ("ToPort", code, "code")):
        if not -1 <= number <= 255:
            raise RuleError(
                (*path, key),
                say(
                    "ICMP has no ports: {key} is the ICMP {word}, 0 to 255, or -1 for all.",
                    key=key,
                    word=word,
                ),
            )
    if kind == -1 and code != -1:
        raise RuleError(
            (*path, "ToPort"), say("With ICMP type -1 (all types) the code must be -1 too.")
        )
    if kind == -1:
        return 0, AXIS_END
    first = kind * 256 + max(code, 0)
    return first, first if code >= 0 else first + 255
