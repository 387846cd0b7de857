"""A TOML table of a course read strictly: wrong types, missing and unknown keys are errors that
name file and key. `labs/grading/toml_table.py` is its twin for labs: the same names and sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

REQUIRED: Any = object()


class SourceError(ValueError):
    """A course's files cannot be used; says which file, which key, and what to do."""


class Table:
    """One table, named by its dotted path. Every key must be asked for before `finish`, which
    refuses the rest."""

    def __init__(self, values: Mapping[str, object], *, file: str, path: str = "") -> None:
        self.values, self.file, self.path = dict(values), file, path
        self.asked: set[str] = set()

    def error(self, key: str, message: str) -> SourceError:
        where = ".".join(part for part in (self.path, key) if part)
        return SourceError(
            f"{self.file}: {where}: {message}" if where else f"{self.file}: {message}"
        )

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

    def text(self, key: str, default: Any = REQUIRED, *, choices: Sequence[str] = ()) -> str:
        text = str(self.get(key, str, "text", default)).strip()
        if default is REQUIRED and not text:
            raise self.error(key, "is empty")
        if choices and text not in choices:
            raise self.error(key, f"is “{text}”, not one of {', '.join(choices)}")
        return text

    def number(
        self, key: str, default: Any = REQUIRED, *, least: int = 0, most: int = 10**9
    ) -> int:
        value = self.get(key, int, "a whole number", default)
        if not least <= value <= most:
            raise self.error(key, f"is {value}, not {least} to {most}")
        return int(value)

    def texts(self, key: str, default: Any = ()) -> tuple[str, ...]:
        values = self.get(key, (list, tuple), "a list of texts", default)
        if not all(isinstance(value, str) for value in values):
            raise self.error(key, "is not a list of texts")
        return tuple(values)

    def tables(self, key: str, default: Any = ()) -> Iterator[Table]:
        """The tables of `[[key]]` in order, each finished once the next one is asked for."""
        values = self.get(key, (list, tuple), "a list of tables", default)
        for number, value in enumerate(values, start=1):
            if not isinstance(value, Mapping):
                raise self.error(key, "is not a list of tables")
            table = self.named(
                value, f"{key}[{value.get('slug') or value.get('section') or number}]"
            )
            yield table
            table.finish()

    def named(self, values: Mapping[str, object], name: str) -> Table:
        return Table(values, file=self.file, path=f"{self.path}.{name}" if self.path else name)

    def finish(self) -> None:
        unknown = sorted(set(self.values) - self.asked)
        if unknown:
            raise self.error(unknown[0], f"unknown key; known are {', '.join(sorted(self.asked))}")


def read_toml(path: Path, *, file: str) -> Table:
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), file=file)
    except FileNotFoundError as error:
        raise SourceError(f"{file}: is missing") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: {error}") from error
