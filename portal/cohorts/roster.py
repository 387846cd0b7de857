"""A list of people as somebody pastes or uploads it: text → lines, each with an address or with
what is wrong with it. Nothing of it is guessed, and nothing of it is executed anywhere."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LARGEST = 200_000  # bytes
MOST_LINES = 1_000
LONGEST_NAME = 80
LONGEST_ADDRESS = 254  # of mail, and of the columns that keep one
DELIMITERS = ",;\t"
FORMULA = "=+-@"  # what a spreadsheet would compute
HEADS = {"email", "e-mail", "mail", "e-mail address", "address", "e-mail-adresse", "adresse"}
NAMES = {"name", "full name", "vorname und nachname"}


class RosterError(ValueError):
    """The whole of it cannot be read."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int  # as a spreadsheet counts
    email: str
    name: str = ""
    wrong: str = ""


def decode(data: bytes) -> str:
    if len(data) > LARGEST:
        raise RosterError(_("The file is larger than %(most)d kB.") % {"most": LARGEST // 1000})
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # what Excel calls Unicode text
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise RosterError(
            _("The file is not UTF-8. In a spreadsheet choose “CSV UTF-8” when you save it.")
        ) from error


def read(text: str) -> list[Line]:
    """Addresses in the first column, or in the one that a first line calls so; names beside."""
    if len(text.encode()) > LARGEST:
        raise RosterError(_("The list is longer than %(most)d kB.") % {"most": LARGEST // 1000})
    if any(category(letter) == "Cc" and letter not in "\r\n\t" for letter in text):
        raise RosterError(_("This is no list of addresses: it holds characters that are no text."))
    rows = [(number, cells) for number, cells in rows_of(text) if any(cells)]
    if len(rows) > MOST_LINES:
        raise RosterError(
            _("More than %(most)d lines: cut the list in two.") % {"most": MOST_LINES}
        )
    address, name, rows = columns_of(rows)
    return list(without_doubles(line_of(number, cells, address, name) for number, cells in rows))


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The delimiter is what the first line has most of; quotation marks are as in any CSV."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        for number, cells in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise RosterError(_("The list is not CSV: %(why)s.") % {"why": error}) from error


Rows = list[tuple[int, list[str]]]


def columns_of(rows: Rows) -> tuple[int, int, Rows]:
    """Which column has addresses and which names; without a first line that says so."""
    head = [cell.lower() for cell in rows[0][1]] if rows else []
    found = [number for number, cell in enumerate(head) if cell in HEADS]
    if not found:
        return 0, 1, rows
    names = [number for number, cell in enumerate(head) if cell in NAMES]
    return found[0], names[0] if names else len(head), rows[1:]


ANGLES = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")  # as mail programs copy it


def line_of(number: int, cells: list[str], address: int, name: int) -> Line:
    email, called = (cells[at] if at < len(cells) else "" for at in (address, name))
    if angles := ANGLES.match(email):
        email, called = angles["email"].strip(), called or angles["name"].strip(' "')
    return Line(number, email.lower(), called, wrong=what_is_wrong(email, called))


def what_is_wrong(email: str, name: str) -> str:
    if email[:1] in set(FORMULA) or name[:1] in set(FORMULA):
        return _("begins like a formula of a spreadsheet")
    if len(name) > LONGEST_NAME:
        return _("the name is longer than %(most)d characters") % {"most": LONGEST_NAME}
    if len(email) > LONGEST_ADDRESS:
        return _("the address is longer than %(most)d characters") % {"most": LONGEST_ADDRESS}
    try:
        validate_email(email)
    except ValidationError:
        return _("this is not an e-mail address")
    return ""


def without_doubles(lines: Iterator[Line]) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for line in lines:
        if not line.wrong and line.email in seen:
            double = _("stands in line %(line)d already") % {"line": seen[line.email]}
            yield Line(line.number, line.email, line.name, double)
            continue
        seen.setdefault(line.email, line.number)
        yield line
