"""`search.toml` of a course: words that say the same, so that "NACL" finds the network ACL."""

from __future__ import annotations

from pathlib import Path

from lessons.annotations import optional_toml


def read_same_words(folder: Path) -> tuple[tuple[str, ...], ...]:
    """Groups of two or more; none where the course has no such file."""
    table = optional_toml(folder, "search.toml")
    groups = []
    for one in table.tables("same"):
        groups.append(words := one.texts("words"))
        if len(words) < 2:
            raise one.error("words", "are fewer than two: nothing says the same")
    table.finish()
    return tuple(groups)
