"""What somebody typed, as all of us read it."""

from __future__ import annotations

DIGITS = 8  # a number that is longer is none of ours


def with_lines(text: str) -> str:
    """Browsers send line ends as CRLF; lines and columns are counted with LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def storable(text: str) -> str:
    """No database takes a NUL or half a surrogate pair, and no page shows them."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def asked_for(text: str, longest: int) -> str:
    """Words to look for."""
    return storable(text.replace("\0", "")).strip()[:longest]


def number(text: str) -> int | None:
    """None where it is no number."""
    is_one = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if is_one else None
