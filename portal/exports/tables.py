"""What an export is made of: named columns, and rows that come one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

Value = str | int | bool | datetime | None
Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is its name in JSON, the same in every language; `title` is read by people."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` may be asked for once, and hold little of the table at any time."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


TableOf = Callable[..., Table]


def in_parts(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
