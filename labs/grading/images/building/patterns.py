"""Names of files with wildcards.

Source: Dockerfile reference, COPY: "Each <src> may contain wildcards and matching will be done
using Go's filepath.Match rules"; Build context, ".dockerignore files": `**` for any number of
directories, `!` for exceptions, and the last line that fits decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MOST_STARS = 3


def fits_name(pattern: str, name: str) -> bool:
    """One part of a path. `*` any characters, `?` one, `[a-z]` one of them."""
    found = compiled(pattern)
    return found is not None and found.fullmatch(name) is not None


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """None: it fits nothing."""
    if pattern.count("*") > MOST_STARS:
        return None
    pieces = re.split(r"(\*+|\?|\[[^\]]+\])", pattern)
    try:
        return re.compile("".join(map(part_of, pieces)))
    except re.error:
        return None


def part_of(piece: str) -> str:
    if piece.startswith("*"):
        return ".*"
    if piece == "?":
        return "."
    if piece.startswith("[") and piece.endswith("]") and len(piece) > 2:
        inner = piece[1:-1].replace("\\", "").replace("[", "\\[")
        return f"[{inner}]"
    return re.escape(piece)


def fits(pattern: Sequence[str], path: Sequence[str]) -> bool:
    """Part by part."""
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(fits(pattern[1:], path[count:]) for count in range(len(path) + 1))
    return bool(path) and fits_name(pattern[0], path[0]) and fits(pattern[1:], path[1:])


def is_ignored(path: str, lines: Sequence[str]) -> bool:
    """A file is ignored with its directory, unless a later line takes it back."""
    parts = path.split("/")
    above = [parts[:count] for count in range(1, len(parts) + 1)]
    ignored = False
    for line in lines:
        pattern = [one for one in line.removeprefix("!").strip("/").split("/") if one != "."]
        if any(fits(pattern, one) for one in above):
            ignored = not line.startswith("!")
    return ignored


def has_wildcard(text: str) -> bool:
    return any(sign in text for sign in "*?[")
