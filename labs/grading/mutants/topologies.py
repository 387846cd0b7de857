"""Topologies, broken: a setting left out, another number, a name or a list changed."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, cut, put, written
from labs.grading.yaml_text import read_yaml

LEAVE_WHOLE = ("Policy", "FilterPolicy")


def broken_topologies(text: str) -> Iterator[Mutant]:
    tree: Json = read_yaml(text).value
    yield from broken(tree, tree, ())


def broken(tree: Json, inner: Json, path: Path) -> Iterator[Mutant]:
    members = inner.items() if isinstance(inner, dict) else enumerate(inner)
    for key, value in members:
        here = (*path, key)
        name = ".".join(map(str, here))
        if path:
            yield written(f"without {name}", cut(tree, here))
        if isinstance(value, dict | list) and key not in LEAVE_WHOLE:
            yield from broken(tree, value, here)
        elif isinstance(value, int) and not isinstance(value, bool):
            for number in (1, value // 4, value // 2, value - 1, value * 2, value * 4):
                yield written(f"{name} {number}", put(tree, here, number))
