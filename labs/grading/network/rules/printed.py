"""What `aws ec2 describe-security-groups`, `describe-network-acls` and `create-network-acl` print,
unwrapped.

Everything but ids and rules is left aside: owner, VPC, description, tags, associations.
Source: AWS CLI Command Reference, the pages of these commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from labs.grading.errors import RuleError
from labs.grading.network.rules.rule import Path
from labs.grading.said import say

GROUPS, ACLS, ACL = "SecurityGroups", "NetworkAcls", "NetworkAcl"
OBJECT = say("Expected an object here: { … }.")
RULES_OF_GROUP, RULES_OF_ACL = ("IpPermissions", "IpPermissionsEgress"), ("Entries",)


@dataclass(frozen=True, slots=True)
class Printed:
    """One group or ACL: its id, its rules alone, and where it stands."""

    name: str
    rules: Mapping[str, object]
    path: Path


def is_printed(value: object, wrapper: str) -> bool:
    return isinstance(value, dict) and wrapper in value


def printed_groups(value: Mapping[str, object]) -> Iterator[Printed]:
    for row, path in rows_of(value, GROUPS):
        name = row.get("GroupId", row.get("GroupName"))
        if not isinstance(name, str):
            raise RuleError(path, say("A security group has a GroupId."))
        yield Printed(name, rules_of(row, RULES_OF_GROUP), path)


def printed_group(value: Mapping[str, object]) -> tuple[Mapping[str, object], Path]:
    """The rules of the one group that is there."""
    return only([(rules_of(row, RULES_OF_GROUP), path) for row, path in rows_of(value, GROUPS)])


def rules_taken(value: Mapping[str, object]) -> Mapping[str, object]:
    """`--cli-input-json` of `authorize-security-group-ingress`: beside the rules it names the
    group."""
    return rules_of(value, RULES_OF_GROUP) if "GroupId" in value else value


def printed_acl(value: Mapping[str, object]) -> tuple[Mapping[str, object], Path]:
    """The rules of the one ACL that is there: in a list of them, alone, or picked out of one of
    both by `--query`."""
    if ACLS in value:
        return only([(rules_of(row, RULES_OF_ACL), path) for row, path in rows_of(value, ACLS)])
    path: Path = (ACL,) if ACL in value else ()
    row = value[ACL] if path else value
    if not isinstance(row, dict):
        raise RuleError(path, OBJECT)
    return (rules_of(row, RULES_OF_ACL) if "NetworkAclId" in row else row), path


def only(found: list[tuple[Mapping[str, object], Path]]) -> tuple[Mapping[str, object], Path]:
    if len(found) != 1:
        raise RuleError((), say("One is asked for here; {number} are given.", number=len(found)))
    return found[0]


def rows_of(
    value: Mapping[str, object], wrapper: str
) -> Iterator[tuple[Mapping[str, object], Path]]:
    rows = value[wrapper]
    if not isinstance(rows, list):
        raise RuleError((wrapper,), say("{wrapper} is a list.", wrapper=wrapper))
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise RuleError((wrapper, index), OBJECT)
        yield row, (wrapper, index)


def rules_of(row: Mapping[str, object], keys: tuple[str, ...]) -> dict[str, object]:
    return {key: row[key] for key in keys if key in row}
