"""Words: quotes, variables and commands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tree_sitter import Node

from labs.grading.errors import AnswerError
from labs.grading.first_boot.shell.script import (
    Block,
    Literal,
    Piece,
    Substitution,
    Variable,
    Word,
)
from labs.grading.first_boot.shell.source import MARKS, SHOWN, Source, limit, refuse
from labs.grading.said import say

IN_DOUBLE = re.compile(r'\\([$"`\\]|\n)')
IN_HEREDOC = re.compile(r"\\([$`\\]|\n)")
BARE = re.compile(r"\\(.|\n)", re.DOTALL)
BRACES = re.compile(r"\{[^{}]*(?:,|\.\.)[^{}]*\}")
VARIABLE = re.compile(r"\$(?:(\w+|[?@*#$!-])|\{(\w+|[?@*#])(?::?-([^$`{}]*))?\})")
UNPARSED = re.compile(r"\\.|`|\$\(|\$\{|\$[A-Za-z_]", re.DOTALL)
INSIDE = Callable[[Source, Sequence[Node], int], Block]


class Words:
    """Reads words; `inside` reads the commands in `$(…)`."""

    def __init__(self, source: Source, depth: int, inside: INSIDE) -> None:
        self.source, self.depth, self.inside = source, depth, inside

    def word(self, node: Node) -> Word:
        text = self.source.of(node)
        if node.type == "concatenation" and BRACES.search(text):
            raise self.not_modelled(node, text)
        return Word(tuple(self.pieces(node)), self.source.at(node))

    def pieces(self, node: Node) -> Iterator[Piece]:
        kind, text = node.type, self.source.of(node)
        if kind == "extglob_pattern" and not set("*?[(") & set(text):
            kind = "word"
        if kind in ("word", "number", "test_operator", "variable_name"):
            yield from bare(text)
        elif kind == "raw_string":
            yield Literal(text[1:-1], True)
        elif kind in ("string", "translated_string"):
            yield from self.marked(node, node.start_byte + 1, node.end_byte - 1, IN_DOUBLE)
        elif kind in ("concatenation", "command_name"):
            yield from self.joined(node)
        elif kind in MARKS:
            yield self.mark(node, quoted=False)
        elif not node.children and text in ("=", "==", "!=", "!", "$", "{", "}"):
            yield Literal(text, False)
        else:
            raise self.not_modelled(node, text)

    def joined(self, node: Node) -> Iterator[Piece]:
        """Words without a blank between them; what the parser has no node for is text."""
        last = node.start_byte
        for child in node.children:
            yield from bare(self.source.text(last, child.start_byte))
            yield from self.pieces(child)
            last = child.end_byte
        yield from bare(self.source.text(last, node.end_byte))

    def marked(self, node: Node, start: int, end: int, escapes: re.Pattern[str]) -> Iterator[Piece]:
        """Text in which only `$` and backslashes mean something. The text between two marks is
        taken from the source, for the parser leaves blanks out, or puts them into the mark that
        follows."""
        last, empty = start, True
        for child in node.children:
            if child.type in MARKS:
                text = self.source.of(child)
                begin = child.start_byte + len(text) - len(text.lstrip())
                yield from self.between(node, last, begin, escapes)
                yield self.mark(child, quoted=True)
                last, empty = child.end_byte, False
        if last < end or empty:
            yield from self.between(node, last, end, escapes)

    def between(
        self, node: Node, start: int, end: int, escapes: re.Pattern[str]
    ) -> Iterator[Piece]:
        """Text between two marks. The parser overlooks some in heredocs: those that stand behind
        blanks at the beginning of a line, and commands in backticks."""
        text, last = self.source.text(start, end), 0
        for found in UNPARSED.finditer(text):
            begin = found.start()
            if found[0].startswith("\\") or begin < last:
                continue
            piece, length = self.overlooked(node, text, start, begin)
            yield Literal(unescaped(text[last:begin], escapes), True)
            yield piece
            last = begin + length
        yield Literal(unescaped(text[last:], escapes), True)

    def overlooked(self, node: Node, text: str, start: int, begin: int) -> tuple[Piece, int]:
        """The mark that begins in `text`, and its length. A command is parsed by itself, up to
        its backtick or the end of its line."""
        variable = VARIABLE.match(text, begin)
        if variable:
            return self.named(variable, quoted=True), len(variable[0])
        end = text.find("`", begin + 1) + 1 if text[begin] == "`" else text.find("\n", begin)
        at = start + len(text[:begin].encode())
        source = self.source.part(at, at + len(text[begin : end if end > 0 else None].encode()))
        mark = source.mark_at_start()
        if mark is None:
            raise self.not_modelled(node, text[begin:])
        return Words(source, self.depth, self.inside).mark(mark, quoted=True), len(source.of(mark))

    def mark(self, node: Node, *, quoted: bool) -> Piece:
        if node.type == "command_substitution":
            commands = [one for one in node.children if one.type not in ("$(", ")", "`")]
            return Substitution(self.inside(self.source, commands, self.depth + 1), quoted)
        return self.variable(node, quoted=quoted)

    def variable(self, node: Node, *, quoted: bool) -> Piece:
        """`$NAME`, `${NAME}` or `${NAME:-text}`; `$1`, `$#` and `$@` are what a function was called
        with, and nothing outside of one."""
        text = self.source.of(node).lstrip()
        found = VARIABLE.fullmatch(text)
        if found is None or node.type == "arithmetic_expansion":
            raise self.not_modelled(node, text)
        return self.named(found, quoted=quoted)

    def named(self, found: re.Match[str], *, quoted: bool) -> Piece:
        name = found[1] or found[2]
        default = found[3]
        return Variable(name, quoted, None if default is None else default.strip("\"'"))

    def not_modelled(self, node: Node, text: str) -> AnswerError:
        words = say(
            "This machine does not model “{text}”. Say it with plain words, variables and $(…).",
            text=text.split("\n")[0][:SHOWN],
        )
        return refuse(self.source, node, limit(words))


def unescaped(text: str, escapes: re.Pattern[str]) -> str:
    return escapes.sub(lambda found: "" if found[1] == "\n" else found[1], text)


def bare(text: str) -> Iterator[Piece]:
    """What is behind a backslash means nothing but itself."""
    last = 0
    for found in BARE.finditer(text):
        if text[last : found.start()]:
            yield Literal(text[last : found.start()], False)
        if found[1] != "\n":
            yield Literal(found[1], True)
        last = found.end()
    if text[last:]:
        yield Literal(text[last:], False)
