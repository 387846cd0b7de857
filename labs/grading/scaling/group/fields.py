"""Objects of a JSON document read by AWS's names: what is missing, unknown or of another type is an
AnswerError at its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches

from labs.grading.errors import AnswerError
from labs.grading.json_text import JsonDocument, Path
from labs.grading.said import say

LONGEST_NAME = 255
MOST = 10**9


class Fields:
    """One object. `take…` reads a key; `finish` refuses what nobody asked for, except `ignored`:
    keys of AWS that decide nothing here."""

    def __init__(self, document: JsonDocument, path: Path, value: object, what: str) -> None:
        self.document, self.path, self.what = document, path, what
        if not isinstance(value, dict):
            raise self.error(say("{what} is a JSON object.", what=what))
        self.values: Mapping[str, object] = value
        self.asked: set[str] = set()

    def error(self, message: str, key: str = "", *, at_key: bool = False) -> AnswerError:
        path = (*self.path, key) if key else self.path
        place = self.document.key_position(path) if at_key else self.document.position(path)
        return AnswerError(message, *place)

    def has(self, key: str) -> bool:
        self.asked.add(key)
        return self.values.get(key) is not None

    def missing(self, key: str) -> AnswerError:
        return self.error(say("{what} needs {key}.", what=self.what, key=key))

    def number(
        self, key: str, default: int | None = None, *, least: int = 0, most: int = MOST
    ) -> int:
        """A whole number."""
        if not self.has(key):
            if default is None:
                raise self.missing(key)
            return default
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(say("{key} is a whole number.", key=key), key)
        if not least <= value <= most:
            words = say("{key} is {least} to {most}.", key=key, least=least, most=most)
            raise self.error(words, key)
        return value

    def optional_number(self, key: str, *, most: int) -> int | None:
        return self.number(key, 0, most=most) if self.has(key) else None

    def decimal(self, key: str) -> float:
        if not self.has(key):
            raise self.missing(key)
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MOST:
            raise self.error(say("{key} is a number.", key=key), key)
        return float(value)

    def optional_decimal(self, key: str) -> float | None:
        return self.decimal(key) if self.has(key) else None

    def flag(self, key: str, default: bool) -> bool:
        if not self.has(key):
            return default
        value = self.values[key]
        if not isinstance(value, bool):
            raise self.error(say("{key} is true or false.", key=key), key)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        if not self.has(key):
            if default is None:
                raise self.missing(key)
            return default
        value = self.values[key]
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_NAME:
            words = say("{key} is text of 1 to {most} characters.", key=key, most=LONGEST_NAME)
            raise self.error(words, key)
        return value

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        text = self.text(key, default)
        if text not in choices:
            names = ", ".join(choices)
            raise self.error(say("{key} is one of: {names}.", key=key, names=names), key)
        return text

    def objects(self, key: str, what: str, most: int) -> Iterator[Fields]:
        """The objects of a list, which may be left out."""
        for number, value in enumerate(self.items(key, most)):
            yield Fields(self.document, (*self.path, key, number), value, what)

    def items(self, key: str, most: int) -> Sequence[object]:
        values = self.values[key] if self.has(key) else []
        if not isinstance(values, list):
            raise self.error(say("{key} is a list.", key=key), key)
        if len(values) > most:
            raise self.error(say("{key} has at most {most} entries.", key=key, most=most), key)
        return values

    def object(self, key: str, what: str) -> Fields:
        if not self.has(key):
            raise self.missing(key)
        return Fields(self.document, (*self.path, key), self.values[key], what)

    def finish(self, ignored: Collection[str] = ()) -> None:
        known = self.asked.union(ignored)
        for key in self.values:
            if key not in known:
                near = next(iter(get_close_matches(key[:60], sorted(known), 1, 0.7)), "")
                hint = say(" Did you mean {name}?", name=near) if near else ""
                words = say("{what} has no {key}.{hint}", what=self.what, key=key[:60], hint=hint)
                raise self.error(words, key, at_key=True)
