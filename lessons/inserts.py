"""Rows that every answer writes. Their INSERT is put together once in a process, as queries are in
`lessons/compiled.py`, and on PostgreSQL read once for each connection (`lessons/statements.py`)."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.db import connection, models

from lessons.statements import Statement

Row = TypeVar("Row", bound=models.Model)


class CompiledInsert(Generic[Row]):
    """As `bulk_create`: one statement, and nobody is sent a signal. The rows get their keys, but
    not where those that are there already are let be (`ignore_conflicts`)."""

    def __init__(self, model: type[Row], *, ignore_conflicts: bool = False) -> None:
        self.model = model
        self.ignore_conflicts = ignore_conflicts
        self.statements: dict[int, Statement] = {}  # by the number of rows

    def run(self, *rows: Row) -> None:
        """IntegrityError, as ever."""
        if not rows:
            return
        if len(rows) not in self.statements:
            self.statements[len(rows)] = self.statement(len(rows))
        fields = self.fields()
        values = [value_of(field, row) for row in rows for field in fields]
        _count, keys = self.statements[len(rows)].run({"values": values})
        for row, (key,) in zip(rows, keys, strict=not self.ignore_conflicts):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias

    def fields(self) -> list[Any]:
        """The database numbers the rows."""
        return [one for one in self.model._meta.concrete_fields if not one.primary_key]

    def statement(self, rows: int) -> Statement:
        quote, meta = connection.ops.quote_name, self.model._meta
        columns = [quote(one.column) for one in self.fields()]
        row = f"({', '.join(['%s'] * len(columns))})"
        after = (
            "ON CONFLICT DO NOTHING"
            if self.ignore_conflicts
            else f"RETURNING {quote(meta.pk.column)}"
        )
        sql = f"INSERT INTO {quote(meta.db_table)} ({', '.join(columns)})"
        sql = f"{sql} VALUES {', '.join([row] * rows)} {after}"
        places = [(None, ("values", index)) for index in range(rows * len(columns))]
        return Statement(sql, tuple(places))


def value_of(field: Any, row: models.Model) -> Any:
    value = field.get_db_prep_save(field.pre_save(row, add=True), connection)
    # psycopg names the smallest type that a number fits: each would be a statement of its own
    is_number = type(value) is int
    return connection.ops.adapt_integerfield_value(value, "BigIntegerField") if is_number else value
