"""Places and text of the parser's nodes."""

from __future__ import annotations

import tree_sitter
import tree_sitter_bash
from tree_sitter import Node

from labs.grading.errors import AnswerError, Position
from labs.grading.said import say

SHOWN = 60  # characters of what was typed, in messages
LANGUAGE = tree_sitter.Language(tree_sitter_bash.language())
MARKS = {"command_substitution", "simple_expansion", "expansion", "arithmetic_expansion"}


def tree_of(data: bytes) -> Node:
    return tree_sitter.Parser(LANGUAGE).parse(data).root_node


class Source:
    """The text that was parsed, as bytes, since nodes count in bytes. `origin`: line and column of
    its beginning in the script."""

    def __init__(self, data: bytes, origin: Position = (1, 1)) -> None:
        self.data, self.origin = data, origin

    def text(self, start: int, end: int) -> str:
        return self.data[start:end].decode()

    def of(self, node: Node) -> str:
        return self.text(node.start_byte, node.end_byte)

    def at(self, node: Node) -> Position:
        """Line and column, in characters and not in bytes."""
        begin = self.data.rfind(b"\n", 0, node.start_byte) + 1
        first = 1 if begin else self.origin[1]
        return node.start_point.row + self.origin[0], len(self.text(begin, node.start_byte)) + first

    def part(self, start: int, end: int) -> Source:
        begin = self.data.rfind(b"\n", 0, start) + 1
        row = self.data.count(b"\n", 0, start)
        column = len(self.text(begin, start)) + (1 if row else self.origin[1])
        return Source(self.data[start:end], (row + self.origin[0], column))

    def mark_at_start(self) -> Node | None:
        """The `$(…)` that this text begins with, read by itself."""
        node = tree_of(self.data).descendant_for_byte_range(0, 1)
        while node is not None and node.type not in MARKS:
            node = node.parent
        return None if node is None or node.start_byte or node.has_error else node

    def line(self, start: int, end: int) -> str:
        """In one line, shortened."""
        words = " ".join(self.text(start, end).split())
        return words if len(words) <= 2 * SHOWN else words[: 2 * SHOWN] + "…"


def limit(what: str) -> str:
    """What the machine does not model is nobody's mistake, and that is said."""
    return say(
        "{what} This is a limit of the lab and no mistake of yours: your answer was not judged.",
        what=what,
    )


def refuse(source: Source, node: Node, message: str) -> AnswerError:
    return AnswerError(message, *source.at(node))
