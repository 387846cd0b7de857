"""Reads the [spec] table of a lab.toml strictly: wrong types and unknown keys are a SpecError that
names the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from labs.grading.errors import SpecError

REQUIRED: Any = object()


class SpecTable:
    """One table, named by its dotted path; every key must be asked for before `finish`,
    which refuses the rest."""

    def __init__(self, table: Mapping[str, Any], name: str = "spec") -> None:
        if not isinstance(table, Mapping):
            raise SpecError(f"lab.toml: {name} is not a table")
        self.values, self.name = dict(table), name
        self.asked: set[str] = set()

    def error(self, key: str, message: str) -> SpecError:
        return SpecError(f"lab.toml: {self.name} {key}: {message}")

    def get(self, key: str, default: Any, kind: type | tuple[type, ...], what: str) -> Any:
        self.asked.add(key)
        if key not in self.values:
            if default is REQUIRED:
                raise self.error(key, "is missing")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"is not {what}")
        return value

    def text(self, key: str, default: Any = REQUIRED, *, choices: Sequence[str] = ()) -> str:
        value = str(self.get(key, default, str, "text"))
        if choices and value not in choices:
            raise self.error(key, f"is “{value}”, not one of {', '.join(choices)}")
        return value

    def whole(self, key: str, default: Any = REQUIRED, *, least: int = 0, most: int = 10**9) -> int:
        """A whole number; text of digits counts too, for a variant's value is always text."""
        value = self.get(key, default, (int, str), "a whole number")
        if isinstance(value, str):
            if not (value.isascii() and value.isdigit()):
                raise self.error(key, "is not a whole number")
            value = int(value)
        if not least <= value <= most:
            raise self.error(key, f"is {value}, not {least} to {most}")
        return int(value)

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self.get(key, default, bool, "true or false"))

    def texts(self, key: str, default: Any = ()) -> tuple[str, ...]:
        values = self.get(key, default, (list, tuple), "a list")
        if not all(isinstance(value, str) for value in values):
            raise self.error(key, "is not a list of text")
        return tuple(values)

    def table(self, key: str) -> SpecTable:
        """The table below the key; an empty one when it is left out."""
        return SpecTable(self.get(key, {}, Mapping, "a table"), f"{self.name}.{key}")

    def tables(self, key: str, default: Any = ()) -> list[SpecTable]:
        """The tables of `[[spec.key]]`, in order."""
        values = self.get(key, default, (list, tuple), "a list of tables")
        return [
            SpecTable(value, f"{self.name}.{key}[{number}]")
            for number, value in enumerate(values, start=1)
        ]

    def items(self) -> Iterator[tuple[str, Any]]:
        """Every key with its value, for tables whose keys are names that the author chooses."""
        self.asked.update(self.values)
        return iter(self.values.items())

    def finish(self) -> None:
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
    return next(
        (name for name in ("solution.json", "solution.yaml") if name in files), "solution.json"
    )
