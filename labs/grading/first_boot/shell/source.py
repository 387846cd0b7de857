"""Places and text of the parser's nodes."""

from __future__ import annotations

from tree_sitter import Node

from labs.grading.errors import AnswerError, Position

SHOWN = 60  # characters of what was typed, in messages


class Source:
    """The text that was parsed, as bytes, since nodes count in bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def text(self, start: int, end: int) -> str:
        return self.data[start:end].decode()

    def of(self, node: Node) -> str:
        return self.text(node.start_byte, node.end_byte)

    def at(self, node: Node) -> Position:
        """Line and column, in characters and not in bytes."""
        begin = self.data.rfind(b"\n", 0, node.start_byte) + 1
        return node.start_point.row + 1, len(self.text(begin, node.start_byte)) + 1

    def line(self, start: int, end: int) -> str:
        """In one line, shortened."""
        words = " ".join(self.text(start, end).split())
        return words if len(words) <= 2 * SHOWN else words[: 2 * SHOWN] + "…"


def refuse(source: Source, node: Node, message: str) -> AnswerError:
    return AnswerError(message, *source.at(node))
