"""Filters, broken: a field or a value left out, another operator, text or number."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path, read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, cut, put, written

OTHER_SIGNS = {
    ">": (">=", "<"),
    ">=": (">", "<="),
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    "=": (">",),
}
OTHER_NAMES = {"prefix": "suffix", "suffix": "prefix", "equals-ignore-case": "prefix"}


def broken_filters(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    yield from broken_members(tree, tree, ())


def broken_members(tree: Json, inner: Json, path: Path) -> Iterator[Mutant]:
    for key, value in inner.items():
        here = (*path, key)
        if len(inner) > 1:
            yield written(f"without {named(here)}", cut(tree, here))
        if isinstance(value, dict):
            yield from broken_members(tree, value, here)
        elif key == "$or":
            yield from broken_groups(tree, value, here)
        else:
            yield from broken_list(tree, value, here)


def broken_groups(tree: Json, groups: Json, path: Path) -> Iterator[Mutant]:
    for number, group in enumerate(groups):
        if len(groups) > 2:
            yield written(f"without group {number} of {named(path)}", cut(tree, (*path, number)))
        yield from broken_members(tree, group, (*path, number))


def broken_list(tree: Json, values: Json, path: Path) -> Iterator[Mutant]:
    name = named(path)
    yield written(f"{name} only has to exist", put(tree, path, [{"exists": True}]))
    yield written(f"{name} must not exist", put(tree, path, [{"exists": False}]))
    yield written(f"{name}: one value more", put(tree, path, [*values, "something else"]))
    for number, value in enumerate(values):
        if len(values) > 1:
            yield written(f"{name} without value {number}", cut(tree, (*path, number)))
        for what, other in others(value):
            yield written(f"{name}: {what}", put(tree, (*path, number), other))


def others(value: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(value, str):
        yield f"prefix {value}", {"prefix": value}
        yield f"{value} in other letters", {"equals-ignore-case": value}
        yield f"not {value}", {"anything-but": value}
    elif isinstance(value, dict):
        ((name, inner),) = value.items()
        yield from other_operators(name, inner)


def other_operators(name: str, inner: Json) -> Iterator[tuple[str, Json]]:
    if name in OTHER_NAMES:
        yield f"{OTHER_NAMES[name]} {inner}", {OTHER_NAMES[name]: inner}
        yield f"only {inner}", inner
    elif name == "exists":
        yield f"exists {not inner}", {"exists": not inner}
    elif name == "anything-but" and isinstance(inner, str):
        yield f"{inner} itself", inner
    elif name == "numeric":
        for sign in OTHER_SIGNS[inner[0]]:
            yield f"{sign} for {inner[0]}", {"numeric": [sign, *inner[1:]]}
        for number in (inner[1] - 1, inner[1] + 1):
            yield f"{number} for {inner[1]}", {"numeric": [inner[0], number, *inner[2:]]}


def named(path: Path) -> str:
    return ".".join(map(str, path))
