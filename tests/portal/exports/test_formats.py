"""What a spreadsheet makes of our CSV, whichever separator it takes."""

from __future__ import annotations

import csv
import re
from itertools import product

import pytest

from portal.exports.formats import as_csv, as_json, harmless_text
from portal.exports.tables import Column, Table

SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
COLUMNS = [Column("name", "Name"), Column("text", "Text"), Column("end", "End")]


def table(*texts: str) -> Table:
    return Table("answers", COLUMNS, ((text, text, "end") for text in texts))


def cells(text: str, separator: str) -> list[str]:
    """A quotation mark means something at the beginning of a cell alone, and a line ends a row
    where no cell is open: so do Excel, LibreOffice and Python read it."""
    lines = re.split("(?<=[\r\n])", text.removeprefix("\ufeff"))
    return [cell for row in csv.reader(lines, delimiter=separator) for cell in row]


def computed(*texts: str, separator: str) -> list[str]:
    file = b"".join(as_csv(table(*texts))).decode()
    return [one for one in cells(file, separator) if one.lstrip(" ").startswith(SIGNS)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_with_what_is_computed(separator: str) -> None:
    """Whatever is put together of what a separator, a cell and a formula begin with."""
    texts = ["".join(parts) for parts in product('a;"\t\n\r= ', repeat=5)]
    assert computed(*texts, separator=separator) == []


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", "a;", "a\t", "a\n", "a\r\n", 'a;"', "a; ", '";"'])
def test_each_sign_is_kept_from_beginning_one(sign: str, before: str) -> None:
    text = f"{before}{sign}cmd()"
    assert [one for sep in ",;\t" for one in computed(text, separator=sep)] == []
    assert harmless_text(text).replace("'", "") == text


@pytest.mark.parametrize(
    "text",
    [
        "a - b; c = d",
        "x=1\ny=2",
        '{\n  "Action": "s3:*",\n  "Resource": "*"\n}',
        "a@b.example; c@d",
    ],
)
def test_what_computes_nothing_stays_as_it_was_written(text: str) -> None:
    assert harmless_text(text) == text


def test_json_and_the_head_of_a_column() -> None:
    text = "a;=cmd()\n-1"
    assert b'"text": "a;=cmd()\\n-1"' in b"".join(as_json(table(text)))
    file = b"".join(as_csv(Table("answers", [Column("lab", "a;=cmd()")], iter([])))).decode()
    assert "a;'=cmd()" in file
