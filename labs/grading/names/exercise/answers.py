"""Reads how a learner took names apart: for each item its parts, as YAML writes them in lines, in
lines with braces, or as JSON.

    m5.2xlarge:                          m5.2xlarge: {family: m, generation: 5}
      family: m
      generation: 5                      shop.example.com: exact

Of YAML that is the part that somebody writes who fills in a form: one line after the other, so that
reading takes steps in proportion to the text. A part with nothing behind its colon is not filled
in; that it has to stay empty is written as `none`, `-`, `~`, `null` or `""`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from labs.grading.errors import AnswerError, Position
from labs.grading.json_text import read_json
from labs.grading.said import Said, filled, say

MAX_LINES = 300
SHOWN = 40  # signs of what was typed in a message
NONE = {"none", "-", "–", "—", "~", "null", "nothing", "empty", "n/a"}
QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "`": "`"}
KEY = re.compile(r"[^\s\"'{}\[\],#][^{}\[\],]{0,200}?(?=:(?:\s|$))")
COMMENT = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True, slots=True)
class Given:
    """One part as it was typed. `text` is "" for one that has to stay empty."""

    text: str
    at: Position


@dataclass(slots=True)
class Item:
    at: Position
    parts: dict[str, Given] = field(default_factory=dict)  # "": a value without a part's name


Answer = Mapping[str, Item]


# What is said of an item that is there twice, where items have parts and where they have none
INDENT = say("“{name}” is here twice. Indent the parts of an item.")
TWICE = say("“{name}” is here twice.")


def read_names(text: str, twice: Said = INDENT, *, lists: bool = False) -> dict[str, Item]:
    """AnswerError names line and column. `lists`: values may stand below each other, each behind
    its dash; they are one value, with commas in between, as in `[a, b]`."""
    is_object = text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    return read_object(text, twice) if is_object else read_lines(text, twice, lists=lists)


def read_object(text: str, twice: Said) -> dict[str, Item]:
    document = read_json(text, max_depth=3)
    if not isinstance(document.value, dict):
        raise AnswerError(say('Expected { "item": { "part": "value" } }.'), 1, 1)
    found: dict[str, Item] = {}
    for name, value in document.value.items():
        at = document.position((name,))
        item = new_item(found, name, at, twice)
        if isinstance(value, dict):
            for part, inner in value.items():
                put(item, part, json_value(inner, document.position((name, part))))
        else:
            put(item, "", json_value(value, at))
    return found


def json_value(value: object, at: Position) -> Given:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return Given(", ".join(value), at)
    if isinstance(value, dict | list):
        raise AnswerError(say("A part is one value: a word, a number or a text."), *at)
    if isinstance(value, bool):
        return Given("yes" if value else "no", at)
    text = "" if value is None else str(value).strip()
    return Given("" if text.lower() in NONE else text, at)


def read_lines(text: str, twice: Said, *, lists: bool = False) -> dict[str, Item]:
    found: dict[str, Item] = {}
    item: Item | None = None
    outer: int | None = None
    part = ""  # which waits for the values below it
    for number, raw in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        if number > MAX_LINES:
            raise AnswerError(say("More than {most} lines.", most=MAX_LINES), number, 1)
        line = raw.rstrip()
        start = len(line) - len(line.lstrip())
        if not line or line[start] == "#" or line.strip() in ("---", "..."):
            continue
        outer = start if outer is None else outer
        dashed = line[start:].startswith("- ")
        start += 2 if dashed else 0
        if lists and dashed and item is not None and not KEY.match(line, start):
            add_value(item, part, read_value(line, start, number))
            continue
        name, at = read_key(line, start, number)
        if len(raw) - len(raw.lstrip()) <= outer:
            item, part = new_item(found, name, (number, start + 1), twice), ""
            fill(item, line, at, number)
        elif item is not None:
            part = name
            put_given(item, name, read_value(line, at, number), (number, start + 1))
    return found


def add_value(item: Item, part: str, given: Given | None) -> None:
    """One more value of a list."""
    if given is not None:
        part = part.strip().lower()
        before = item.parts.get(part)
        item.parts[part] = Given(f"{before.text}, {given.text}", before.at) if before else given


def read_key(line: str, start: int, number: int) -> tuple[str, int]:
    """The key, and where its value begins."""
    if (quote := line[start]) in QUOTES:
        end = line.find(QUOTES[quote], start + 1)
        if end > 0 and line[end + 1 : end + 2] == ":":
            return line[start + 1 : end], end + 2
    elif found := KEY.match(line, start):
        return found[0].strip(), found.end() + 1
    if ":" in line[start:]:
        raise AnswerError(
            say("Write “name: value”, with a blank behind the colon."), number, start + 1
        )
    raise AnswerError(say("Write “name: value”."), number, start + 1)


def new_item(found: dict[str, Item], name: str, at: Position, twice: Said) -> Item:
    if name in found:
        raise AnswerError(filled(twice, name=name[:SHOWN]), *at)
    found[name] = Item(at)
    return found[name]


def fill(item: Item, line: str, at: int, number: int) -> None:
    """What stands behind an item's colon: nothing, its parts in braces, or one value."""
    at += len(line[at:]) - len(line[at:].lstrip())
    if line[at : at + 1] != "{":
        put_given(item, "", read_value(line, at, number), (number, at + 1))
        return
    for name, given, start in in_braces(line, at + 1, number):
        put_given(item, name, given, (number, start + 1))


def in_braces(line: str, at: int, number: int) -> Iterator[tuple[str, Given | None, int]]:
    while True:
        at = past_blanks(line, at)
        if line[at : at + 1] == "}":
            break
        if at >= len(line):
            raise AnswerError(say("The brace “{” is not closed in this line."), number, len(line))
        start = at
        refuse_second_value(line, start, number)
        name, at = read_key(line, start, number)
        at = past_blanks(line, at)
        is_quoted = line[at : at + 1] in QUOTES
        given, at = quoted(line, at, number) if is_quoted else bare(line, at, number)
        yield name, given, start
        at = past_blanks(line, at)
        at += line[at : at + 1] == ","
    refuse_more(line, at + 1, number)


def refuse_second_value(line: str, at: int, number: int) -> None:
    """`{header: 10.0.0.1, 10.0.0.2}`: YAML takes what follows the comma for the next part."""
    if line[at - 1 : at] != "{" and line[at] not in QUOTES and not KEY.match(line, at):
        raise AnswerError(
            say("Put a value that has a comma in it between quotation marks."), number, at + 1
        )


def past_blanks(line: str, at: int) -> int:
    while line[at : at + 1].isspace():
        at += 1
    return at


def read_value(line: str, at: int, number: int) -> Given | None:
    """The rest of a line as one value; None where nothing stands there."""
    at = past_blanks(line, at)
    if line[at : at + 1] in QUOTES:
        given, end = quoted(line, at, number)
        refuse_more(line, end, number)
        return given
    comment = COMMENT.search(line, max(at - 1, 0))
    return typed(line[at : comment.start() if comment else len(line)], (number, at + 1))


def bare(line: str, at: int, number: int) -> tuple[Given | None, int]:
    """A value in braces, up to the next comma or the brace's end."""
    ends = [end for sign in ",}" if (end := line.find(sign, at)) >= 0]
    end = min(ends, default=len(line))
    return typed(line[at:end], (number, at + 1)), end


def typed(text: str, at: Position) -> Given | None:
    text = text.strip()
    return Given("" if text.lower() in NONE else text, at) if text else None


def quoted(line: str, at: int, number: int) -> tuple[Given, int]:
    end = line.find(QUOTES[line[at]], at + 1)
    if end < 0:
        raise AnswerError(say("This quotation mark is not closed."), number, at + 1)
    text = line[at + 1 : end].strip()
    return typed(text, (number, at + 1)) or Given("", (number, at + 1)), end + 1


def refuse_more(line: str, at: int, number: int) -> None:
    rest = COMMENT.split(line[at:], maxsplit=1)[0].strip().rstrip(",")
    if rest:
        column = line.index(rest, at) + 1
        raise AnswerError(say("Nothing can follow here in this line."), number, column)


def put_given(item: Item, name: str, given: Given | None, at: Position) -> None:
    if given is not None:
        put(item, name, Given(given.text, at))


def put(item: Item, name: str, given: Given) -> None:
    name = name.strip().lower()
    if name in item.parts:
        raise AnswerError(filled(TWICE, name=name[:SHOWN]), *given.at)
    item.parts[name] = given
