"""Lifecycle rules, broken: a rule left out or put elsewhere, another number, word or prefix."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path, read_json
from labs.grading.lifecycles.buckets.rules import CLASSES
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, cut, put, written

WORDS = {
    "tagStatus": ("untagged", "any"),
    "Status": ("Disabled",),
    "StorageClass": CLASSES[1:],
}
NAMES = ("description", "ID", "rulePriority")


def broken_lifecycles(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    key = "rules" if "rules" in tree else "Rules"
    for number in range(len(tree[key])):
        if len(tree[key]) > 1:
            yield written(f"without rule {number + 1}", cut(tree, (key, number)))
    yield from swapped_priorities(tree)
    for path, value in leaves(tree, ()):
        yield from broken_leaf(tree, path, value)
    for path in members(tree, ()):
        yield written(f"without {named(path)}", cut(tree, path))


def swapped_priorities(tree: Json) -> Iterator[Mutant]:
    rules = tree.get("rules", ())
    for number in range(len(rules) - 1):
        one, two = (rules[place].get("rulePriority") for place in (number, number + 1))
        made = put(tree, ("rules", number, "rulePriority"), two)
        made = put(made, ("rules", number + 1, "rulePriority"), one)
        yield written(f"rules {number + 1} and {number + 2} in the other order", made)


def leaves(tree: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, (*path, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from leaves(value, (*path, number))
    else:
        yield path, tree


def members(tree: Json, path: Path) -> Iterator[Path]:
    """Objects and lists below the rules, and members of lists that have several."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in items:
        here = (*path, key)
        if isinstance(tree, list) and len(tree) > 1 and len(path) > 1:
            yield here
        if isinstance(value, dict | list):
            if len(path) > 1 and isinstance(tree, dict):
                yield here
            yield from members(value, here)


def broken_leaf(tree: Json, path: Path, value: Json) -> Iterator[Mutant]:
    name = next(str(one) for one in reversed(path) if isinstance(one, str))
    if name not in NAMES:
        for other in others(name, value):
            yield written(f"{named(path)}: {other} for {value}", put(tree, path, other))


def others(name: str, value: Json) -> list[Json]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return list(dict.fromkeys((value - 1, value + 1, 2 * value)))
    if name in WORDS:
        return list(WORDS[name])
    texts = dict.fromkeys((value[:-1], value.upper(), value[:1], value + "x"))
    return [text for text in texts if text]


def named(path: Path) -> str:
    return ".".join(map(str, path))
