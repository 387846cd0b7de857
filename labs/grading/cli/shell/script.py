"""A script as data: simple commands one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.errors import Position


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands for itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """`$NAME` or `${NAME}`; outside of quotes its value is split at blanks."""

    name: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(…)`: what these commands print."""

    commands: tuple[Command, ...]
    quoted: bool


Part = Literal | Variable | Substitution


@dataclass(frozen=True, slots=True)
class Word:
    parts: tuple[Part, ...]
    at: Position

    @property
    def plain(self) -> str:
        """Its text as far as it is known without being run."""
        return "".join(part.text for part in self.parts if isinstance(part, Literal))

    @property
    def is_plain(self) -> bool:
        return all(isinstance(part, Literal) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Assignment:
    name: str
    value: Word


@dataclass(frozen=True, slots=True)
class Redirect:
    """`> file` or `>> file`."""

    path: Word
    append: bool


@dataclass(frozen=True, slots=True)
class Document:
    """What stands between `<<EOF` and `EOF`; variables in it have their values unless the word was
    quoted."""

    word: str
    quoted: bool
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Command:
    """`assignments` stand in front of the words and hold for this command alone, or for the script
    where there are no words. `label` is the number of the comment above (`# 3`), `source` the text
    as it was typed. `only_after_success`: it stands behind `&&`."""

    assignments: tuple[Assignment, ...]
    words: tuple[Word, ...]
    at: Position
    source: str
    label: str = ""
    redirect: Redirect | None = None
    document: Document | None = None
    only_after_success: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    commands: tuple[Command, ...]
