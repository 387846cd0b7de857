"""Strict JSON with the place of every value: what `json.loads` cannot say about a learner's text.

JSON as in RFC 8259, and stricter where two readers could understand two things: no duplicate keys,
no second value after the first, no NaN or Infinity, no number outside the range of a double,
no half of a surrogate pair.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from labs.grading.json_document import JsonDocument as JsonDocument
from labs.grading.json_document import JsonError as JsonError
from labs.grading.json_document import Path as Path
from labs.grading.json_document import position_in as position_in
from labs.grading.said import say

SPACE = re.compile(r"[ \t\n\r]*")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
BARE_WORD = re.compile(r"[^\s,:\[\]{}\"]{1,40}")
LITERALS = {"true": True, "false": False, "null": None}
LONGEST_NUMBER = 40
LONGEST_TEXT = 100_000

WORDS = {
    "'": say("JSON puts text between double quotes, not single ones."),
    "“": say("This is a typographic quote; JSON needs the plain double quote."),
    "”": say("This is a typographic quote; JSON needs the plain double quote."),
    "/": say("JSON has no comments."),
    "#": say("JSON has no comments."),
    "\u00a0": say("This is a non-breaking space; JSON allows plain spaces only."),
}


def read_json(text: str, *, max_depth: int = 32) -> JsonDocument:
    """Read one JSON value. JsonError (an AnswerError) names line and column of the first
    mistake."""
    if len(text) > LONGEST_TEXT:
        raise JsonError(
            say("The text is longer than {most} characters.", most=LONGEST_TEXT),
            1,
            1,
            code="json.too-large",
        )
    return _Reader(text, max_depth).document()


class _Reader:
    """One pass over one text; every method starts at `at` and leaves it behind what was read."""

    def __init__(self, text: str, max_depth: int) -> None:
        self.text, self.max_depth, self.at = text, max_depth, 0
        self.values: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}
        self.decode = json.JSONDecoder().raw_decode

    def document(self) -> JsonDocument:
        if self.text.startswith("\ufeff"):  # some editors write one in front of everything
            self.at = 1
        self.skip_space()
        if self.at == len(self.text):
            raise self.error(say("There is no JSON value here."), code="json.empty")
        value = self.value((), 0)
        self.skip_space()
        if self.at < len(self.text):
            raise self.after_the_end()
        return JsonDocument(text=self.text, value=value, values=self.values, keys=self.keys)

    def after_the_end(self) -> JsonError:
        if self.text[self.at] in "{[":
            return self.error(
                say("A second document begins here; only one is allowed."), code="json.second-root"
            )
        return self.unexpected(say("The document is complete before this"))

    def value(self, path: Path, depth: int) -> object:
        self.values[path] = self.at
        character = self.peek()
        if character == "{":
            return self.nested(self.object, path, depth)
        if character == "[":
            return self.nested(self.array, path, depth)
        if character == '"':
            return self.string()
        if character == "-" or "0" <= character <= "9":
            return self.number()
        return self.literal()

    def nested(self, read: Callable[[Path, int], Any], path: Path, depth: int) -> object:
        if depth >= self.max_depth:
            raise self.error(
                say("Nested more than {most} levels deep.", most=self.max_depth),
                code="json.too-deep",
            )
        self.at += 1
        self.skip_space()
        return read(path, depth + 1)

    def object(self, path: Path, depth: int) -> dict[str, object]:
        members: dict[str, object] = {}
        while self.peek() != "}":
            key = self.key(members)
            here = (*path, key)
            self.keys[here] = self.key_at
            self.colon()
            members[key] = self.value(here, depth)
            if not self.comma("}"):
                break
        self.at += 1
        return members

    def array(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while self.peek() != "]":
            items.append(self.value((*path, len(items)), depth))
            if not self.comma("]"):
                break
        self.at += 1
        return items

    def key(self, members: Mapping[str, Any]) -> str:
        self.key_at = self.at
        if self.peek() != '"':
            raise self.unexpected(say("A key in double quotes was expected"))
        key = self.string()
        if key in members:
            message = say(
                'The key "{key}" is here twice; most readers would silently keep only the last.',
                key=_short(key),
            )
            raise self.error(message, self.key_at, code="json.duplicate-key")
        return key

    def colon(self) -> None:
        self.skip_space()
        if self.peek() != ":":
            raise self.unexpected(say("A colon was expected after the key"))
        self.at += 1
        self.skip_space()

    def comma(self, closing: str) -> bool:
        """True when another member follows; False in front of the closing bracket."""
        self.skip_space()
        if self.peek() == closing:
            return False
        if self.peek() != ",":
            raise self.unexpected(
                say('A comma or "{closing}" was expected', closing=closing),
                code="json.missing-comma",
            )
        comma_at = self.at
        self.at += 1
        self.skip_space()
        if self.peek() == closing:
            message = say(
                'Nothing follows this comma: JSON allows none before "{closing}".', closing=closing
            )
            raise self.error(message, comma_at, code="json.trailing-comma")
        return True

    def string(self) -> str:
        start = self.at
        try:
            value, self.at = self.decode(self.text, start)
        except json.JSONDecodeError as error:
            raise self.string_error(start, error) from None
        for character in (
            value if "\\u" in self.text[start : self.at] or not value.isascii() else ""
        ):
            if "\ud800" <= character <= "\udfff":
                raise self.error(
                    say("Half of a surrogate pair is not a character."),
                    start,
                    code="json.surrogate",
                )
        if "\0" in value:
            raise self.error(
                say("The text holds a NUL character."), start, code="json.control-character"
            )
        return str(value)

    def string_error(self, start: int, error: json.JSONDecodeError) -> JsonError:
        if error.msg.startswith("Unterminated"):
            return self.error(
                say("This text is never closed: a double quote is missing."),
                start,
                code="json.unterminated",
            )
        if error.msg.startswith("Invalid control"):
            message = say(
                "A line break or control character stands inside this text; a double quote "
                "may be missing."
            )
            return self.error(message, error.pos, code="json.control-character")
        return self.error(
            say(
                "The backslash starts an escape that JSON does not know; "
                'write "\\\\" for a backslash.'
            ),
            error.pos,
        )

    def number(self) -> int | float:
        start = self.at
        match = NUMBER.match(self.text, start)
        if match is None or self.text[match.end() : match.end() + 1].strip() not in (
            "",
            ",",
            "]",
            "}",
        ):
            raise self.error(say("This is not a number as JSON writes them."), start)
        if len(match[0]) > LONGEST_NUMBER:
            raise self.error(
                say("A number of more than {most} characters.", most=LONGEST_NUMBER),
                start,
                code="json.number",
            )
        self.at = match.end()
        value = float(match[0]) if match[1] or match[2] else int(match[0])
        if not math.isfinite(float(value)):
            raise self.error(say("This number is too large."), start, code="json.number")
        return value

    def literal(self) -> bool | None:
        match = BARE_WORD.match(self.text, self.at)
        word = match[0] if match else ""
        if word in LITERALS:
            self.at += len(word)
            return LITERALS[word]
        if word.lstrip("+-") in ("NaN", "Infinity", "nan", "inf"):
            raise self.error(say("JSON has no {word}.", word=word), code="json.number")
        if word.lower() in (*LITERALS, "none"):
            raise self.error(
                say("JSON writes true, false and null in small letters; this is {word}.", word=word)
            )
        raise self.unexpected(say("A value was expected"))

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip_space(self) -> None:
        match = SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def error(self, message: str, at: int | None = None, *, code: str = "json.syntax") -> JsonError:
        line, column = position_in(self.text, self.at if at is None else at)
        return JsonError(message, line, column, code=code)

    def unexpected(self, expectation: str, *, code: str = "json.syntax") -> JsonError:
        character = self.peek()
        if not character:
            return self.error(
                say("{expectation}, but the text ends here.", expectation=expectation),
                code="json.unfinished",
            )
        if character in WORDS:
            return self.error(WORDS[character], code="json.comment" if character in "/#" else code)
        match = BARE_WORD.match(self.text, self.at)
        return self.error(
            say(
                "{expectation}, but here is: {found}",
                expectation=expectation,
                found=_short(match[0] if match else character),
            ),
            code=code,
        )


def _short(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else text[:longest] + "…"
