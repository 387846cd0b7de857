"""SQL that is asked again and again with other values, as `lessons/compiled.py` makes it.

PostgreSQL reads and plans a statement once for each connection where it knows the statement again:
of a verdict's queries that takes more time than to answer them. So only what changes is sent beside
it, and what stays the same stands in its text, where indexes with a condition are found by it.
Behind PgBouncer, where each transaction may have another connection, nothing is prepared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import NotSupportedError, connection
from django.db.models.sql.compiler import SQLCompiler
from psycopg import ClientCursor, Connection, Cursor
from psycopg.sql import Literal

Place = tuple[str, int | None]  # the name of a value, and which of a list, or ALL of it
Parameter = tuple[Any, Place | None]
KNOWN = int | str | datetime | UUID
SOME_TIME = datetime(1901, 2, 3, tzinfo=UTC)  # as an example
ALL = -1
PARAMETER = re.compile(r"%%|(IN \()?%s")


@dataclass(slots=True)
class Statement:
    sql: str
    parameters: tuple[Parameter, ...]
    prepared: str = ""  # with all that stays the same
    changing: list[Parameter] = field(default_factory=list)

    def run(self, values: dict[str, Any]) -> tuple[int, list[tuple[Any, ...]]]:
        """How many rows it was about, and what they are, of a query."""
        with connection.cursor() as cursor:
            self.execute(cursor, values)
            return cursor.rowcount, cursor.fetchall() if cursor.description else []

    def execute(self, cursor: Any, values: dict[str, Any]) -> None:
        if not is_to_be_prepared():
            cursor.execute(self.sql, [fill(values, *one) for one in self.parameters])
            return
        if not self.prepared:
            self.changing, self.prepared = with_what_stays(self.sql, self.parameters)
        cursor.cursor = Preparing(connection.connection)
        try:
            cursor.execute(self.prepared, [fill(values, *one) for one in self.changing])
        except NotSupportedError:
            self.prepared += " "  # a column has another type now: to be read and planned anew
            if connection.in_atomic_block:
                raise
            cursor.execute(self.prepared, [fill(values, *one) for one in self.changing])


def statement(compiler: SQLCompiler, places: dict[object, Place]) -> Statement:
    sql, parameters = compiler.as_sql()
    slots = [places.get(value) if isinstance(value, KNOWN) else None for value in parameters]
    missing = set(places.values()) - set(slots)
    assert not missing, f"not among the parameters: {missing}"
    return Statement(with_wholes(sql, slots), tuple(zip(parameters, slots, strict=True)))


def with_wholes(sql: str, slots: list[Place | None]) -> str:
    """`= ANY` for `IN` where a whole list goes in: PostgreSQL means the same by both."""
    following = iter(slots)

    def put(found: re.Match[str]) -> str:
        slot = next(following) if found[0] != "%%" else None
        return "= ANY(%s" if slot and slot[1] == ALL and found[1] else found[0]

    return PARAMETER.sub(put, sql)


# --- Values ---------------------------------------------------------------------------------------


def adapted(value: Any) -> Any:
    """As the driver gets it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value


def fill(values: dict[str, Any], parameter: Any, place: Place | None) -> Any:
    if place is None:
        return parameter
    name, index = place
    if index == ALL:
        return f"{{{','.join(map(str, values[name]))}}}"
    value = adapted(values[name] if index is None else values[name][index])
    # psycopg's whole numbers know how long they are
    return type(parameter)(value) if isinstance(parameter, int | str) else value


# --- Prepared, by PostgreSQL ----------------------------------------------------------------------


def is_to_be_prepared() -> bool:
    return "prepare_threshold" in connection.settings_dict["OPTIONS"]


def with_what_stays(sql: str, parameters: tuple[Parameter, ...]) -> tuple[list[Parameter], str]:
    following = iter(parameters)

    def put(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return found[0]
        value, place = next(following)
        if place is not None:
            return found[0]
        literal = Literal(value).as_string(connection.connection)
        return (found[1] or "") + literal.replace("%", "%%")

    changing = [one for one in parameters if one[1] is not None]
    return changing, PARAMETER.sub(put, sql)


class Preparing(Cursor[Any]):
    """Sends text and values apart, where Django's cursor writes the values into the text."""

    _query: Any

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        super().execute(query, params, **options | {"prepare": True})
        self._query = Asked(self.connection, query, params)  # where Django looks for what it logs
        return self


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement with its values, for whoever wants to read it."""

    connection: Connection[Any]
    text: Any
    values: Any

    @property
    def query(self) -> bytes:
        return ClientCursor(self.connection).mogrify(self.text, self.values).encode()
