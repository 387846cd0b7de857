"""What a read answers and what it costs.

Sources: DynamoDB Developer Guide, "DynamoDB read and write operations" (a read unit is 4 KB read
with strong consistency, half of one with eventual consistency; Query and Scan add up what they
read before they round, BatchGetItem rounds each item; a filter saves nothing; what is not there
costs as well), "Query operations" (Limit counts before the filter), "Local secondary indexes" (what
is not projected is fetched from the table, item by item).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from labs.grading.said import joined, say
from labs.grading.tables.design.model import Index, Key, Read, Table
from labs.grading.tables.design.read_rules import conjuncts
from labs.grading.tables.design.values import ValueProblem, bound_value
from labs.grading.tables.expressions.nodes import Field, Given, Node, names, operands
from labs.grading.tables.expressions.scope import Scope, Value, type_of
from labs.grading.tables.reading.store import Store

BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Answered:
    """`rows` of the items that come back, in their order; `halves`: half read units.

    `attributes`: what comes of each item, None = everything that it has. `read`: so many items
    were looked at. `more`: Limit ended the read before its end.
    """

    rows: tuple[int, ...]
    halves: int
    attributes: frozenset[str] | None
    read: int
    ordered: bool = True
    more: bool = False


def perform(read: Read, store: Store, parameters: Mapping[str, Value]) -> Answered:
    """Raises ValueProblem where a value cannot be read, or a key has another type."""
    scope = Scope(
        read.names, {key: bound_value(one, parameters) for key, one in read.values.items()}
    )
    if read.keys:
        return fetched(read, store, parameters)
    index = store.table.indexes.get(read.index)
    rows, ordered = (
        (queried(read, store, scope, index.key if index else store.table.key), True)
        if read.operation == "Query"
        else (scanned(store, read.index), False)
    )
    cut = rows[: read.limit] if read.limit else rows
    condition = read.filter
    found = [
        row for row in cut if condition is None or matches(condition, store, row, index, scope)
    ]
    return replace(
        searched(read, store, index, cut, tuple(found)),
        ordered=ordered,
        more=len(cut) < len(rows),
    )


def fetched(read: Read, store: Store, parameters: Mapping[str, Value]) -> Answered:
    """GetItem and BatchGetItem; those of a batch come in any order."""
    rows: list[int] = []
    halves = 0
    for written in read.keys:
        row = row_of(written, store, parameters)
        halves += blocks(store.size(row) if row is not None else 0)
        if row is not None and row not in rows:
            rows.append(row)
    if read.consistent:
        halves *= 2
    shown = named(read)
    return Answered(tuple(rows), halves, shown, len(read.keys), ordered=len(rows) < 2)


def row_of(
    written: Mapping[str, object], store: Store, parameters: Mapping[str, Value]
) -> int | None:
    table = store.table
    values = {name: bound_value(one, parameters) for name, one in written.items()}
    for name, value in values.items():
        mind_type(name, value, table)
    for row in store.base.get(values[table.key.partition], ()):
        if all(store.items[row][name] == value for name, value in values.items()):
            return row
    return None


def mind_type(name: str, value: Value, table: Table) -> None:
    kind = type_of(value)
    if table.types.get(name, kind) != kind:
        words = say(
            "Give {name} a value of type {wanted}, as it is defined: {value} is of type {kind}.",
            name=name,
            wanted=table.types[name],
            value=str(value)[:60],
            kind=kind,
        )
        raise ValueProblem(words)


def queried(read: Read, store: Store, scope: Scope, key: Key) -> Sequence[int]:
    """The rows of one partition that the key condition means, in the order that was asked for."""
    condition = read.condition
    if condition is None:
        return ()
    partition: Value = None
    for field, given in compared_keys(condition):
        name, value = scope.attribute(field.name), scope.values[given.name]
        mind_type(name, value, store.table)
        partition = value if name == key.partition else partition
    inside = store.partitions(read.index).get(partition, ())
    rows = [row for row in inside if scope.holds(condition, store.items[row])]
    return rows if read.forward else rows[::-1]


def compared_keys(node: Node) -> Iterator[tuple[Field, Given]]:
    """Each key of a key condition with each value that it is compared with."""
    for part in conjuncts(node):
        inside = list(operands(part))
        fields = [one for one in inside if isinstance(one, Field)]
        yield from ((fields[0], one) for one in inside if isinstance(one, Given) and fields)


def scanned(store: Store, index: str) -> Sequence[int]:
    """All partitions; their order means nothing."""
    return [row for inside in store.partitions(index).values() for row in inside]


def matches(node: Node, store: Store, row: int, index: Index | None, scope: Scope) -> bool:
    """A filter sees of an index what is projected into it."""
    item = store.items[row]
    if index and any(not index.holds(scope.attribute(one), store.table.key) for one in names(node)):
        item = {key: one for key, one in item.items() if index.holds(key, store.table.key)}
    return scope.holds(node, item)


def searched(
    read: Read, store: Store, index: Index | None, looked: Sequence[int], found: tuple[int, ...]
) -> Answered:
    """What a Query or a Scan costs that looked at these rows, and what it shows of those found."""
    read_bytes = sum(store.size(row, index) for row in looked)
    halves = blocks(read_bytes)
    shown = named(read)
    if index:
        wanted = shown if read.select != "ALL_ATTRIBUTES" else every_attribute(store, found)
        if wanted is None:
            shown = held(index, store)
        elif any(not index.holds(name, store.table.key) for name in wanted):
            halves += sum(blocks(store.size(row)) for row in looked)
    if read.consistent:
        halves *= 2
    if read.select == "COUNT":
        shown = frozenset()
    return Answered(found, halves, shown, len(looked))


def named(read: Read) -> frozenset[str] | None:
    if read.projection is None:
        return None
    return frozenset(read.names.get(name, name) for name in read.projection)


def every_attribute(store: Store, rows: Sequence[int]) -> frozenset[str]:
    return frozenset(name for row in rows for name in store.items[row])


def held(index: Index, store: Store) -> frozenset[str] | None:
    if index.projection == "ALL":
        return None
    return frozenset((*index.key.names, *store.table.key.names, *index.extra))


def blocks(size: int) -> int:
    """Half units of an eventually consistent read: one for each 4 KB, and one for nothing."""
    return max(1, -(-size // BLOCK))


def units(halves: int) -> str:
    """0.5, 1, 1.5 …"""
    return str(halves // 2) if halves % 2 == 0 else f"{halves / 2:.1f}"


def listed(parameters: Mapping[str, Value]) -> str:
    """`customer = c-017, day = 2026-10-02`"""
    return joined([f"{name} = {value}" for name, value in parameters.items()], ", ")
