"""A JSON value that knows where each part of it stands, and the error that says where it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError, Position

Path = tuple[str | int, ...]


class JsonError(AnswerError):
    """The text is not JSON. `code` names the mistake: "json.syntax",
    "json.duplicate-key" and so on."""

    def __init__(self, message: str, line: int, column: int, *, code: str = "json.syntax") -> None:
        super().__init__(message, line, column)
        self.code = code


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """The value, and where each part of it begins.

    A path is the keys and indexes that lead to a value: `("Statement", 0, "Action")`;
    `()` is the whole document.
    """

    text: str
    value: object
    values: Mapping[Path, int]
    keys: Mapping[Path, int]

    def position(self, path: Path = ()) -> Position:
        """Line and column of the value; of the nearest part around it when the path does not
        exist."""
        return position_in(self.text, _nearest(self.values, path))

    def key_position(self, path: Path) -> Position:
        """Line and column of the key itself (`path` ends with it);
        of the value where there is no key."""
        offset = self.keys.get(path)
        return self.position(path) if offset is None else position_in(self.text, offset)


def position_in(text: str, offset: int) -> Position:
    """Line and column (from 1) of an offset into the text."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def _nearest(offsets: Mapping[Path, int], path: Path) -> int:
    while path and path not in offsets:
        path = path[:-1]
    return offsets.get(path, 0)
