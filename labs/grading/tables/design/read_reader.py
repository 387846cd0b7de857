"""The settings of one read → a read, with everything that AWS would refuse whatever the values.

Source: DynamoDB API Reference, "GetItem", "BatchGetItem", "Query" and "Scan". BatchGetItem is
written for one table: its Keys stand beside the other settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.refusal import Refusal
from labs.grading.said import say
from labs.grading.tables.design.model import Read, Table, TableAnswer
from labs.grading.tables.design.parts import Parts
from labs.grading.tables.design.read_rules import check_read
from labs.grading.tables.expressions.scope import type_of

PROJECTED = ("ProjectionExpression", "ExpressionAttributeNames", "ConsistentRead", "TableName")
SEARCH = (
    *("IndexName", "FilterExpression", "ExpressionAttributeValues", "Select", "Limit"),
    *PROJECTED,
)
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "GetItem": ("Key", *PROJECTED),
    "BatchGetItem": ("Keys", *PROJECTED),
    "Query": ("KeyConditionExpression", "ScanIndexForward", *SEARCH),
    "Scan": SEARCH,
}
SELECTS = ("ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT")
MOST_KEYS = 100  # of BatchGetItem


@dataclass(frozen=True, slots=True)
class ReadRead:
    found: Read
    refusals: tuple[Refusal, ...]


def read_read(name: str, values: Mapping[str, object], answer: TableAnswer, table: Table
              ) -> ReadRead:  # fmt: skip
    """The read of that name below `Reads`."""
    parts = Parts(values, ("Reads", name))
    operation = parts.text("Operation", tuple(SETTINGS))
    parts.know("Operation", *SETTINGS.get(operation, values))
    read = Read(
        operation,
        parts.path,
        index=parts.text("IndexName") if "IndexName" in values else "",
        condition=answer.expressions.get((*parts.path, "KeyConditionExpression")),
        filter=answer.expressions.get((*parts.path, "FilterExpression")),
        projection=answer.projections.get((*parts.path, "ProjectionExpression")),
        select=parts.text("Select", SELECTS) if "Select" in values else "",
        names=read_names(parts),
        values=parts.mapping("ExpressionAttributeValues"),
        keys=read_keys(parts, operation),
        forward=parts.flag("ScanIndexForward", True),
        consistent=parts.flag("ConsistentRead", False),
        limit=read_limit(parts),
    )
    if not parts.refusals:
        check_read(read, table, parts)
    return ReadRead(read, tuple(parts.refusals))


def read_names(parts: Parts) -> dict[str, str]:
    found = parts.mapping("ExpressionAttributeNames")
    if not all(isinstance(one, str) and one for one in found.values()):
        parts.wrong("ExpressionAttributeNames", say("Write for each #name an attribute's name."))
        return {}
    return {key: str(one) for key, one in found.items()}


def read_keys(parts: Parts, operation: str) -> tuple[Mapping[str, object], ...]:
    if operation == "GetItem":
        found = parts.mapping("Key")
        if not found:
            parts.wrong("Key", say("Write the item's key below Key: names and values."))
        return (found,)
    if operation != "BatchGetItem":
        return ()
    keys = parts.items("Keys")
    if not 0 < len(keys) <= MOST_KEYS:
        parts.wrong("Keys", say("Write 1 to {most} keys below Keys.", most=MOST_KEYS))
    return tuple(one.values for one in keys)


def read_limit(parts: Parts) -> int | None:
    value = parts.values.get("Limit")
    if value is None:
        return None
    if type_of(value) != "N" or not isinstance(value, int) or value < 1:
        parts.wrong("Limit", say("Write a whole number from 1 in Limit."))
        return None
    return value
