"""One thing changed in a JSON value; the rest stays as it is, and so does the original."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from labs.grading.json_text import Path
from labs.grading.mutants import Mutant

Json = Any  # 3.11 has no recursive alias that mypy accepts


def at(tree: Json, path: Path) -> Json:
    for step in path:
        tree = tree[step]
    return tree


def put(tree: Json, path: Path, value: Json) -> Json:
    """The tree with another value at the path."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(tree, list):
        return [put(one, rest, value) if index == first else one for index, one in enumerate(tree)]
    if first not in tree:
        return tree | {first: put({}, rest, value)}
    return {key: put(one, rest, value) if key == first else one for key, one in tree.items()}


def cut(tree: Json, path: Path) -> Json:
    """The tree without what stands at the path."""
    *above, last = path
    parent = at(tree, tuple(above))
    if isinstance(parent, list):
        rest: Json = [one for index, one in enumerate(parent) if index != last]
    else:
        rest = {key: one for key, one in parent.items() if key != last}
    return put(tree, tuple(above), rest)


def renamed(tree: Json, path: Path, key: str) -> Json:
    """The tree with another key in the place of the path's last one."""
    *above, last = path
    parent = at(tree, tuple(above))
    return put(tree, tuple(above), {key if old == last else old: parent[old] for old in parent})


def values_at(tree: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    """One value, or each of a list, with its path."""
    found = at(tree, path)
    if isinstance(found, list):
        yield from (((*path, index), one) for index, one in enumerate(found))
    else:
        yield path, found


def written(name: str, tree: Json) -> Mutant:
    return Mutant(name, json.dumps(tree, indent=2, ensure_ascii=False) + "\n")
