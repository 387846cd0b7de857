"""What the engines say, and what the authors of labs wrote, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from django.utils import translation

from labs.grading.said import Said

T = TypeVar("T")
DATA = {"counterexample", "replay", "scene"}  # of a report: what it says of them stands beside


def in_language(text: str) -> str:
    """A text without parts is its own template; one that has no translation stays English."""
    if isinstance(text, Said):
        return text.in_other_words(translation.gettext)
    return translation.gettext(text) if text else ""


class Written(Said):
    """A lab's own text, in English, with what somebody made of it in the reader's language. To all
    who compare or store it, it is the English."""

    __slots__ = ("translated",)

    translated: str

    def __new__(cls, text: str, translated: str) -> Written:
        written = cast("Written", super().__new__(cls, text, {}))
        written.translated = translated
        return written

    def in_other_words(self, _translate: Callable[[str], str]) -> str:
        return self.translated


def with_words(value: T, words: Mapping[str, str]) -> T:
    """A report, or a part of it, in which the lab's own texts know their translation; `words` has
    one for each that is translated."""
    found: T = rewritten(value, words) if words else value
    return found


def rewritten(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, Said):
        return with_parts(value, words)
    if type(value) is str:
        return Written(value, words[value]) if value in words else value
    if isinstance(value, Mapping):
        return {name: rewritten(item, words) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(rewritten(item, words) for item in value)
    return with_fields(value, words) if is_dataclass(value) else value


def with_parts(said: Said, words: Mapping[str, str]) -> Said:
    if not said.parts:
        return said
    return Said(said.template, {name: rewritten(part, words) for name, part in said.parts.items()})


def with_fields(value: Any, words: Mapping[str, str]) -> Any:
    found = ((name, getattr(value, name)) for name in names_of(cast("Any", type(value))))
    now = {name: rewritten(item, words) for name, item in found if item}
    return replace(value, **now)


@cache
def names_of(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name not in DATA)
