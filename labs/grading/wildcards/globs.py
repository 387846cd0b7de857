"""Wildcards and policy variables: `*` is any run of characters, `?` exactly one,
`${key}` a value of the request.

Matching is linear for `*` (leftmost pieces, no backtracking), whatever a hostile pattern looks
like.
Source: IAM User Guide, "IAM policy elements: Variables and tags".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache


class Wildcard(Enum):
    RUN = "*"
    ONE = "?"
    __hash__ = object.__hash__  # there is one object a wildcard; Enum's own hash is slower


WILDCARDS = {"*": Wildcard.RUN, "?": Wildcard.ONE}
MARK = re.compile(r"[*?]|\$\{")


@dataclass(frozen=True, slots=True)
class Variable:
    """`${key}` or `${key, 'default'}`; the key in lower case,
    because condition keys ignore case."""

    key: str
    default: str | None = None
    written: str = field(default="", compare=False)


Token = str | Wildcard | Variable  # a str is literal text
# A key in lower case → its value, None when it has no single value
Lookup = Callable[[str], str | None]
ESCAPED = frozenset("*?$")  # ${*}, ${?} and ${$} are the characters themselves


def tokens_of(text: str, *, variables: bool, wildcards: bool = True) -> tuple[Token, ...]:
    """Split a pattern into literal text, wildcards and variables;
    an unclosed `${` is literal text."""
    return joined(read_tokens(text, variables, wildcards))


def read_tokens(text: str, variables: bool, wildcards: bool) -> Iterator[Token]:
    at, last_end = 0, text.rfind("}") if variables else -1
    while mark := MARK.search(text, at):
        if mark.start() > at:
            yield text[at : mark.start()]
        at = mark.end()
        if mark[0] in WILDCARDS:
            yield WILDCARDS[mark[0]] if wildcards else mark[0]
        elif at <= last_end:
            end = text.index("}", at)
            yield read_variable(text[at:end])
            at = end + 1
        else:
            yield mark[0]
    if at < len(text):
        yield text[at:]


def read_variable(inside: str) -> Token:
    if inside in ESCAPED:
        return inside
    key, comma, rest = inside.partition(",")
    quoted = rest.strip()
    if comma and len(quoted) >= 2 and quoted[0] == quoted[-1] == "'":
        return Variable(key.strip().lower(), quoted[1:-1], key.strip())
    return Variable(inside.strip().lower(), None, inside.strip())


def joined(tokens: Iterator[Token]) -> tuple[Token, ...]:
    merged: list[Token] = []
    for token in tokens:
        if isinstance(token, str) and merged and isinstance(merged[-1], str):
            merged[-1] += token
        elif not (token is Wildcard.RUN and merged and merged[-1] is Wildcard.RUN):
            merged.append(token)
    return tuple(merged)


def split_at_colons(tokens: Sequence[Token], segments: int) -> list[tuple[Token, ...]]:
    """Cut at literal colons into at most `segments` parts; a colon inside a variable's name does
    not cut."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        pieces = token.split(":", segments - len(parts)) if isinstance(token, str) else [token]
        parts[-1].append(pieces[0])
        parts.extend([piece] for piece in pieces[1:])
    return [tuple(token for token in part if token != "") for part in parts]


def resolved(tokens: Sequence[Token], lookup: Lookup) -> tuple[Token, ...] | None:
    """The tokens with every variable replaced by its value as literal text;
    None when one has no value."""
    filled: list[Token] = []
    for token in tokens:
        if isinstance(token, Variable):
            value = lookup(token.key)
            if value is None:
                value = token.default
            if value is None:
                return None
            token = value
        filled.append(token)
    return joined(iter(filled))


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two `*`: literals at their offsets, any character between them."""

    literals: tuple[tuple[int, str], ...]
    length: int

    def at(self, text: str, start: int) -> bool:
        return all(text.startswith(literal, start + offset) for offset, literal in self.literals)

    def find(self, text: str, start: int, end: int) -> int:
        """The leftmost place between start and end where the piece fits; -1 when there is none."""
        if len(self.literals) == 1:
            offset, literal = self.literals[0]
            found = text.find(literal, start + offset, end - self.length + offset + len(literal))
            return found - offset if found >= 0 else -1
        last = end - self.length
        return next((place for place in range(start, last + 1) if self.at(text, place)), -1)


class Glob:
    """A compiled pattern without variables."""

    __slots__ = ("anything", "exact", "pieces")

    def __init__(self, tokens: Sequence[Token]) -> None:
        groups: list[list[Token]] = [[]]
        for token in tokens:
            if token is Wildcard.RUN:
                groups.append([])
            else:
                groups[-1].append(token)
        self.pieces = tuple(piece_of(group) for group in groups)
        self.anything = len(groups) > 1 and all(not group for group in groups)
        plain = len(groups) == 1 and all(isinstance(token, str) for token in tokens)
        self.exact = "".join(str(token) for token in tokens) if plain else None

    def matches(self, text: str) -> bool:
        if self.exact is not None:
            return text == self.exact
        if self.anything:
            return True
        first, last = self.pieces[0], self.pieces[-1]
        if len(self.pieces) == 1:
            return len(text) == first.length and first.at(text, 0)
        end = len(text) - last.length
        if end < first.length or not first.at(text, 0) or not last.at(text, end):
            return False
        return self.matches_middle(text, first.length, end)

    def matches_middle(self, text: str, start: int, end: int) -> bool:
        for piece in self.pieces[1:-1]:
            found = piece.find(text, start, end)
            if found < 0:
                return False
            start = found + piece.length
        return True


def piece_of(tokens: Sequence[Token]) -> Piece:
    literals, length = [], 0
    for token in tokens:
        if isinstance(token, str):
            literals.append((length, token))
        length += len(token) if isinstance(token, str) else 1
    return Piece(tuple(literals), length)


@lru_cache(maxsize=4096)
def glob(text: str) -> Glob:
    """A pattern with wildcards and no variables, compiled once."""
    return Glob(tokens_of(text, variables=False))


@lru_cache(maxsize=4096)
def glob_of(tokens: tuple[Token, ...]) -> Glob:
    """Compiled once."""
    return Glob(tokens)


class Pattern:
    """A glob whose variables are filled in per request."""

    __slots__ = ("fixed", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tuple(tokens)
        has_variable = any(isinstance(token, Variable) for token in tokens)
        self.fixed = None if has_variable else glob_of(self.tokens)

    @property
    def exact(self) -> str | None:
        """The only text that it matches, where it has neither wildcards nor variables."""
        return self.fixed.exact if self.fixed else None

    def compiled(self, lookup: Lookup) -> Glob | None:
        """The glob for one request; None when a variable has no value, so that nothing matches."""
        if self.fixed is not None:
            return self.fixed
        tokens = resolved(self.tokens, lookup)
        return None if tokens is None else glob_of(tokens)

    def matches(self, text: str, lookup: Lookup) -> bool:
        compiled = self.compiled(lookup)
        return compiled is not None and compiled.matches(text)
