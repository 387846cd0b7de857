"""A TOML table that is read strictly: wrong types, missing and unknown keys are errors naming file
and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class SourceError(ValueError):
    """A course's files cannot be used; says which file, which key, and what to do."""


class Table:
    def __init__(self, values: dict[str, Any], *, file: str, path: str = "") -> None:
        self.values = values
        self.file = file
        self.path = path
        self.read: set[str] = set()

    def error(self, message: str, *, key: str = "") -> SourceError:
        where = ".".join(part for part in (self.path, key) if part)
        return SourceError(
            f"{self.file}: {where}: {message}" if where else f"{self.file}: {message}"
        )

    def take(self, key: str, kind: type, default: Any, words: str) -> Any:
        self.read.add(key)
        value = self.values.get(key, default)
        if value is None:
            raise self.error("is missing", key=key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(f"must be {words}", key=key)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value: str = self.take(key, str, default, "text")
        if default is None and not value.strip():
            raise self.error("is empty", key=key)
        return value.strip()

    def number(self, key: str, default: int | None = None) -> int:
        value: int = self.take(key, int, default, "a whole number")
        return value

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        values = self.take(key, list, default, "a list of texts")
        if not all(isinstance(value, str) for value in values):
            raise self.error("must be a list of texts", key=key)
        return tuple(values)

    def tables(self, key: str) -> Iterator[Table]:
        """Each table of an array, in order; its own unknown keys are refused when it has been
        read."""
        values = self.take(key, list, [], "a list of tables")
        for number, value in enumerate(values, start=1):
            if not isinstance(value, dict):
                raise self.error("must be a list of tables", key=key)
            name = f"{key}[{value.get('slug') or value.get('section') or number}]"
            table = Table(value, file=self.file, path=f"{self.path}.{name}" if self.path else name)
            yield table
            table.refuse_the_rest()

    def refuse_the_rest(self) -> None:
        for key in self.values:
            if key not in self.read:
                known = ", ".join(sorted(self.read))
                raise self.error(f"unknown key (known here: {known})", key=key)


def read_toml(path: Path, *, file: str) -> Table:
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), file=file)
    except FileNotFoundError as error:
        raise SourceError(f"{file}: is missing") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: {error}") from error
