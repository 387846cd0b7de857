"""A table as a file: CSV, a workbook, or JSON, piece by piece."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from portal.exports.tables import Row, Table, Value
from portal.exports.workbook import workbook

ROWS_A_PIECE = 200
# What a spreadsheet takes for a formula, and the full-width forms that some take for the same:
# OWASP, "CSV Injection"
SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
FIRST = re.compile(f"(?= *[{SIGNS}\t\r\n])")
# Where the separator is a semicolon or a tab, as in German Excel, a cell begins within our
# quotation marks, too: behind each of these, whatever quotation marks and spaces follow.
INNER = re.compile(f'([;\t\r\n][ "]*)(?=[{SIGNS}])')
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else


@dataclass(frozen=True, slots=True)
class Format:
    content_type: str
    pieces: Callable[[Table], Iterator[bytes]]


def as_csv(table: Table) -> Iterator[bytes]:
    held = io.StringIO()
    writer = csv.writer(held)
    held.write(BYTE_ORDER_MARK)
    writer.writerow([harmless_text(str(column.title)) for column in table.columns])
    for number, row in enumerate(table.rows, start=1):
        writer.writerow([harmless(value) for value in row])
        if number % ROWS_A_PIECE == 0:
            yield taken(held)
    yield taken(held)


def taken(held: io.StringIO) -> bytes:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text.encode()


def harmless(value: Value) -> str | int:
    if isinstance(value, str):
        return harmless_text(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value)
    return "" if value is None else value


def harmless_text(text: str) -> str:
    """An apostrophe before what a spreadsheet would compute, which shows the text without it."""
    begun = INNER.sub(r"\1'", text.replace("\0", ""))
    return f"'{begun}" if FIRST.match(begun) else begun


def moment(at: datetime) -> str:
    """UTC, as ISO 8601 has it and spreadsheets read it."""
    return at.astimezone(UTC).isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")


def as_json(table: Table) -> Iterator[bytes]:
    """A list of objects, one a line."""
    keys = [column.key for column in table.columns]
    before = "[\n"
    for row in table.rows:
        yield f"{before}{as_object(keys, row)}".encode()
        before = ",\n"
    yield b"\n]\n" if before == ",\n" else b"[]\n"


def as_object(keys: list[str], row: Row) -> str:
    named = dict(zip(keys, row, strict=True))
    return json.dumps(named, ensure_ascii=False, default=iso)


def iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(type(value))


def as_workbook(table: Table) -> Iterator[bytes]:
    yield from workbook(table.name, [column.title for column in table.columns], table.rows)


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_workbook
    ),
    "json": Format("application/json", as_json),
}
