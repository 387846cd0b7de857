"""A kind of thing to try: what a reader may change, and what an engine says of it.

Nothing is judged here: an answer says what is so, and why. It is given in the process that answers
the request, so every kind takes steps in proportion to what was typed, which `MOST` and
`LONGEST_LINE` bound (`tests/labs/grading/tries/test_bounded.py` counts them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from labs.grading.errors import AnswerError
from labs.grading.said import say

MOST = 4_000  # characters of a text
LONGEST_LINE = 300  # characters of a single line
SHOWN = 40  # rows of a table

Texts = Mapping[str, str]  # what stands in each field, by its name


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a reader may change. `lines` 0 is a single line; a short one stands beside
    others."""

    name: str
    label: str
    lines: int = 0
    is_short: bool = False
    hint: str = ""

    @property
    def most(self) -> int:
        return MOST if self.lines else LONGEST_LINE


class Tone(StrEnum):
    YES, NO, INFO = "ok", "bad", "info"


class Mark(StrEnum):
    """What a statement, rule or route had to do with the answer."""

    DECIDES = "decides"
    MATCHES = "matches"  # and another one decides
    PASSES_BY = "passes-by"  # does not match
    UNSEEN = "unseen"  # not looked at any more


@dataclass(frozen=True, slots=True)
class Row:
    """One of the statements, rules or routes that were asked."""

    name: str
    mark: Mark
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    title: str
    rows: tuple[Row, ...]

    @property
    def shown(self) -> tuple[Row, ...]:
        return self.rows[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.rows) - len(self.shown)


@dataclass(frozen=True, slots=True)
class TryAnswer:
    """`words` says it all in a sentence; the rest says why."""

    tone: Tone
    words: str
    tables: tuple[Rows, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()  # term and value
    notes: tuple[str, ...] = ()


class TryKind(Protocol):
    # The fields for texts of these names, in reading order; SpecError where that does not fit.
    def fields(self, names: frozenset[str]) -> tuple[Field, ...]: ...

    # What the engine says; FieldError names the field, and where it can line and column.
    def answer(self, texts: Texts) -> TryAnswer: ...


class FieldError(AnswerError):
    """What stands in one field cannot be read."""

    def __init__(
        self, field: str, message: str, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, line, column)
        self.field = field


def field_error(field: str, error: AnswerError) -> FieldError:
    return FieldError(field, error.message, error.line, error.column)


def too_long(field: Field) -> FieldError:
    return FieldError(
        field.name, say("The text is longer than {most} characters.", most=field.most)
    )
