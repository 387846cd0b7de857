"""Indexes of large tables, built while everybody goes on writing.

PostgreSQL locks a table for as long as an index takes, half a minute for some million rows, unless
it is built concurrently, which SQLite does not know. For migrations with `atomic = False`; one that
was stopped leaves an invalid index behind, to be dropped before it is tried again.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations import AddIndex, RemoveIndex


class WhereItCan:
    """`concurrently` on PostgreSQL, `plainly` elsewhere."""

    concurrently: type[Any]
    plainly: type[Any]

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        self.kind(editor).database_forwards(self, label, editor, before, after)

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        self.kind(editor).database_backwards(self, label, editor, before, after)

    def kind(self, editor: Any) -> Any:
        is_able = editor.connection.vendor == "postgresql"
        return self.concurrently if is_able else self.plainly


class AddLargeIndex(WhereItCan, AddIndexConcurrently):
    concurrently, plainly = AddIndexConcurrently, AddIndex


class RemoveLargeIndex(WhereItCan, RemoveIndexConcurrently):
    concurrently, plainly = RemoveIndexConcurrently, RemoveIndex
