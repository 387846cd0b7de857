"""What changed between two attempts: lines of text (capped, hostile texts must stay cheap)
and packets that pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from labs.grading.network.exercise.probes import changes
from labs.models import Submission

MOST_LINES = 300
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Line:
    look: str  # add, del, hunk or nothing
    text: str


def difference(before: str, after: str) -> list[Line]:
    """Changed lines with their surroundings, as `diff -u` shows them;
    empty when nothing changed."""
    lines = unified_diff(clip(before), clip(after), lineterm="", n=2)
    return [Line(look_of(line), line) for line in list(lines)[2:]]


def clip(text: str) -> list[str]:
    return [line[:LONGEST_LINE] for line in text.split("\n")[:MOST_LINES]]


def look_of(line: str) -> str:
    return {"+": "add", "-": "del", "@": "hunk"}.get(line[:1], "")


def packet_changes(submission: Submission, extra: Mapping[str, Any]) -> dict[str, list[str]]:
    """The packets (in words) that pass only now, and only before:
    since the last attempt with a verdict."""
    now = packets_of(extra)
    before = submission.earlier().graded().first() if now else None
    if before is None or before.grade is None:
        return {}
    return changes(packets_of(before.grade.report.get("extra", {})), now)


def packets_of(extra: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = extra.get("probes") or extra.get("packets") or []
    # Packet walks are predictions: they have no outcome of their own
    return [row for row in rows if row.get("actual")]
