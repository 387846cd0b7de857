"""A table of lab.toml read strictly: wrong types, missing and unknown keys are a SpecError that
names file and key. `lessons/toml_table.py` is its twin for courses: the same names and sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from labs.grading.errors import SpecError

REQUIRED: Any = object()
FILE = "lab.toml"


class Table:
    """One table, named by its dotted path. Every key must be asked for before `finish`, which
    refuses the rest, of the tables below it too."""

    def __init__(
        self, values: Mapping[str, object], *, file: str = FILE, path: str = "spec"
    ) -> None:
        if not isinstance(values, Mapping):
            raise SpecError(f"{file}: {path}: is not a table")
        self.values, self.file, self.path = dict(values), file, path
        self.asked: set[str] = set()
        self.below: list[Table] = []

    def error(self, key: str, message: str) -> SpecError:
        where = ".".join(part for part in (self.path, key) if part)
        return SpecError(f"{self.file}: {where}: {message}" if where else f"{self.file}: {message}")

    def get(self, key: str, kind: type | tuple[type, ...], words: str, default: object) -> Any:
        self.asked.add(key)
        if key not in self.values:
            if default is REQUIRED:
                raise self.error(key, "is missing")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"is not {words}")
        return value

    def value(self, key: str, default: object) -> Any:
        """Whatever stands there."""
        self.asked.add(key)
        return self.values.get(key, default)

    def text(self, key: str, default: Any = REQUIRED, *, choices: Sequence[str] = ()) -> str:
        text = str(self.get(key, str, "text", default))
        if default is REQUIRED and not text.strip():
            raise self.error(key, "is empty")
        if choices and text not in choices:
            raise self.error(key, f"is “{text}”, not one of {', '.join(choices)}")
        return text

    def number(
        self, key: str, default: Any = REQUIRED, *, least: int = 0, most: int = 10**9
    ) -> int:
        """A whole number; text of digits counts too, for a variant's value is always text."""
        value = self.get(key, (int, str), "a whole number", default)
        if isinstance(value, str):
            if not (value.isascii() and value.isdigit()):
                raise self.error(key, "is not a whole number")
            value = int(value)
        if not least <= value <= most:
            raise self.error(key, f"is {value}, not {least} to {most}")
        return int(value)

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self.get(key, bool, "true or false", default))

    def texts(self, key: str, default: Any = ()) -> tuple[str, ...]:
        values = self.get(key, (list, tuple), "a list of texts", default)
        if not all(isinstance(value, str) for value in values):
            raise self.error(key, "is not a list of texts")
        return tuple(values)

    def mapping(self, key: str) -> Mapping[str, object]:
        """A table whose keys and values mean something elsewhere; empty when it is left out."""
        found: Mapping[str, object] = self.get(key, Mapping, "a table", {})
        return found

    def table(self, key: str) -> Table:
        """The table below the key; an empty one when it is left out."""
        self.below.append(self.named(self.mapping(key), key))
        return self.below[-1]

    def tables(self, key: str, default: Any = ()) -> Iterator[Table]:
        """The tables of `[[spec.key]]` in order, each finished once the next one is asked for."""
        values = self.get(key, (list, tuple), "a list of tables", default)
        for number, value in enumerate(values, start=1):
            if not isinstance(value, Mapping):
                raise self.error(key, "is not a list of tables")
            table = self.named(value, f"{key}[{number}]")
            yield table
            table.finish()

    def named(self, values: Mapping[str, object], name: str) -> Table:
        return Table(values, file=self.file, path=f"{self.path}.{name}" if self.path else name)

    def items(self) -> Iterator[tuple[str, Any]]:
        """Every key with its value, for tables whose keys are names that the author chooses."""
        self.asked.update(self.values)
        return iter(self.values.items())

    def finish(self) -> None:
        for table in self.below:
            table.finish()
        unknown = sorted(set(self.values) - self.asked)
        if unknown:
            raise self.error(unknown[0], f"unknown key; known are {', '.join(sorted(self.asked))}")


def file_of(files: Mapping[str, str], name: str) -> str:
    """The text of one of the lab's files."""
    if name not in files:
        raise SpecError(f"{name} is missing in the lab's folder")
    return files[name]


def solution_name(files: Mapping[str, str]) -> str:
    """The lab's solution file, whichever form it is written in."""
    names = ("solution.json", "solution.yaml")
    return next((name for name in names if name in files), names[0])
