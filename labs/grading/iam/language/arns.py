"""ARN patterns: six segments, each with its own wildcards, and the last takes everything that
follows.

A pattern with fewer than six segments is completed with `*`. Source: IAM User Guide, "Resource:
Incomplete ARN".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from labs.grading.wildcards.globs import (
    Glob,
    Lookup,
    Pattern,
    Token,
    Variable,
    Wildcard,
    glob_of,
    resolved,
    split_at_colons,
    tokens_of,
)

SEGMENTS = 6
RESOURCE_PART = 5

Parts = Sequence[str]  # an ARN cut at its first five colons; any other text is a single part


def arn_parts(text: str) -> Parts:
    return text.split(":", SEGMENTS - 1)


class ArnPattern:
    """Compiled from text; `everything` for a bare `*`."""

    __slots__ = ("everything", "impossible", "segments", "spanning", "text")

    def __init__(self, text: str, *, variables: bool, resource_part_only: bool) -> None:
        """`resource_part_only`: a variable before the fifth colon has no value,
        as in the Resource element."""
        self.text = text
        tokens = tokens_of(text, variables=variables)
        self.everything = tokens == (Wildcard.RUN,)
        parts = six_segments(tokens)
        in_front = any(has_variable(part) for part in parts[:RESOURCE_PART])
        self.impossible = resource_part_only and in_front
        # A variable may hold a whole ARN
        self.spanning = tokens if in_front and not resource_part_only else ()
        self.segments = tuple(Pattern(text, part) for part in parts)

    def matches(self, parts: Parts, lookup: Lookup) -> bool:
        if self.everything:
            return True
        if len(parts) != SEGMENTS or self.impossible:
            return False
        if self.spanning:
            filled = resolved(self.spanning, lookup)
            return filled is not None and all(map(fits, six_segments(filled), parts))
        for pattern, part in zip(self.segments, parts, strict=True):
            compiled = pattern.fixed or pattern.compiled(lookup)
            if compiled is None or not compiled.matches(part):
                return False
        return True

    def compiled(self, lookup: Lookup) -> tuple[Glob, ...] | None:
        """The six globs for one request; None when nothing can match."""
        if self.impossible:
            return None
        globs = [pattern.compiled(lookup) for pattern in self.segments]
        found = tuple(glob for glob in globs if glob is not None)
        return found if len(found) == SEGMENTS else None

    def variables(self) -> set[Variable]:
        return {
            token
            for pattern in self.segments
            for token in pattern.tokens
            if isinstance(token, Variable)
        }


def six_segments(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    parts = split_at_colons(tokens, SEGMENTS)
    return parts + [(Wildcard.RUN,)] * (SEGMENTS - len(parts))


@lru_cache(maxsize=4096)
def arn_pattern(text: str, *, variables: bool, resource_part_only: bool) -> ArnPattern:
    """Compiled once."""
    return ArnPattern(text, variables=variables, resource_part_only=resource_part_only)


def fits(tokens: tuple[Token, ...], text: str) -> bool:
    return glob_of(tokens).matches(text)


def has_variable(tokens: Sequence[Token]) -> bool:
    return any(isinstance(token, Variable) for token in tokens)
