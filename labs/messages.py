"""What a checking child says, as bytes: JSON as a column of packed JSON keeps it (`packed.py`),
so that nobody has to write it a second time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.packed import as_text
from lessons.typed import storable

RESULT = "result"
BEFORE_RESULT = f'{{"{RESULT}":'.encode()
NUL = rb"\u0000"


def as_data(answer: dict[str, object]) -> bytes:
    """Without the characters that PostgreSQL refuses. A kind may quote them from an answer, which
    happens too seldom for a look at every text."""
    try:
        try:
            data = written(answer)
        except (TypeError, UnicodeEncodeError):
            return written(as_json(answer))
        return written(as_json(answer)) if NUL in data else data
    except (ValueError, RecursionError, MemoryError) as error:
        return written({"fault": f"the report is no JSON: {error!r}"})


def written(answer: object) -> bytes:
    return as_text(answer, allow_nan=False, default=plain).encode()


def plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)


def as_json(value: object) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list | tuple) else value


def text_of_result(output: bytes) -> bytes:
    """Of an answer that has one."""
    return output.removeprefix(BEFORE_RESULT)[:-1]
