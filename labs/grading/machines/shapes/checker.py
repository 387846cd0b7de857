"""Has a JSON value the shape of the request? The first fault is an AnswerError at its place: what
to do, and then AWS's own words.

Source of the words: botocore's validation of parameters, which the CLI prints. What botocore leaves
to the service (which of several values there are, the largest number) is said in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.json_text import JsonDocument, Path
from labs.grading.listing import listed_with_or
from labs.grading.machines.shapes.shapes import Shapes
from labs.grading.said import Said, filled, say

LONGEST = 60  # characters of a learner's word in a sentence
MOST_NAMES = 8  # of choices in a sentence
TYPES: Mapping[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "boolean": (bool,),
    "timestamp": (str,),
}
CLASSES = {
    dict: "dict", list: "list", str: "str", int: "int", float: "float", bool: "bool",
    type(None): "NoneType",
}  # fmt: skip
NUMBERS = ("integer", "long", "float", "double")


class Checker:
    """`hints`: what to do instead of some keys that nobody knows."""

    def __init__(
        self, document: JsonDocument, shapes: Shapes, hints: Mapping[str, str] | None = None
    ) -> None:
        self.document, self.shapes, self.hints = document, shapes, hints or {}

    def check(self, value: Any, path: Path, *, root: Path | None = None, shape: str = "") -> None:
        """AnswerError where the value, at this path, has another shape. `root`: where the request
        begins, for the names of its parameters."""
        self.root = path if root is None else root
        self.value(value, path, shape or self.shapes.root)

    def value(self, value: Any, path: Path, name: str) -> None:
        shape = self.shapes[name]
        kind = shape["type"]
        fits = isinstance(value, TYPES[kind]) and isinstance(value, bool) == (kind == "boolean")
        if not fits:
            raise self.wrong_type(value, path, kind)
        if kind == "structure":
            self.structure(value, path, shape)
        elif kind == "list":
            self.limits(len(value), path, shape, say("length"))
            for number, one in enumerate(value):
                self.value(one, (*path, number), shape["member"])
        elif kind == "map":
            for key, one in value.items():
                self.value(one, (*path, key), shape["value"])
        elif kind in NUMBERS:
            self.limits(value, path, shape, say("value"))
        elif kind == "string":
            self.text(value, path, shape)

    def structure(self, value: Mapping[str, Any], path: Path, shape: Mapping[str, Any]) -> None:
        members: Mapping[str, str] = shape["members"]
        for key, one in value.items():
            if key not in members:
                raise self.unknown(key, path, list(members))
            self.value(one, (*path, key), members[key])
        for key in shape.get("required", ()):
            if key not in value:
                words = say(
                    "Add {key}. AWS: “{aws}”",
                    key=key,
                    aws=f'Missing required parameter in {self.called(path)}: "{key}"',
                )
                raise AnswerError(words, *self.document.position(path))

    def text(self, value: str, path: Path, shape: Mapping[str, Any]) -> None:
        choices: Sequence[str] = shape.get("enum", ())
        if choices and value not in choices:
            raise self.no_choice(value, path, choices)
        self.limits(len(value), path, shape, say("length"))

    def limits(self, number: float, path: Path, shape: Mapping[str, Any], what: str) -> None:
        for key, outside in (("min", number < shape.get("min", number)),
                             ("max", number > shape.get("max", number))):  # fmt: skip
            if outside:
                words = say(
                    "{name}: its {what} is {number}, {end} is {limit}.",
                    name=self.called(path),
                    what=what,
                    number=number,
                    end=say("the least") if key == "min" else say("the most"),
                    limit=shape[key],
                )
                raise AnswerError(words, *self.document.position(path))

    def called(self, path: Path) -> str:
        """As botocore names a parameter: `BlockDeviceMappings[0].Ebs`; the whole is `input`."""
        found = ""
        for step in path[len(self.root) :]:
            found += f"[{step}]" if isinstance(step, int) else f".{step[:LONGEST]}"
        return found.lstrip(".") or "input"

    def unknown(self, key: str, path: Path, known: Sequence[str]) -> AnswerError:
        aws = f'Unknown parameter in {self.called(path)}: "{key[:LONGEST]}"'
        near = nearest(key, known)
        if key in self.hints and path == self.root:
            words = say("{hint} AWS: “{aws}”", hint=self.hints[key], aws=aws)
        elif near:
            words = say("Did you mean {name}? AWS: “{aws}”", name=near, aws=aws)
        elif len(known) <= MOST_NAMES:
            names = ", ".join(known)
            words = say("Here may stand: {names}. AWS: “{aws}”", names=names, aws=aws)
        else:
            words = say("No such key here. AWS: “{aws}”", aws=aws)
        return AnswerError(words, *self.document.key_position((*path, key)))

    def no_choice(self, value: str, path: Path, choices: Sequence[str]) -> AnswerError:
        near = nearest(value, choices)
        if near:
            words = say(
                "{name} “{value}”: did you mean {near}?",
                name=self.called(path),
                value=value[:LONGEST],
                near=near,
            )
        elif len(choices) <= MOST_NAMES:
            words = say(
                "{name} is {names}, not “{value}”.",
                name=self.called(path),
                names=listed_with_or(choices),
                value=value[:LONGEST],
            )
        else:
            words = say(
                "{name} cannot be “{value}”.", name=self.called(path), value=value[:LONGEST]
            )
        return AnswerError(words, *self.document.position(path))

    def wrong_type(self, value: Any, path: Path, kind: str) -> AnswerError:
        name = self.called(path)
        valid = ", ".join(f"<class '{CLASSES[one]}'>" for one in TYPES[kind])
        aws = (
            f"Invalid type for parameter {name}, type: <class '{CLASSES[type(value)]}'>, "
            f"valid types: {valid}"
        )
        words = say("{cure} AWS: “{aws}”", cure=cure(name, value, kind), aws=aws)
        return AnswerError(words, *self.document.position(path))


def nearest(word: str, known: Sequence[str]) -> str:
    """The same in other letters first, then the most alike; "" where nothing is."""
    folded = word[:LONGEST].lower()
    for one in known:
        if one.lower().rstrip("s") == folded.rstrip("s"):
            return one
    lower = {one.lower(): one for one in known}
    within = [one for low, one in lower.items() if folded.rstrip("s") in low and len(folded) > 3]
    if len(within) == 1:
        return within[0]
    return lower.get(next(iter(get_close_matches(folded, lower, 1, 0.6)), ""), "")


QUOTED = say('Write {name} in double quotes: "{value}".')
CURES: tuple[tuple[tuple[str, ...], tuple[type, ...], Said], ...] = (
    (tuple(TYPES), (type(None),), say("Leave {name} out instead of writing null.")),
    (("string",), (bool, dict), say("{name} is a text in double quotes.")),
    (("string",), (int, float), QUOTED),
    (("string",), (list,), say("{name} is one text, not a list.")),
    (NUMBERS, (str, bool), say("Write {name} as a number, without quotes.")),
    (("boolean",), (str,), say("Write {name} as true or false, without quotes.")),
    (("list",), (object,), say("{name} is a list: put square brackets around it.")),
    (("structure", "map"), (object,), say("{name} is an object in braces.")),
    (tuple(TYPES), (object,), say("{name} is of another type.")),
)


def cure(name: str, value: Any, kind: str) -> str:
    """What to write instead."""
    words = next(
        words for kinds, types, words in CURES if kind in kinds and isinstance(value, types)
    )
    return filled(words, name=name, value=value)
