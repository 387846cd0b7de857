"""The members of one JSON object read strictly: what is wrong is collected, and reading goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.json_document import Path
from labs.grading.json_text import read_json
from labs.grading.refusal import Refusal
from labs.grading.said import Said, say

FORM, UNKNOWN, MISSING, VALUE = (
    "lifecycle.form",
    "lifecycle.unknown-key",
    "lifecycle.missing",
    "lifecycle.value",
)
LARGEST = 2**31 - 1
MAX_DEPTH = 12  # of JSON within a text
KINDS: dict[type, Said] = {
    str: say("a text"),
    int: say("a whole number"),
    bool: say("true or false"),
    list: say("a list"),
    dict: say("an object"),
}


class Fields:
    """One object at its path. Whoever reads it asks for each key; `finish` refuses the others."""

    def __init__(self, value: object, path: Path, refusals: list[Refusal]) -> None:
        self.path, self.refusals = path, refusals
        self.asked: list[str] = []
        self.values: dict[str, Any] = value if isinstance(value, dict) else {}
        self.whole = isinstance(value, dict)
        if not self.whole:
            self.refuse(FORM, say("Write an object here: { … }."))

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def refuse(self, code: str, message: str, key: str = "", *, at_key: bool = False) -> None:
        path = (*self.path, key) if key else self.path
        self.refusals.append(Refusal(code, message, path, at_key))

    def take(self, key: str, kind: type, *, needed: bool = False) -> Any:
        """The value; None where it is not there, or is something else."""
        self.asked.append(key)
        if key not in self.values:
            if needed and self.whole:
                self.refuse(MISSING, say("{key} is missing here.", key=key))
            return None
        value = self.values[key]
        if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
            return value
        self.refuse(VALUE, say("{key} is {kind}.", key=key, kind=KINDS[kind]), key)
        return None

    def choice(self, key: str, choices: Sequence[str], *, needed: bool = False) -> str | None:
        """One of some words; their letters count."""
        value: str | None = self.take(key, str, needed=needed)
        if value is None or value in choices:
            return value
        self.refuse(VALUE, wrong_word(key, value, choices), key)
        return None

    def number(
        self, key: str, *, least: int, most: int = LARGEST, needed: bool = False
    ) -> int | None:
        """A whole number within its limits."""
        value: int | None = self.take(key, int, needed=needed)
        if value is None or least <= value <= most:
            return value
        if most == LARGEST:
            words = say("{key} is at least {least}.", key=key, least=least)
        else:
            words = say("{key} is {least} to {most}.", key=key, least=least, most=most)
        self.refuse("lifecycle.number", words, key)
        return None

    def object(self, key: str, *, needed: bool = False) -> Fields | None:
        value = self.take(key, dict, needed=needed)
        return None if value is None else Fields(value, (*self.path, key), self.refusals)

    def objects(self, key: str, *, needed: bool = False) -> Iterator[Fields]:
        """Each object of a list."""
        for number, value in enumerate(self.take(key, list, needed=needed) or ()):
            yield Fields(value, (*self.path, key, number), self.refusals)

    def leave(self, *keys: str) -> None:
        """What commands print or take beside, and nobody reads here."""
        self.asked += keys

    def document(self, key: str) -> Fields | None:
        """An object that stands there as a text of JSON."""
        text = self.take(key, str)
        if text is None:
            return None
        try:
            value = read_json(text, max_depth=MAX_DEPTH).value
        except AnswerError as error:
            self.refuse(FORM, error.message, key)
            return None
        return Fields(value, (*self.path, key), self.refusals)

    def finish(self) -> None:
        for key in self.values:
            if key not in self.asked:
                self.refuse(UNKNOWN, unknown_key(key, self.asked), key, at_key=True)


def unknown_key(key: str, known: Sequence[str]) -> Said:
    near = nearest(key, known)
    if near:
        return say("Write {near}: there is no {key} here.", near=near, key=key[:60])
    return say("There is no {key} here.", key=key[:60])


def wrong_word(key: str, value: str, choices: Sequence[str]) -> Said:
    near = nearest(value, choices)
    if near:
        return say("Write {near}: {key} is never {value}.", near=near, key=key, value=value[:60])
    return say("{key} is one of {choices}.", key=key, choices=", ".join(choices))


def nearest(name: str, known: Sequence[str]) -> str:
    """The same in other letters, or nearly the same."""
    same = next((one for one in known if one.lower() == name.lower()), "")
    return same or next(iter(get_close_matches(name[:60], known, 1, 0.7)), "")
