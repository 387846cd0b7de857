"""A table of lab.toml read key by key: a wrong type, a missing or an unknown key is a SpecError
that names it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from labs.grading.errors import SpecError


class Table:
    def __init__(self, values: Mapping[str, Any], name: str) -> None:
        self.values, self.name = values, name
        self.read: set[str] = set()

    def error(self, key: str, message: str) -> SpecError:
        return SpecError(f"lab.toml: {self.name}.{key}: {message}")

    def get(self, key: str, default: Any) -> Any:
        self.read.add(key)
        if key not in self.values and default is None:
            raise self.error(key, "this key is missing")
        return self.values.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.get(key, default)
        if not isinstance(value, str):
            raise self.error(key, "text is expected")
        return value

    def number(self, key: str, default: int | None = None) -> int:
        value = self.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.error(key, "a whole number, not negative, is expected")
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, "true or false is expected")
        return value

    def choice(self, key: str, choices: Collection[str]) -> str:
        value = self.text(key)
        if value not in choices:
            raise self.error(key, f'"{value}" is none of: {", ".join(choices)}')
        return value

    def texts(self, key: str) -> list[str]:
        value = self.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, "a list of texts is expected")
        return value

    def mapping(self, key: str) -> Mapping[str, Any]:
        value = self.get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, "a table is expected")
        return value

    def table(self, key: str) -> Table:
        return Table(self.mapping(key), f"{self.name}.{key}")

    def tables(self, key: str) -> list[Table]:
        value = self.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, "a list of tables is expected")
        return [Table(item, f"{self.name}.{key}[{index}]") for index, item in enumerate(value)]

    def close(self) -> None:
        """Refuse keys that nobody has read."""
        unknown = sorted(set(self.values) - self.read)
        if unknown:
            raise self.error(unknown[0], "there is no such key")
