"""YAML as people write settings, with the place of every value: blocks by indentation, lists with a
hyphen, `{…}` and `[…]`, text with and without quotation marks, comments. JSON is read as well.

Anchors, tags, several documents and text over several lines are refused; reading takes steps in
proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from labs.grading.errors import AnswerError
from labs.grading.json_document import JsonDocument, Path, position_in
from labs.grading.said import say

KEY = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'#\[\]{},&*!|>%@`-][^\n#]*?)[ ]*:(?=\s|$)", re.M)
FLOW_KEY = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'#\[\]{},][^\n\[\]{},]*?)[ ]*:(?=\s|$)", re.M)
PLAIN = re.compile(r"[^\n]*?(?=[ \t]+#|[ \t]*$)", re.M)
FLOW_PLAIN = re.compile(r"[^\n\[\]{},#]*")
SPACE = re.compile(r"(?:[ \t\r\n]|(?<=[\s\[{,])#[^\n]*)*")
COMMENT = re.compile(r"[ \t]*(?:#[^\n]*)?")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?")
QUOTED = re.compile(r"\"((?:[^\"\\\n]|\\[^\n])*)\"|'((?:[^'\n]|'')*)'")
ESCAPES = {"n": "\n", "t": "\t"}
WORDS: Mapping[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
REFUSED = "&*!|>%@`"
MAX_LINES, MAX_DEPTH = 600, 16


def read_yaml(text: str) -> JsonDocument:
    """AnswerError names line and column."""
    return YamlReader(text.replace("\r\n", "\n")).document()


class YamlReader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}
        self.rows: list[tuple[int, int]] = []  # indentation, and where the line's text begins
        self.row = 0
        at = 0
        for number, line in enumerate(text.split("\n")):
            if number >= MAX_LINES:
                raise self.error(say("More than {most} lines.", most=MAX_LINES), at)
            bare = line.strip()
            if bare and not bare.startswith("#") and bare != "---":
                indent = len(line) - len(line.lstrip(" "))
                if line[indent] == "\t":
                    raise self.error(say("Indent with blanks, not with tabs."), at + indent)
                self.rows.append((indent, at + indent))
            at += len(line) + 1

    def error(self, words: str, at: int) -> AnswerError:
        return AnswerError(words, *position_in(self.text, at))

    def document(self) -> JsonDocument:
        value = self.block((), 0) if self.rows else None
        if self.row < len(self.rows):
            words = say("Indent this line like the others of its block.")
            raise self.error(words, self.rows[self.row][1])
        return JsonDocument(self.text, value, self.values, self.keys)

    def block(self, path: Path, depth: int) -> object:
        indent, at = self.rows[self.row]
        self.values[path] = at
        if depth > MAX_DEPTH:
            raise self.error(say("Nested more than {most} levels deep.", most=MAX_DEPTH), at)
        if self.is_item(at):
            return self.sequence(indent, path, depth)
        if KEY.match(self.text, at):
            return self.mapping(indent, path, depth)
        return self.inline(at, path, depth)

    def is_item(self, at: int) -> bool:
        return self.text[at] == "-" and self.text[at + 1 : at + 2] in (" ", "\n", "")

    def sequence(self, indent: int, path: Path, depth: int) -> list[object]:
        items: list[object] = []
        while self.row < len(self.rows):
            here, at = self.rows[self.row]
            if here != indent or not self.is_item(at):
                break
            inner = COMMENT.match(self.text, at + 1)
            start = inner.end() if inner else at + 1
            where = (*path, len(items))
            if self.text[start : start + 1] in ("\n", ""):
                self.values[where] = at
                items.append(self.below(indent, where, depth))
            else:
                self.rows[self.row] = (indent + start - at, start)
                items.append(self.block(where, depth + 1))
        return items

    def mapping(self, indent: int, path: Path, depth: int) -> dict[str, object]:
        members: dict[str, object] = {}
        while self.row < len(self.rows):
            here, at = self.rows[self.row]
            found = KEY.match(self.text, at)
            if here != indent or self.is_item(at):
                break
            if found is None:
                raise self.error(say("Write “key: value”, with a blank behind the colon."), at)
            where = self.member(members, found, path)
            rest = COMMENT.match(self.text, found.end())
            start = rest.end() if rest else found.end()
            self.values[where] = start
            if self.text[start : start + 1] in ("\n", ""):
                members[str(where[-1])] = self.below(indent, where, depth, key=True)
            else:
                members[str(where[-1])] = self.inline(start, where, depth)
        return members

    def member(self, members: Mapping[str, object], found: re.Match[str], path: Path) -> Path:
        """The path of a new key."""
        name = found[1].strip("\"'") if found[1][0] in "\"'" else found[1]
        if name in members:
            words = say('The key "{key}" is here twice.', key=name[:40])
            raise self.error(words, found.start())
        self.keys[(*path, name)] = found.start()
        return (*path, name)

    def below(self, indent: int, path: Path, depth: int, *, key: bool = False) -> object:
        """What stands in the next lines, further in; a list may stand below its key."""
        self.row += 1
        if self.row < len(self.rows):
            inner, at = self.rows[self.row]
            if inner > indent or (key and inner == indent and self.is_item(at)):
                return self.block(path, depth + 1)
        return None

    def inline(self, at: int, path: Path, depth: int) -> object:
        """A value in its line; one in brackets may go on in the next."""
        self.values[path] = at
        if self.text[at] in REFUSED:
            words = say("Write the value without {sign}: this form of YAML is not read here.",
                        sign=self.text[at])  # fmt: skip
            raise self.error(words, at)
        if self.text[at] in "\"'[{":
            value, end = self.flow(at, path, depth)
        else:
            found = PLAIN.match(self.text, at)
            end = found.end() if found else at
            value = plain(self.text[at:end])
        rest = COMMENT.match(self.text, end)
        end = rest.end() if rest else end
        if self.text[end : end + 1] not in ("\n", ""):
            raise self.error(say("Nothing can follow here in this line."), end)
        while self.row < len(self.rows) and self.rows[self.row][1] <= end:
            self.row += 1
        return value

    # --- In brackets ------------------------------------------------------------------------------

    def flow(self, at: int, path: Path, depth: int) -> tuple[object, int]:
        self.values[path] = at
        if depth > MAX_DEPTH:
            raise self.error(say("Nested more than {most} levels deep.", most=MAX_DEPTH), at)
        match self.text[at : at + 1]:
            case "{":
                return self.members(at, path, depth)
            case "[":
                return self.items(at, path, depth)
            case '"' | "'":
                return self.quoted(at)
        found = FLOW_PLAIN.match(self.text, at)
        end = found.end() if found else at
        if end == at:
            raise self.error(say("A value was expected here."), at)
        return plain(self.text[at:end].strip()), end

    def quoted(self, at: int) -> tuple[str, int]:
        found = QUOTED.match(self.text, at)
        if found is None:
            raise self.error(say("This quotation mark is not closed."), at)
        if found[2] is not None:
            return found[2].replace("''", "'"), found.end()
        unescape: Callable[[re.Match[str]], str] = lambda one: ESCAPES.get(one[1], one[1])  # noqa: E731
        return re.sub(r"\\(.)", unescape, found[1]), found.end()

    def members(self, at: int, path: Path, depth: int) -> tuple[dict[str, object], int]:
        found: dict[str, object] = {}
        here = self.past(at + 1)
        while self.text[here : here + 1] != "}":
            key = FLOW_KEY.match(self.text, here) or re.compile(r"(\"[^\"\n]*\"):").match(
                self.text, here
            )
            if key is None:
                raise self.error(say("Write “key: value”, with a blank behind the colon."), here)
            where = self.member(found, key, path)
            found[str(where[-1])], here = self.flow(self.past(key.end()), where, depth + 1)
            here = self.separated(here, "}", at)
        return found, here + 1

    def items(self, at: int, path: Path, depth: int) -> tuple[list[object], int]:
        found: list[object] = []
        here = self.past(at + 1)
        while self.text[here : here + 1] != "]":
            value, here = self.flow(here, (*path, len(found)), depth + 1)
            found.append(value)
            here = self.separated(here, "]", at)
        return found, here + 1

    def past(self, at: int) -> int:
        found = SPACE.match(self.text, at)
        return found.end() if found else at

    def separated(self, at: int, closing: str, opened: int) -> int:
        here = self.past(at)
        if self.text[here : here + 1] == ",":
            return self.past(here + 1)
        if self.text[here : here + 1] != closing:
            words = say("This bracket is not closed: a comma or {closing} is missing.",
                        closing=closing)  # fmt: skip
            raise self.error(words, opened)
        return here


def plain(text: str) -> object:
    """Text without quotation marks may be a number, true, false or null."""
    if text in WORDS:
        return WORDS[text]
    found = NUMBER.fullmatch(text)
    if found is None:
        return text
    return float(text) if found[1] else int(text)
