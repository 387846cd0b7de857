"""Settings of an answer read with their limits; what does not fit is noted, with what to write.

`area` is what the codes of a kind begin with: `<area>.form`, `<area>.out-of-range` and
`<area>.unknown-name` are what is noted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeGuard

from labs.grading.json_document import Path
from labs.grading.refusal import Refusal
from labs.grading.said import joined, say

MOST_ITEMS = 60  # of one list


@dataclass(slots=True)
class Parts:
    """One object of an answer. `notes` are shared by all of them."""

    values: Mapping[str, object]
    path: Path
    area: str
    notes: list[Refusal] = field(default_factory=list)

    def note(self, code: str, words: str, key: str = "", *, at_key: bool = False) -> None:
        path = (*self.path, key) if key else self.path
        self.notes.append(Refusal(f"{self.area}.{code}", words, path, at_key))

    def know(self, *names: str, passed_over: Iterable[str] = ()) -> None:
        """`passed_over`: what a service prints and nobody sets."""
        for key in set(self.values) - set(names) - set(passed_over):
            near = closest(key, names)
            words = (
                say("Write {near}: there is no {key} here.", near=near, key=key[:60])
                if near
                else say("There is no {key} here. Known: {names}.", key=key[:60],
                         names=joined(names, ", "))
            )  # fmt: skip
            self.note("form", words, key, at_key=True)

    def number(self, key: str, usual: int, least: int, most: int) -> int:
        value = self.values.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            words = say("Give {key} a whole number from {least} to {most}.", key=key, least=least,
                        most=most)  # fmt: skip
            self.note("out-of-range", words, key)
            return usual
        return value

    def text(self, key: str, usual: str = "") -> str:
        value = self.values.get(key, usual)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or len(value) > 300:
            self.note("form", say("Write one text behind {key}.", key=key), key)
            return usual
        return value

    def flag(self, key: str, usual: bool) -> bool:
        value = self.values.get(key, usual)
        if not isinstance(value, bool):
            self.note("form", say("Write true or false behind {key}.", key=key), key)
            return usual
        return value

    def choice(self, key: str, usual: str, choices: Sequence[str]) -> str:
        value = self.text(key, usual)
        if value in choices:
            return value
        words = say("Give {key} one of these: {names}.", key=key, names=joined(choices, ", "))
        self.note("unknown-name", words, key if key in self.values else "")
        return usual

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        value = self.values.get(key)
        found = value if isinstance(value, list) else [] if value is None else [value]
        if len(found) <= MOST_ITEMS and all(isinstance(one, str) for one in found):
            return tuple(map(str, found))
        self.note("form", say("Write a list of texts behind {key}.", key=key), key)
        return ()

    def inner(self, key: str) -> Parts:
        value = self.values.get(key)
        if isinstance(value, dict):
            return Parts(value, (*self.path, key), self.area, self.notes)
        if value is not None:
            words = say("Write settings below {key}: key and value.", key=key)
            self.note("form", words, key)
        return Parts({}, (*self.path, key), self.area, self.notes)

    def items(self, key: str) -> list[Parts]:
        value = self.values.get(key) or []
        if is_list_of_objects(value):
            return [
                Parts(one, (*self.path, key, number), self.area, self.notes)
                for number, one in enumerate(value)
            ]
        words = say("Write a list below {key}, each entry with a hyphen.", key=key)
        self.note("form", words, key)
        return []


def is_list_of_objects(value: object) -> TypeGuard[list[dict[str, object]]]:
    return (
        isinstance(value, list)
        and len(value) <= MOST_ITEMS
        and all(isinstance(one, dict) for one in value)
    )


def closest(key: str, names: tuple[str, ...]) -> str:
    plain = {name.lower(): name for name in names}
    bare = key.replace("-", "").replace("_", "").lower()[:60]
    near = [bare] if bare in plain else get_close_matches(bare, list(plain), 1, 0.6)
    return plain[near[0]] if near else ""
