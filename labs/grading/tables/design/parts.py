"""Settings of an answer read one by one; what AWS would refuse is noted, with what to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from labs.grading.json_document import Path
from labs.grading.refusal import Refusal
from labs.grading.said import Said, joined, say


@dataclass(slots=True)
class Parts:
    """One object of an answer. `refusals` are shared with those inside of it."""

    values: Mapping[str, object]
    path: Path
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, code: str, words: str, key: str = "", *, at_key: bool = False) -> None:
        path = (*self.path, key) if key else self.path
        self.refusals.append(Refusal(code, words, path, at_key))

    def know(self, *names: str) -> None:
        for key in self.values:
            if key in names:
                continue
            near = get_close_matches(key[:60], names, 1, 0.7)
            if near:
                words = say("Write {near}: there is no {key} here.", near=near[0], key=key[:60])
            else:
                words = say("There is no {key} here. Known: {names}.", key=key[:60],
                            names=joined(names, ", "))  # fmt: skip
            self.refuse("dynamodb.form", words, key, at_key=True)

    def wrong(self, key: str, words: Said) -> None:
        self.refuse("dynamodb.form", words, key if key in self.values else "")

    def text(self, key: str, choices: tuple[str, ...] = ()) -> str:
        """One of the choices, or any text where there are none; "" if it is neither."""
        value = self.values.get(key)
        if isinstance(value, str) and value and (value in choices or not choices):
            return value
        words = say("Give {key} one of these: {names}.", key=key, names=joined(choices, ", "))
        self.wrong(key, words if choices else say("Write a name in {key}.", key=key))
        return ""

    def flag(self, key: str, usual: bool) -> bool:
        value = self.values.get(key, usual)
        if not isinstance(value, bool):
            self.wrong(key, say("Write true or false in {key}.", key=key))
            return usual
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key) or []
        if isinstance(value, list) and all(isinstance(one, str) and one for one in value):
            return tuple(value)
        self.wrong(key, say("Write a list of names below {key}.", key=key))
        return ()

    def mapping(self, key: str) -> Mapping[str, object]:
        value = self.values.get(key) or {}
        if isinstance(value, dict):
            return value
        self.wrong(key, say("Write names and values below {key}.", key=key))
        return {}

    def inner(self, key: str) -> Parts:
        return Parts(self.mapping(key), (*self.path, key), self.refusals)

    def items(self, key: str) -> list[Parts]:
        value = self.values.get(key) or []
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return [
                Parts(one, (*self.path, key, number), self.refusals)
                for number, one in enumerate(value)
            ]
        self.wrong(key, say("Write a list below {key}, each entry with a hyphen.", key=key))
        return []
