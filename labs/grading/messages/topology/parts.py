"""Values of an answer read with their limits; what does not fit is noted, with what to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from labs.grading.errors import AnswerError
from labs.grading.json_document import Path
from labs.grading.json_text import read_json
from labs.grading.refusal import Refusal
from labs.grading.said import joined, say

MAX_DEPTH = 12  # of JSON within a text


@dataclass(slots=True)
class Parts:
    """One object of an answer. `refusals` are shared by all of them."""

    values: Mapping[str, object]
    path: Path
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, code: str, words: str, key: str = "", *, at_key: bool = False) -> None:
        path = (*self.path, key) if key else self.path
        self.refusals.append(Refusal(code, words, path, at_key))

    def know(self, *names: str) -> None:
        for key in self.values:
            if key not in names:
                near = closest(key, names)
                words = (
                    say("Write {near}: there is no {key} here.", near=near, key=key[:60])
                    if near
                    else say("There is no {key} here. Known: {names}.", key=key[:60],
                             names=joined(names, ", "))
                )  # fmt: skip
                self.refuse("messages.form", words, key, at_key=True)

    def number(self, key: str, usual: int, least: int, most: int) -> int:
        value = self.values.get(key, usual)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            words = say("Give {key} a whole number from {least} to {most}.", key=key, least=least,
                        most=most)  # fmt: skip
            self.refuse("messages.out-of-range", words, key)
            return usual
        return value

    def name(self, key: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
        """A name, or the ARN that ends in it."""
        value = self.values.get(key)
        text = value.rpartition(":")[2] if isinstance(value, str) else ""
        if text not in known:
            names = joined(sorted(known)[:8], ", ")
            words = say("Give {key} one of these: {names}.", key=key, names=names)
            self.refuse("messages.unknown-name", words, key if key in self.values else "")
            return ""
        return text

    def document(self, key: str) -> object:
        """A setting that AWS's API takes as a text of JSON: what the text says, where it is one."""
        value = self.values.get(key)
        if not isinstance(value, str):
            return value
        try:
            return read_json(value, max_depth=MAX_DEPTH).value
        except AnswerError as error:
            self.refuse("messages.form", error.message, key)
            return None

    def inner(self, key: str) -> Parts:
        value = self.document(key)
        if isinstance(value, dict):
            return Parts(value, (*self.path, key), self.refusals)
        if value is not None:
            self.refuse("messages.form", say("Write settings below {key}: key and value.", key=key),
                        key)  # fmt: skip
        return Parts({}, (*self.path, key), self.refusals)

    def items(self, key: str) -> list[Parts]:
        value = self.values.get(key) or []
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return [
                Parts(one, (*self.path, key, number), self.refusals)
                for number, one in enumerate(value)
            ]
        words = say("Write a list below {key}, each entry with a hyphen.", key=key)
        self.refuse("messages.form", words, key)
        return []


def closest(key: str, names: tuple[str, ...]) -> str:
    plain = {name.lower(): name for name in names}
    bare = key.replace("-", "").replace("_", "").lower()[:60]
    near = [bare] if bare in plain else get_close_matches(bare, list(plain), 1, 0.6)
    return plain[near[0]] if near else ""
