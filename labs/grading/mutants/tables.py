"""Tables and reads, broken: a setting left out, the opposite of a flag, another word or number, a
condition with another sign."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, at, cut, put, written
from labs.grading.yaml_text import read_yaml

OTHERS = {
    "KEYS_ONLY": ("ALL",),
    "INCLUDE": ("ALL", "KEYS_ONLY"),
    "ALL": ("KEYS_ONLY",),
    "S": ("N",),
    "N": ("S",),
    "Query": ("Scan",),
    "GetItem": ("Query",),
}
SIGNS = ((">=", ">"), ("<=", "<"), (" < ", " <= "), (" > ", " >= "), ("begins_with", "contains"))


def broken_tables(text: str) -> Iterator[Mutant]:
    yield from broken(read_yaml(text).value, ())


def broken(tree: Json, path: Path) -> Iterator[Mutant]:
    found = at(tree, path)
    for step in range(len(found)) if isinstance(found, list) else list(found):
        place = (*path, step)
        if path:
            yield written(f"without {named(place)}", cut(tree, place))
        value = at(tree, place)
        if isinstance(value, dict | list):
            yield from broken(tree, place)
        for other in others(value):
            yield written(f"{named(place)}: {other}", put(tree, place, other))


def others(value: Json) -> Iterator[Json]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1, value * 10)
    elif isinstance(value, str):
        yield from OTHERS.get(value, ())
        yield from (value.replace(sign, other) for sign, other in SIGNS if sign in value)


def named(path: Path) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
