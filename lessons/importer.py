"""Repair notes whose UTF-8 was once read as Mac Roman ("‚Äô" in place of an apostrophe),
and only those.

Every byte from 0x80 up is a character of Mac Roman, so the damage is exactly reversible:
`text.encode("mac_roman").decode("utf-8")`. Whether a text *is* damaged is decided from all of its
non-ASCII characters together; when they disagree or prove nothing, the author is asked,
with line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

# First bytes of UTF-8 sequences of two that Latin text needs: accents (0xC3) and signs (0xC2).
LATIN_LEADS = (0xC2, 0xC3)


class Verdict(Enum):
    INTACT = "intact"
    DAMAGED = "damaged"


class DecodingError(ValueError):
    """The text cannot be read, or not in one way only. `line` and `column` count from 1,
    in characters."""

    def __init__(self, message: str, *, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Imported:
    text: str
    verdict: Verdict
    repaired: int  # how many characters came back from their pieces


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one place of the text says about the whole."""

    index: int
    length: int
    sign: str  # "damaged" | "intact" | "either"


def import_notes(data: bytes, *, decoding: str = "") -> Imported:
    """The text of a notes file, repaired if it needs it. `decoding` is the author's own word
    ("utf-8" or "mac-roman") where the characters do not decide. Raises DecodingError."""
    text = decode(data)
    verdict = (
        Verdict.DAMAGED
        if decoding == "mac-roman"
        else Verdict.INTACT
        if decoding == "utf-8"
        else judge(text)
    )
    if verdict is Verdict.INTACT:
        return Imported(text, verdict, repaired=0)
    return Imported(
        repair(text), verdict, repaired=sum(piece.sign != "intact" for piece in evidence(text))
    )


def decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = place(before, len(before))
        message = (
            f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8 and import "
            "it again"
        )
        raise DecodingError(message, line=line, column=column) from error


def judge(text: str) -> Verdict:
    """Damaged when every non-ASCII character is part of a broken one; intact when none is."""
    first: dict[str, int] = {}
    for piece in evidence(text):
        first.setdefault(piece.sign, piece.index)
    if "damaged" in first and "intact" in first:
        raise mixed(text, damaged=first["damaged"], intact=first["intact"])
    if "damaged" in first:
        return Verdict.DAMAGED
    if "either" in first and "intact" not in first:
        line, column = place(text, first["either"])
        message = (
            "this can be right as it is, or UTF-8 read as Mac Roman; say which with --decoding"
        )
        raise DecodingError(message, line=line, column=column)
    return Verdict.INTACT


def mixed(text: str, *, damaged: int, intact: int) -> DecodingError:
    """Points at the kind of character that comes second: up to there the file agreed with
    itself."""
    damaged_line, damaged_column = place(text, damaged)
    intact_line, intact_column = place(text, intact)
    words = (
        f"some characters are UTF-8 read as Mac Roman (line {damaged_line}, column "
        f"{damaged_column}) and some are right "
        f"(line {intact_line}, column {intact_column}: {text[intact]!r}); mend one kind, or say "
        "which with --decoding"
    )
    line, column = place(text, max(damaged, intact))
    return DecodingError(words, line=line, column=column)


def repair(text: str) -> str:
    try:
        return text.encode("mac_roman").decode("utf-8")
    except UnicodeEncodeError as error:
        line, column = place(text, error.start)
        message = f"{text[error.start]!r} cannot come from Mac Roman"
        raise DecodingError(message, line=line, column=column) from error
    except UnicodeDecodeError as error:  # one byte is one character here
        line, column = place(text, error.start)
        message = f"{text[error.start]!r} is no part of a character that was UTF-8"
        raise DecodingError(message, line=line, column=column) from error


def evidence(text: str) -> Iterator[Evidence]:
    """Each non-ASCII character, or each group of them that decodes to one."""
    index = 0
    while index < len(text):
        if text[index].isascii():
            index += 1
            continue
        piece = evidence_at(text, index)
        yield piece
        index += piece.length


def evidence_at(text: str, index: int) -> Evidence:
    lead = mac_roman(text[index])
    length = (
        2
        if 0xC2 <= lead <= 0xDF
        else 3
        if 0xE0 <= lead <= 0xEF
        else 4
        if 0xF0 <= lead <= 0xF4
        else 0
    )
    if not length or not is_one_character(text[index : index + length]):
        return Evidence(index, 1, "intact")
    # “Ü and —é are a damaged Cyrillic or Greek letter as well as good typography.
    sure = length > 2 or lead in LATIN_LEADS
    return Evidence(index, length, "damaged" if sure else "either")


def mac_roman(character: str) -> int:
    """Its byte, or 0 when Mac Roman has no such character."""
    return (
        character.encode("mac_roman", errors="ignore")[0]
        if character.encode("mac_roman", errors="ignore")
        else 0
    )


def is_one_character(piece: str) -> bool:
    try:
        return len(piece.encode("mac_roman").decode("utf-8")) == 1
    except UnicodeError:
        return False


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column of a character, from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
