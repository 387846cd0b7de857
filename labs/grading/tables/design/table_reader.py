"""The settings of a table → a table, with everything that AWS would refuse.

Source: DynamoDB API Reference, "CreateTable"; DynamoDB Developer Guide, "Using Global Secondary
Indexes in DynamoDB", "Local secondary indexes", "Quotas in Amazon DynamoDB".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from labs.grading.refusal import Refusal
from labs.grading.said import joined, say
from labs.grading.tables.design.model import (
    ALL,
    INCLUDE,
    KEYS_ONLY,
    Index,
    Key,
    Table,
)
from labs.grading.tables.design.parts import Parts

GLOBAL, LOCAL = "GlobalSecondaryIndexes", "LocalSecondaryIndexes"
MOST = {GLOBAL: 20, LOCAL: 5}
INDEX_NAME = re.compile(r"[A-Za-z0-9_.-]{3,255}")
UNUSED = ("TableName", "BillingMode", "ProvisionedThroughput")  # nothing here hangs on them


@dataclass(frozen=True, slots=True)
class ReadTable:
    found: Table
    refusals: tuple[Refusal, ...]


def read_table(values: dict[str, object]) -> ReadTable:
    """`values`: what stands below `Table`."""
    top = Parts(values, ("Table",))
    top.know(*UNUSED, "AttributeDefinitions", "KeySchema", GLOBAL, LOCAL)
    key = read_key(top)
    indexes: dict[str, Index] = {}
    for kind in (GLOBAL, LOCAL):
        given = top.items(kind)
        if len(given) > MOST[kind]:
            words = say("A table has {most} of these at most.", most=MOST[kind])
            top.refuse("dynamodb.form", words, kind)
        for parts in given[: MOST[kind]]:
            index = read_index(parts, key, local=kind == LOCAL)
            if index.name in indexes:
                words = say("Give each index a name of its own: {name} is here twice.",
                            name=index.name)  # fmt: skip
                parts.refuse("dynamodb.form", words, "IndexName")
            indexes[index.name] = index
    table = Table(key, read_types(top), indexes)
    check_definitions(table, top)
    return ReadTable(table, tuple(top.refusals))


def read_key(parts: Parts) -> Key:
    """KeySchema: a HASH, and a RANGE behind it if there is one."""
    found: list[str] = []
    kinds: list[str] = []
    for one in parts.items("KeySchema"):
        one.know("AttributeName", "KeyType")
        found.append(one.text("AttributeName"))
        kinds.append(one.text("KeyType", ("HASH", "RANGE")))
    if kinds not in (["HASH"], ["HASH", "RANGE"]):
        words = say("Write one HASH in KeySchema, and behind it one RANGE at most.")
        parts.refuse("dynamodb.key-schema", words, "KeySchema" if found else "")
        return Key("")
    if len(set(found)) != len(found):
        words = say("Name two attributes: {name} cannot be both keys.", name=found[0])
        parts.refuse("dynamodb.key-schema", words, "KeySchema")
    return Key(*found)


def read_index(parts: Parts, table: Key, *, local: bool) -> Index:
    usual = () if local else ("ProvisionedThroughput",)
    parts.know("IndexName", "KeySchema", "Projection", *usual)
    name = parts.text("IndexName")
    if name and not INDEX_NAME.fullmatch(name):
        words = say("Write 3 to 255 letters, numbers, dots, hyphens and underscores.")
        parts.refuse("dynamodb.form", words, "IndexName")
    key = read_key(parts)
    if local and key.partition:
        check_local(parts, key, table)
    projection, extra = read_projection(parts)
    return Index(name, key, parts.path, local, projection, extra)


def check_local(parts: Parts, key: Key, table: Key) -> None:
    if not table.sort:
        words = say("Give the table a sort key: without one it can have no local index.")
    elif key.partition != table.partition:
        words = say(
            "Begin the index with {table}, the table's partition key: a local index keeps it. "
            "With {key} it is a global one.",
            table=table.partition,
            key=key.partition,
        )
    elif not key.sort:
        words = say("Give the local index a sort key of its own.")
    else:
        return
    parts.refuse("dynamodb.local-index", words, "KeySchema")


def read_projection(parts: Parts) -> tuple[str, tuple[str, ...]]:
    given = parts.inner("Projection")
    given.know("ProjectionType", "NonKeyAttributes")
    kind = given.text("ProjectionType", (ALL, KEYS_ONLY, INCLUDE))
    extra = given.texts("NonKeyAttributes")
    if kind == INCLUDE and not extra:
        words = say("Write in NonKeyAttributes what is copied, or say KEYS_ONLY.")
        given.refuse("dynamodb.projection", words)
    elif kind and kind != INCLUDE and extra:
        words = say("Leave NonKeyAttributes out, or say INCLUDE: {kind} takes none.", kind=kind)
        given.refuse("dynamodb.projection", words, "NonKeyAttributes")
    return kind or ALL, extra


def read_types(top: Parts) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in top.items("AttributeDefinitions"):
        one.know("AttributeName", "AttributeType")
        name = one.text("AttributeName")
        if name in found:
            words = say("Define {name} once.", name=name)
            one.refuse("dynamodb.form", words, "AttributeName")
        found[name] = one.text("AttributeType", ("S", "N", "B"))
    return found


def check_definitions(table: Table, top: Parts) -> None:
    keys = [table.key, *(one.key for one in table.indexes.values())]
    used = {name for key in keys for name in key.names if name}
    lacking = sorted(used - set(table.types))
    if lacking:
        words = say("Define these in AttributeDefinitions: {names}. They are used in keys.",
                    names=joined(lacking, ", "))  # fmt: skip
        key = "AttributeDefinitions"
        top.refuse("dynamodb.undeclared", words, key if key in top.values else "")
    for number, name in enumerate(table.types):
        if name and name not in used:
            words = say(
                "Take {name} out of AttributeDefinitions: no key uses it. Other attributes need "
                "no definition.",
                name=name,
            )
            path = (*top.path, "AttributeDefinitions", number)
            top.refusals.append(Refusal("dynamodb.unused-definition", words, path))
