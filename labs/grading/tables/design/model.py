"""A table, its indexes and the reads of it, in AWS's names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.json_document import JsonDocument, Path
from labs.grading.tables.expressions.nodes import Node

ALL, KEYS_ONLY, INCLUDE = "ALL", "KEYS_ONLY", "INCLUDE"


@dataclass(frozen=True, slots=True)
class Key:
    """`sort` is "" where the partition key is the whole key."""

    partition: str
    sort: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.partition, self.sort) if self.sort else (self.partition,)


@dataclass(frozen=True, slots=True)
class Index:
    """`local`: of the table's own partitions; the others are global."""

    name: str
    key: Key
    path: Path
    local: bool = False
    projection: str = ALL
    extra: tuple[str, ...] = ()

    def holds(self, name: str, table: Key) -> bool:
        """Is this attribute copied into the index? Keys always are, the table's own too."""
        return self.projection == ALL or name in (*self.key.names, *table.names, *self.extra)


@dataclass(frozen=True, slots=True)
class Table:
    """`types`: attribute → S, N or B, for those in keys."""

    key: Key
    types: Mapping[str, str]
    indexes: Mapping[str, Index] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """One request. `keys`: those of GetItem and BatchGetItem, as they were written; `values` too,
    with parameters like $customer in them."""

    operation: str
    path: Path
    index: str = ""
    condition: Node | None = None
    filter: Node | None = None
    projection: tuple[str, ...] | None = None
    select: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    keys: tuple[Mapping[str, object], ...] = ()
    forward: bool = True
    consistent: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """`expressions`: what each text at its path says; `projections` in the same way."""

    document: JsonDocument
    expressions: Mapping[Path, Node]
    projections: Mapping[Path, tuple[str, ...]]
