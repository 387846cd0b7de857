"""Statements that PostgreSQL reads and plans once for each connection (`lessons/statements.py`)."""

from __future__ import annotations

from typing import Any

from psycopg import Connection, Cursor
from psycopg.sql import Literal


class Preparing(Cursor[Any]):
    """Sends text and values apart, where Django's cursor writes the values into the text."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, **options | {"prepare": True})

    def _convert_query(self, *query: Any) -> Any:
        self._query = super()._convert_query(*query)  # where Django looks for what was asked
        return self._query


def literal(value: object, connection: Connection[Any]) -> str:
    """As a part of a statement with parameters."""
    return Literal(value).as_string(connection).replace("%", "%%")
