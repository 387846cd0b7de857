"""Words of an instruction, and the variables in them.

Source: Dockerfile reference, "Environment replacement": `$name`, `${name}`, `${name:-word}`,
`${name:+word}`; a backslash before the `$` keeps it; in single quotes nothing is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

WORD = re.compile(r"(?:[^\s\"'\\]|\\.|\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\"'\\])+", re.DOTALL)
PIECE = re.compile(
    r"'(?P<single>[^']*)'|\"(?P<double>(?:[^\"\\]|\\.)*)\"|\\(?P<escaped>.)"
    r"|\$(?P<name>[A-Za-z_][A-Za-z0-9_]*)|\$\{(?P<braced>[A-Za-z_][A-Za-z0-9_]*)"
    r"(?P<how>:[-+])?(?P<other>[^{}]*)\}|(?P<plain>[^'\"\\$]+|.)",
    re.DOTALL,
)
IN_QUOTES = re.compile(
    r"\\(?P<escaped>[\"$\\])|\$(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|\$\{(?P<braced>[A-Za-z_][A-Za-z0-9_]*)(?P<how>:[-+])?(?P<other>[^{}]*)\}"
    r"|(?P<plain>[^\\$]+|.)",
    re.DOTALL,
)
LONGEST = 4_000  # of what a word is expanded to


def words_in(text: str) -> list[str]:
    """As they stand there."""
    return WORD.findall(text)


def expanded(word: str, values: Mapping[str, str]) -> str:
    """Without its quotation marks, with its variables: those that are not set are empty."""
    pieces = []
    for found in PIECE.finditer(word):
        if found["single"] is not None:
            pieces.append(found["single"])
        elif found["double"] is not None:
            inner = IN_QUOTES.finditer(found["double"])
            pieces.extend(piece_of(one, values) for one in inner)
        else:
            pieces.append(piece_of(found, values))
    return "".join(pieces)[:LONGEST]


def piece_of(found: re.Match[str], values: Mapping[str, str]) -> str:
    if found["plain"] is not None:
        return found["plain"]
    if found["escaped"] is not None:
        return found["escaped"]
    value = values.get(found["name"] or found["braced"], "")
    if found["how"] == ":-":
        return value or found["other"]
    if found["how"] == ":+":
        return found["other"] if value else ""
    return value


def pairs_in(text: str) -> list[tuple[str, str]]:
    """`A=1 B="two words"`, and the older `A one two` with one variable; raw values. A word without
    `=` has None of it: ("A", "")."""
    words = words_in(text)
    if words and "=" not in words[0]:
        return [(words[0], text.strip()[len(words[0]) :].strip())]
    return [(name, value) for name, _equals, value in (word.partition("=") for word in words)]
