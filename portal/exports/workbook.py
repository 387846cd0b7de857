"""An Excel workbook (ECMA-376, SpreadsheetML) that is sent while it is made.

The libraries for this write the whole file first: 200,000 answers are half a minute in which a
reader sees nothing and a proxy gives up. What an export needs of the format is small: text, numbers
and moments, a head that stays in view. Text is stored as text, so that nothing is ever computed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import islice

from portal.exports.tables import Row, Value

ROWS_A_PART = 200
ROWS_A_SHEET = 500_000  # Excel: 1,048,576 in all
LONGEST = 32_767  # characters of a cell
BYTES_A_SHEET = 1 << 30  # above 2 GiB a zip needs another form, which Excel does not read
WIDTH = 18
EPOCH = datetime(1899, 12, 30, tzinfo=UTC)  # day 0 of Excel's calendar, from March 1900 on
DAY = timedelta(days=1)
# What XML 1.0 cannot hold, and half characters
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

PLAIN = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
STYLES = f"""{HEAD}<styleSheet {MAIN}>
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>
<fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf {PLAIN}/></cellStyleXfs>
<cellXfs count="3"><xf {PLAIN} xfId="0"/>
<xf {PLAIN.replace('fontId="0"', 'fontId="1"')} xfId="0" applyFont="1"/>
<xf {PLAIN.replace('numFmtId="0"', 'numFmtId="164"')} xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""
BOLD, MOMENT = 1, 2


class Outbox:
    """What the zip has written and nobody has taken yet."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, data: bytes) -> int:
        self.held += data
        return len(data)

    def flush(self) -> None: ...

    def take(self) -> bytes:
        data = bytes(self.held)
        self.held.clear()
        return data


def workbook(name: str, titles: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """One sheet, and another where one cannot hold all rows. Times are UTC."""
    outbox, rest, sheets = Outbox(), Rest(rows), 0
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:  # type: ignore[call-overload]
        while rest.some or not sheets:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w") as sheet:
                for part in sheet_parts(titles, rest):
                    sheet.write(part.encode())
                    yield outbox.take()
        for path, content in about(name, sheets):
            archive.writestr(path, content)
    yield outbox.take()


class Rest:
    """The rows that are not written yet; `some` are the next of them, [] at the end."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = iter(rows)
        self.go_on()

    def go_on(self) -> None:
        self.some = list(islice(self.rows, ROWS_A_PART))


def sheet_parts(titles: Sequence[str], rest: Rest) -> Iterator[str]:
    """The XML of a sheet that holds as many of the rest as it can."""
    yield (
        f'{HEAD}<worksheet {MAIN}><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><cols><col min="1" max="{len(titles)}" width="{WIDTH}"'
        f' customWidth="1"/></cols><sheetData>{row_xml(titles, style=BOLD)}'
    )
    written = size = 0
    while rest.some and written < ROWS_A_SHEET and size < BYTES_A_SHEET:
        part = "".join([row_xml(row) for row in rest.some])
        written, size = written + len(rest.some), size + len(part)
        rest.go_on()
        yield part
    yield "</sheetData></worksheet>"


def row_xml(row: Iterable[Value], *, style: int = 0) -> str:
    return f"<row>{''.join([cell_xml(value, style) for value in row])}</row>"


def cell_xml(value: Value, style: int = 0) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    if isinstance(value, datetime):
        return f'<c s="{MOMENT}"><v>{(value - EPOCH) / DAY:.8f}</v></c>'
    text = escape(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value[:LONGEST]), quote=False)
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'


def about(name: str, sheets: int) -> Iterator[tuple[str, str]]:
    """The files that say which sheets there are."""
    numbers = range(1, sheets + 1)
    named = [(n, sheet_name(name, n)) for n in numbers]
    listed = "".join(f'<sheet name="{escape(t)}" sheetId="{n}" r:id="rId{n}"/>' for n, t in named)
    yield (
        "xl/workbook.xml",
        f'{HEAD}<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    parts = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield (
        "xl/_rels/workbook.xml.rels",
        relationships([*parts, (f"rId{sheets + 1}", "styles", "styles.xml")]),
    )
    yield "_rels/.rels", relationships([("rId1", "officeDocument", "xl/workbook.xml")])
    yield "xl/styles.xml", STYLES
    yield "[Content_Types].xml", content_types(sheets)


def sheet_name(name: str, number: int) -> str:
    """At most 31 characters, and none of seven that a reference could not be told from."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name)
    return clean[:31] if number == 1 else f"{clean[:26]} {number}"


def relationships(found: list[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{pk}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for pk, kind, target in found
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    overrides = "".join(
        f'<Override PartName="{path}" ContentType="{TYPE}.{kind}+xml"/>' for path, kind in parts
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
