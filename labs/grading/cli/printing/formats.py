"""What a terminal shows of an answer: `json` and `text`, sign by sign as the CLI writes them.

Rules: AWS CLI User Guide, *Setting the output format*: text has a line for each list or object,
tabs between values, an object's name in capitals before them, its keys in the order of the
alphabet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

NOT_DRAWN = "({output}: this lab does not draw it, its content is that of json)\n"


def printed(value: Any, output: str) -> str:
    if output == "off":
        return ""
    if output == "text":
        return "".join(text_of(value))
    if value in ({}, None) and output == "json" and value is not None:
        return ""
    body = json.dumps(value, indent=4, ensure_ascii=False) + "\n"
    return body if output == "json" else NOT_DRAWN.format(output=output)


def text_of(value: Any, name: str = "", keys: Sequence[str] | None = None) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from object_lines(value, name, keys)
    elif isinstance(value, list):
        yield from list_lines(value, name)
    else:
        yield f"{value}\n"


def is_scalar(value: object) -> bool:
    return not isinstance(value, list | Mapping)


def list_lines(values: Sequence[Any], name: str) -> Iterator[str]:
    if any(isinstance(value, Mapping) for value in values):
        keys = scalar_keys(values)
        for value in values:
            yield from text_of(value, name, keys)
        return
    scalars = [value for value in values if is_scalar(value)]
    if scalars:
        yield from scalar_lines(scalars, name)
    for value in values:
        if isinstance(value, list):
            yield from text_of(value, name)


def scalar_lines(values: Sequence[Any], name: str) -> Iterator[str]:
    if name:
        yield from (f"{name.upper()}\t{value}\n" for value in values)
    else:
        yield "\t".join(str(value) for value in values) + "\n"


def scalar_keys(values: Sequence[Any]) -> list[str]:
    """Of all objects in a list, so that each has the same columns."""
    rows = [value for value in values if isinstance(value, Mapping)]
    return sorted({key for row in rows for key, value in row.items() if is_scalar(value)})


def object_lines(value: Mapping[str, Any], name: str, keys: Sequence[str] | None) -> Iterator[str]:
    if keys is None:
        keys = sorted(key for key, one in value.items() if is_scalar(one))
    cells = [str(value.get(key, "")) for key in keys]
    if cells:
        yield "\t".join([name.upper(), *cells] if name else cells) + "\n"
    for key in sorted(set(value) - set(keys)):
        yield from text_of(value[key], key)
