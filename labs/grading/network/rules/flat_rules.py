"""What `aws ec2 describe-security-group-rules` prints: one rule a row, with its direction.

Source: AWS CLI Command Reference, "describe-security-group-rules".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from labs.grading.errors import RuleError
from labs.grading.network.rules.permissions import read_permissions
from labs.grading.network.rules.printed import rows_of
from labs.grading.network.rules.rule import Path, Rule

FLAT = "SecurityGroupRules"
SOURCES = {
    "CidrIpv4": ("IpRanges", "CidrIp"),
    "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
    "PrefixListId": ("PrefixListIds", "PrefixListId"),
}
EVERY_PORT = -1  # what is printed where a protocol has no ports


def flat_rules(value: Mapping[str, object], *, egress: bool) -> tuple[Rule, ...]:
    rows = rows_of(value, FLAT)
    return tuple(
        rule
        for row, path in rows
        if bool(row.get("IsEgress")) is egress
        for rule in read(row, path)
    )


def read(row: Mapping[str, object], path: Path) -> Iterator[Rule]:
    try:
        for rule in read_permissions([permission_of(row)], path):
            yield replace(rule, path=path)
    except RuleError as error:
        raise RuleError(path, error.message) from None


def permission_of(row: Mapping[str, object]) -> dict[str, object]:
    """The row as `authorize-security-group-ingress` would take it."""
    found = {key: row[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in row}
    if row.get("IpProtocol") == "-1" and row.get("FromPort") == EVERY_PORT:
        found = {"IpProtocol": "-1"}
    for key, (ranges, name) in SOURCES.items():
        if key in row:
            found[ranges] = [{name: row[key]}]
    group = row.get("ReferencedGroupInfo")
    if isinstance(group, Mapping):
        found["UserIdGroupPairs"] = [{"GroupId": group.get("GroupId")}]
    return found
