"""Indexes of large tables, built while everybody goes on writing.

PostgreSQL locks a table for as long as an index takes, half a minute for some million rows, unless
it is built concurrently, which SQLite does not know. For migrations with `atomic = False`: one that
was stopped is simply run again, and makes anew what it had begun.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations import AddIndex, AlterField, RemoveIndex


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

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        drop(editor, self.index.name)
        super().database_forwards(label, editor, before, after)


class RemoveLargeIndex(WhereItCan, RemoveIndexConcurrently):
    concurrently, plainly = RemoveIndexConcurrently, RemoveIndex


class DropColumnIndex(AlterField):
    """A foreign key's own index goes, because a longer one begins with its column. Django would
    write the whole table anew on SQLite for it, and lock it on PostgreSQL."""

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        for name in self.names(editor, after.apps.get_model(label, self.model_name)):
            drop(editor, name)

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        model = after.apps.get_model(label, self.model_name)
        table, column = model._meta.db_table, model._meta.get_field(self.name).column
        name = editor._create_index_name(table, [column])
        drop(editor, name)
        on = f"{editor.quote_name(table)} ({editor.quote_name(column)})"
        editor.execute(f"CREATE INDEX {concurrently(editor)} {editor.quote_name(name)} ON {on}")

    def names(self, editor: Any, model: Any) -> list[str]:
        """Of this column alone, and not said by the model."""
        column = model._meta.get_field(self.name).column
        with editor.connection.cursor() as cursor:
            found = editor.connection.introspection.get_constraints(cursor, model._meta.db_table)
        said = {index.name for index in model._meta.indexes}
        return [
            name
            for name, one in found.items()
            if one["index"] and not one["unique"] and one["columns"] == [column]
            if name not in said
        ]


def drop(editor: Any, name: str) -> None:
    editor.execute(f"DROP INDEX {concurrently(editor)} IF EXISTS {editor.quote_name(name)}")


def concurrently(editor: Any) -> str:
    return "CONCURRENTLY" if editor.connection.vendor == "postgresql" else ""
