"""What AWS refuses of a read, whatever its values are: names, keys, indexes, projections.

Source: DynamoDB Developer Guide, "Key condition expressions", "Filter expressions",
"Expression attribute names (aliases)", "DynamoDB read consistency", "Using Global Secondary
Indexes in DynamoDB".
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.said import joined, say
from labs.grading.tables.design.model import ALL, Index, Key, Read, Table
from labs.grading.tables.design.parts import Parts
from labs.grading.tables.expressions.nodes import (
    Between,
    Both,
    Call,
    Comparison,
    Field,
    Given,
    Node,
    names,
    values,
)
from labs.grading.tables.expressions.reserved import is_reserved

NAMES, VALUES = "ExpressionAttributeNames", "ExpressionAttributeValues"
CONDITION, FILTER = "KeyConditionExpression", "FilterExpression"
PROJECTION = "ProjectionExpression"


def check_read(read: Read, table: Table, parts: Parts) -> None:
    """Notes in `parts` what is refused."""
    index = table.indexes.get(read.index)
    if read.index and index is None:
        words = say("Name an index of the table: {names}.",
                    names=joined(sorted(table.indexes), ", ") or say("it has none"))  # fmt: skip
        parts.refuse("dynamodb.unknown-index", words, "IndexName")
        return
    check_words(read, parts)
    for one in read.keys:
        check_item_key(one.keys(), table.key, parts)
    if read.operation == "Query":
        key = index.key if index else table.key
        check_condition(read, key, parts)
        check_filter(read, key, parts)
    check_select(read, index, table, parts)
    check_consistency(read, index, parts)


def check_consistency(read: Read, index: Index | None, parts: Parts) -> None:
    if index and not index.local and read.consistent:
        words = say(
            "Take ConsistentRead out, or read the table or a local index: a global index is "
            "always eventually consistent."
        )
        parts.refuse("dynamodb.consistent-index", words, "ConsistentRead")


def check_words(read: Read, parts: Parts) -> None:
    nodes = [one for one in (read.condition, read.filter) if one]
    written = [name for node in nodes for name in names(node)] + list(read.projection or ())
    check_reserved(written, read, parts)
    aliases = {name for name in written if name.startswith("#")}
    check_used(aliases, set(read.names), NAMES, parts)
    given = {value for node in nodes for value in values(node)}
    check_used(given, set(read.values), VALUES, parts)


def check_reserved(written: list[str], read: Read, parts: Parts) -> None:
    for name in filter(is_reserved, dict.fromkeys(written)):
        words = say(
            "Write #{name} for {name}, and what it stands for in ExpressionAttributeNames: "
            "{name} is a reserved word.",
            name=name,
        )
        parts.refuse("dynamodb.reserved-word", words, place_of(name, read))


def place_of(name: str, read: Read) -> str:
    """Which of its texts has this name."""
    if read.condition and name in names(read.condition):
        return CONDITION
    return FILTER if read.filter and name in names(read.filter) else PROJECTION


def check_used(used: set[str], said: set[str], key: str, parts: Parts) -> None:
    for name in sorted(used - said):
        words = say("Say in {key} what {name} stands for.", key=key, name=name)
        parts.refuse("dynamodb.placeholder", words, key if key in parts.values else "")
    for name in sorted(said - used):
        words = say("Take {name} out of {key}: no expression uses it.", name=name[:60], key=key)
        parts.refuse("dynamodb.placeholder", words, key)


def check_item_key(given: object, key: Key, parts: Parts) -> None:
    if set(given) != set(key.names):  # type: ignore[call-overload]
        words = say("Give the whole key of the table and nothing else: {names}.",
                    names=joined(key.names, ", "))  # fmt: skip
        parts.refuse("dynamodb.item-key", words, "Key" if "Key" in parts.values else "Keys")


# --- Key conditions -------------------------------------------------------------------------------


def check_condition(read: Read, key: Key, parts: Parts) -> None:
    if read.condition is None:
        words = say("Write a KeyConditionExpression: a Query needs one.")
        parts.refuse("dynamodb.key-condition", words)
        return
    seen: list[str] = []
    for part in conjuncts(read.condition):
        name = tested(part, read)
        if not name:
            words = say(
                "Write in KeyConditionExpression only comparisons of a key with :values, joined "
                "by AND: = for the partition key; =, <, <=, >, >=, BETWEEN or begins_with for the "
                "sort key."
            )
            parts.refuse("dynamodb.key-condition", words, CONDITION)
            return
        seen.append(name)
    for name in seen:
        if name not in key.names:
            words = say("Take {name} out of KeyConditionExpression: it is no key of what is read.",
                        name=name)  # fmt: skip
            parts.refuse("dynamodb.key-condition", words, CONDITION)
            return
    if len(set(seen)) != len(seen):
        words = say("Write one condition for each key; BETWEEN is one with two ends.")
        parts.refuse("dynamodb.key-condition", words, CONDITION)
    elif not any(is_equality(one) and tested(one, read) == key.partition
                 for one in conjuncts(read.condition)):  # fmt: skip
        words = say("Compare the partition key {name} by =: a Query reads one partition.",
                    name=key.partition)  # fmt: skip
        parts.refuse("dynamodb.key-condition", words, CONDITION)


def conjuncts(node: Node) -> Iterator[Node]:
    if isinstance(node, Both):
        for one in node.parts:
            yield from conjuncts(one)
    else:
        yield node


def is_equality(node: Node) -> bool:
    return isinstance(node, Comparison) and node.operator == "="


def tested(node: Node, read: Read) -> str:
    """The key that a condition is about; "" where it is none that a Query knows."""
    field: object = None
    match node:
        case Comparison(operator, Field() as field, Given()) if operator != "<>":
            pass
        case Comparison("=", Given(), Field() as field):
            pass
        case Between(Field() as field, Given(), Given()):
            pass
        case Call("begins_with", field, Given()):
            pass
        case _:
            return ""
    return read.names.get(field.name, field.name) if isinstance(field, Field) else ""


# --- Filters and projections ----------------------------------------------------------------------


def check_filter(read: Read, key: Key, parts: Parts) -> None:
    for name in names(read.filter) if read.filter else ():
        attribute = read.names.get(name, name)
        if attribute in key.names:
            words = say(
                "Ask for {name} in KeyConditionExpression: a filter of a Query cannot name a key "
                "of what it reads.",
                name=attribute,
            )
            parts.refuse("dynamodb.filter-on-key", words, FILTER)
            return


def check_select(read: Read, index: Index | None, table: Table, parts: Parts) -> None:
    projected = [read.names.get(name, name) for name in read.projection or ()]
    if len(set(projected)) != len(projected):
        words = say("Name each attribute once.")
        parts.refuse("dynamodb.form", words, PROJECTION)
    if read.select and (read.select == "SPECIFIC_ATTRIBUTES") != bool(projected):
        words = say("Write SPECIFIC_ATTRIBUTES exactly where there is a ProjectionExpression.")
        parts.refuse("dynamodb.form", words, "Select")
    if index is None:
        if read.select == "ALL_PROJECTED_ATTRIBUTES":
            words = say("Say ALL_PROJECTED_ATTRIBUTES of an index only.")
            parts.refuse("dynamodb.form", words, "Select")
    elif not index.local:
        check_global(read, projected, index, table, parts)


def check_global(
    read: Read, projected: list[str], index: Index, table: Table, parts: Parts
) -> None:
    lacking = [name for name in projected if not index.holds(name, table.key)]
    if lacking or (read.select == "ALL_ATTRIBUTES" and index.projection != ALL):
        words = say(
            "Read what the index {index} holds, or project more into it: {names}. A global index "
            "cannot fetch the rest from the table.",
            index=index.name,
            names=joined(lacking, ", ") or "ALL_ATTRIBUTES",
        )
        key = PROJECTION if lacking else "Select"
        parts.refuse("dynamodb.not-projected", words, key)
