"""Why there is no verdict: the learner's text is unreadable (AnswerError), the author's is
(SpecError), or the engine's limits are reached (Undecided)."""

from __future__ import annotations

Position = tuple[int, int]  # line and column, both from 1


class AnswerError(Exception):
    """The answer cannot be read. Unreadable is not wrong: it costs no attempt.

    `line` and `column` count from 1; None where no place can be named.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, line, column)
        self.message, self.line, self.column = message, line, column

    def __str__(self) -> str:
        if self.line is None:
            return self.message
        return f"line {self.line}, column {self.column or 1}: {self.message}"


class RuleError(Exception):
    """A rule of a document cannot be read. `path` leads to the value, or to the key itself when
    `at_key`."""

    def __init__(self, path: tuple[str | int, ...], message: str, *, at_key: bool = False) -> None:
        super().__init__(path, message)
        self.path, self.message, self.at_key = path, message, at_key

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.message}"


class Undecided(Exception):
    """The answer was read, but a limit ended the check before it could be called right, and no
    mistake was found. No verdict: a human looks at it."""


class SpecError(Exception):
    """A lab's files are wrong. The message names the file and the key."""
