"""Indexes of large tables, built while everybody goes on writing.

PostgreSQL locks a table for as long as an index takes, half a minute for some million rows, unless
it is built concurrently, which SQLite does not know. For migrations with `atomic = False`; one that
was stopped leaves an invalid index behind, to be dropped before it is tried again.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations import AddIndex, RemoveIndex


def way(operation: type, otherwise: type, editor: Any) -> Any:
    return operation if editor.connection.vendor == "postgresql" else otherwise


class AddLargeIndex(AddIndexConcurrently):
    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        kind = way(AddIndexConcurrently, AddIndex, editor)
        kind.database_forwards(self, label, editor, before, after)

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        kind = way(AddIndexConcurrently, AddIndex, editor)
        kind.database_backwards(self, label, editor, before, after)


class RemoveLargeIndex(RemoveIndexConcurrently):
    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        kind = way(RemoveIndexConcurrently, RemoveIndex, editor)
        kind.database_forwards(self, label, editor, before, after)

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        kind = way(RemoveIndexConcurrently, RemoveIndex, editor)
        kind.database_backwards(self, label, editor, before, after)
