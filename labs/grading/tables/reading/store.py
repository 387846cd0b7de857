"""Items put into a table: which of them are kept, and where the table and its indexes hold them.

Sources: DynamoDB Developer Guide, "Core components of Amazon DynamoDB" (no two items of one key),
"Using Global Secondary Indexes in DynamoDB" (an item without the index's key is not in it),
"DynamoDB item sizes and formats".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from labs.grading.tables.design.model import Index, Key, Table
from labs.grading.tables.expressions.scope import Item, Value, sort_key, type_of

Partitions = Mapping[Value, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that is not kept: `by` is the row that overwrote it; None where it was never taken,
    for its `attribute` is missing or of another type than the key's."""

    row: int
    by: int | None = None
    attribute: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Store:
    """`items` by row. A partition's rows stand in the order of its sort key."""

    table: Table
    items: Sequence[Item]
    kept: tuple[int, ...]
    lost: tuple[Lost, ...]
    base: Partitions
    indexes: Mapping[str, Partitions]
    sizes: Mapping[str, Mapping[int, int]]  # bytes by row, in each index and in the table ("")

    def partitions(self, index: str) -> Partitions:
        return self.indexes[index] if index else self.base

    def size(self, row: int, index: Index | None = None) -> int:
        """Bytes that are read for this item, in the table or in an index."""
        return self.sizes[index.name if index else ""][row]


def put_items(table: Table, items: Sequence[Item]) -> Store:
    """One after the other; the later of two with the same key stays."""
    lost: list[Lost] = []
    by_key: dict[tuple[Value, ...], int] = {}
    for row, item in enumerate(items):
        refused = refusal(row, item, table)
        if refused:
            lost.append(refused)
            continue
        key = tuple(item[name] for name in table.key.names)
        if key in by_key:
            lost.append(Lost(by_key[key], row))
        by_key[key] = row
    kept = sorted(by_key.values())
    indexes = {name: parted(one.key, kept, items) for name, one in table.indexes.items()}
    base = parted(table.key, kept, items)
    return Store(
        table, items, tuple(kept), tuple(lost), base, indexes, sizes_of(table, kept, items)
    )


def sizes_of(
    table: Table, rows: Sequence[int], items: Sequence[Item]
) -> Mapping[str, Mapping[int, int]]:
    parts = {row: {name: part_size(name, one) for name, one in items[row].items()} for row in rows}
    names = {name for inside in parts.values() for name in inside}
    found = {"": summed(parts, names)}
    for index in table.indexes.values():
        held = {name for name in names if index.holds(name, table.key)}
        found[index.name] = summed(parts, held)
    return found


def summed(parts: Mapping[int, Mapping[str, int]], held: set[str]) -> dict[int, int]:
    return {
        row: sum(size for name, size in inside.items() if name in held)
        for row, inside in parts.items()
    }


def refusal(row: int, item: Item, table: Table) -> Lost | None:
    """Why PutItem would refuse the item: its own key, or the type of an index's key."""
    for name in table.key.names:
        if name not in item:
            return Lost(row, attribute=name, missing=True)
    for name, kind in table.types.items():
        if name in item and type_of(item[name]) != kind:
            return Lost(row, attribute=name)
    return None


def parted(key: Key, rows: Iterable[int], items: Sequence[Item]) -> Partitions:
    found: dict[Value, list[int]] = {}
    for row in rows:
        if all(name in items[row] for name in key.names):
            found.setdefault(items[row][key.partition], []).append(row)
    if key.sort:
        for inside in found.values():
            inside.sort(key=lambda row: sort_key(items[row][key.sort]))
    return found


def item_size(item: Item) -> int:
    """Bytes: names and values. A number takes a byte for two digits, and one more."""
    return sum(part_size(name, value) for name, value in item.items())


def part_size(name: str, value: Value) -> int:
    kind = type_of(value)
    size = 1
    if kind == "S":
        size = len(str(value).encode())
    elif kind == "N":
        digits = str(value).lstrip("-").replace(".", "").strip("0")
        size = (len(digits) + 1) // 2 + 1
    return len(name.encode()) + size
