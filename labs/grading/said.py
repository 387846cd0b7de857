"""Sentences that a page can say in another language.

An engine says `say("{port} is open", port="TCP 22")`: a text in English that remembers its template
and its parts. A page looks the template up in its own language and puts the parts in again;
everybody else reads the English. Templates are literals, so that translators find them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

PART = re.compile(r"\{(\w+)\}")


class Said(str):
    """English, with what it was made of."""

    __slots__ = ("parts", "template")

    template: str
    parts: Mapping[str, str]

    def __new__(cls, template: str, parts: Mapping[str, object]) -> Said:
        texts = {
            name: value if isinstance(value, str) else str(value) for name, value in parts.items()
        }
        said = super().__new__(cls, put_in(template, texts))
        said.template, said.parts = template, texts
        return said

    def in_other_words(self, translate: Callable[[str], str]) -> str:
        """The sentence after `translate` was asked for the template, and for each part that was
        said as well."""
        parts = {name: translated(part, translate) for name, part in self.parts.items()}
        return put_in(translate(self.template), parts)


def say(template: str, **parts: object) -> Said:
    """The template with `{name}` replaced by the part of that name."""
    return Said(template, parts)


def filled(said: Said, **parts: object) -> Said:
    """A sentence of a table with its parts."""
    return Said(said.template, parts)


def joined(texts: Iterable[str], between: str = " ") -> str:
    """Texts one after the other, each in its own language."""
    parts = {f"text{number}": text for number, text in enumerate(texts)}
    return Said(between.join(f"{{{name}}}" for name in parts), parts) if parts else ""


def put_in(template: str, parts: Mapping[str, str]) -> str:
    """Only names are replaced: whatever else stands in braces stays as it is."""
    return PART.sub(lambda match: parts.get(match[1], match[0]), template)


def translated(text: str, translate: Callable[[str], str]) -> str:
    """What was said is said in the other language; names and numbers stay."""
    return text.in_other_words(translate) if isinstance(text, Said) else text
