"""The words of a script: text, quotes, variables and `$(…)`.

Rules: GNU Bash manual, *Quoting*, *Shell Parameter Expansion*, *Command Substitution*.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NoReturn

from labs.grading.cli.shell.braces import plain_braces
from labs.grading.cli.shell.script import Command, Literal, Part, Substitution, Variable, Word
from labs.grading.errors import AnswerError, Position
from labs.grading.said import say

BLANKS = re.compile(r"(?:[ \t]|\\\n)+")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RUN = re.compile(r"[^\s'\"\\$`|&;<>(){}“”„‘’]+")
IN_QUOTES = re.compile(r"[^\"\\$`]+")
CURLY = "“”„‘’"
STRANGE = {
    "|": say("A pipe has no place here: choose what is printed with --query."),
    "(": say("A parenthesis outside of quotes means something to the shell. Quote the word."),
    ")": say("A parenthesis outside of quotes means something to the shell. Quote the word."),
    "{": say("A brace outside of quotes means something to the shell. Quote the word."),
    "}": say("A brace outside of quotes means something to the shell. Quote the word."),
    "&": say("A single & runs a command in the background; that is not known here."),
    "`": say("Write $(…) for what a command prints."),
    "<": say("Only <<EOF is known here, for the lines of a file."),
}


class WordReader:
    """Where reading stands in the text. Whoever reads commands says what stands in `$(…)`."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.plain: frozenset[int] = frozenset()  # braces that are as good as letters
        self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def commands_inside(self, start: int) -> tuple[Command, ...]:
        """Those of a `$(`, which began at `start`, with the parenthesis that closes it."""
        raise NotImplementedError

    def place(self, at: int) -> Position:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def refuse(self, message: str, at: int | None = None) -> NoReturn:
        raise AnswerError(message, *self.place(self.at if at is None else at))

    def sign(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip_blanks(self) -> None:
        if found := BLANKS.match(self.text, self.at):
            self.at = found.end()

    def word(self, *, may_be_empty: bool = False) -> Word:
        start, parts = self.at, list[Part]()
        while self.put_part(parts):
            pass
        if not parts and not may_be_empty:
            self.refuse(STRANGE.get(self.sign(), say("A word is missing here.")))
        return Word(tuple(parts), self.place(start))

    def put_part(self, parts: list[Part]) -> bool:
        """False at the end of the word."""
        sign = self.sign()
        if found := RUN.match(self.text, self.at):
            parts.append(Literal(found[0]))
            self.at = found.end()
        elif sign == "'":
            parts.append(Literal(self.single_quoted()))
        elif sign == '"':
            self.double_quoted(parts)
        elif sign == "$":
            parts.append(self.dollar(quoted=False))
        elif sign == "\\" and self.text[self.at + 1 : self.at + 2] not in ("", "\n"):
            parts.append(Literal(self.text[self.at + 1]))
            self.at += 2
        elif self.is_plain_brace(sign):
            parts.append(Literal(sign))
            self.at += 1
        elif sign and sign in CURLY:
            self.refuse(say("Use straight quotation marks: ' or \"."))
        else:
            return False
        return True

    def is_plain_brace(self, sign: str) -> bool:
        if sign == "{" and self.at not in self.plain:
            self.plain = plain_braces(self.text, self.at)
        return self.at in self.plain

    def single_quoted(self) -> str:
        end = self.text.find("'", self.at + 1)
        if end < 0:
            self.refuse(say("This quotation mark is not closed."))
        text, self.at = self.text[self.at + 1 : end], end + 1
        return text

    def double_quoted(self, parts: list[Part]) -> None:
        start = self.at
        parts.append(Literal(""))
        self.at += 1
        while (sign := self.sign()) != '"':
            if found := IN_QUOTES.match(self.text, self.at):
                parts.append(Literal(found[0]))
                self.at = found.end()
            elif sign == "$":
                parts.append(self.dollar(quoted=True))
            elif sign == "\\":
                parts.append(Literal(self.escaped()))
            elif sign == "`":
                self.refuse(
                    say(
                        "Inside double quotes the shell takes ` for a command. Put the whole "
                        "query between single quotes."
                    )
                )
            else:
                self.refuse(say("This quotation mark is not closed."), start)
        self.at += 1

    def escaped(self) -> str:
        """In double quotes a backslash protects only what would mean something there."""
        sign = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        return "" if sign == "\n" else sign if sign and sign in '"\\$`' else f"\\{sign}"

    def dollar(self, *, quoted: bool) -> Part:
        start = self.at
        self.at += 1
        if self.sign() == "(":
            self.at += 1
            return Substitution(self.commands_inside(start), quoted)
        braces = self.sign() == "{"
        self.at += braces
        found = NAME.match(self.text, self.at)
        if found is None and not braces:
            return Literal("$")
        if found is None or (braces and self.text[found.end() : found.end() + 1] != "}"):
            self.refuse(say("Of variables only $NAME and ${NAME} are known here."), start)
        self.at = found.end() + braces
        return Variable(found[0], quoted)
