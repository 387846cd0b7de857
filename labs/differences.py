"""What changed between two attempts. Capped: a comparison of hostile texts must stay cheap."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff

MOST_LINES = 300
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Line:
    look: str  # add, del, hunk or nothing
    text: str


def difference(before: str, after: str) -> list[Line]:
    """Changed lines with their surroundings, as `diff -u` shows them; empty when nothing changed."""
    lines = unified_diff(clip(before), clip(after), lineterm="", n=2)
    return [Line(look_of(line), line) for line in list(lines)[2:]]


def clip(text: str) -> list[str]:
    return [line[:LONGEST_LINE] for line in text.split("\n")[:MOST_LINES]]


def look_of(line: str) -> str:
    return {"+": "add", "-": "del", "@": "hunk"}.get(line[:1], "")
