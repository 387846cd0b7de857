"""A workbook that is sent while it is made, as another library reads it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from portal.exports.tables import Row
from portal.exports.workbook import workbook


def opened(name: str, titles: list[str], rows: list[Row]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(workbook(name, titles, rows))))


def test_each_value_is_what_it_was() -> None:
    at = datetime(2026, 11, 26, 10, 30, 15, tzinfo=UTC)
    sheet = opened("All", ["a", "b", "c", "d", "e"], [["text", 7, True, at, None]]).active
    assert [cell.value for cell in sheet[1]] == ["a", "b", "c", "d", "e"]
    assert [cell.value for cell in sheet[2]] == ["text", 7, True, at.replace(tzinfo=None), None]
    assert sheet[1][0].font.b
    assert sheet.freeze_panes == "A2"


def test_what_one_sheet_cannot_hold_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.exports.workbook.ROWS_A_SHEET", 200)
    book = opened("Answers [all]: of/this\\very*long?cohort name", ["n"], [[n] for n in range(500)])
    assert book.sheetnames == [
        "Answers  all   of this very lon",
        "Answers  all   of this ver 2",
        "Answers  all   of this ver 3",
    ]
    found = [row[0] for sheet in book for row in list(sheet.values)[1:]]
    assert found == list(range(500))


def test_a_sheet_that_is_just_full_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.exports.workbook.ROWS_A_SHEET", 200)
    book = opened("All", ["n"], [[n] for n in range(200)])
    assert sum(len(list(sheet.values)) - 1 for sheet in book) == 200
    assert len(book.sheetnames) == 1


def test_the_first_rows_are_sent_before_the_last_are_made() -> None:
    made = 0

    def rows():
        nonlocal made
        for number in range(20_000):
            made = number
            yield [f"{number} " * 20]

    pieces = workbook("All", ["n"], rows())
    assert next(pieces)[:2] == b"PK"
    sum(len(next(pieces)) for _piece in range(10))
    assert made < 5_000


def test_no_entry_needs_more_than_excel_reads() -> None:
    data = b"".join(workbook("All", ["n"], [[1]]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert all(one.extract_version <= 20 for one in archive.infolist())
