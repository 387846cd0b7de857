"""Accounts, broken: somebody or something left out, a membership too many, another setting, and
every policy broken as a policy is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from labs.grading.json_text import Path, read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, at, cut, put, values_at, written
from labs.grading.mutants.policies import broken_trees

PARTS = ("policies", "groups", "users")
LISTS = ("policies", "groups")
OF_A_POLICY = 12  # the policies are given; a few changes show that they are looked at


def broken_accounts(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    for part in PARTS:
        for name in tree.get(part, {}):
            yield written(f"without {part} {name}", cut(tree, (part, name)))
            yield from broken_member(tree, (part, name))
    for setting, value in tree.get("password_policy", {}).items():
        yield from broken_setting(tree, ("password_policy", setting), value)


def broken_member(tree: Json, path: Path) -> Iterator[Mutant]:
    part, name = path
    if part == "policies":
        for words, changed in islice(broken_trees(tree, path), OF_A_POLICY):
            yield written(f"{name}: {words}", changed)
        return
    for key in LISTS:
        if key not in at(tree, path):
            continue
        for place, value in values_at(tree, (*path, key)):
            yield written(f"{name} without {value}", cut(tree, place))
        yield from added(tree, (*path, key))
    if part == "users":
        yield from attached(tree, path)


def added(tree: Json, path: Path) -> Iterator[Mutant]:
    """One more of what there is."""
    held = at(tree, path)
    for other in tree.get(str(path[-1]), {}):
        if other not in held:
            yield written(f"{path[1]} with {other}", put(tree, path, [*held, other]))


def attached(tree: Json, path: Path) -> Iterator[Mutant]:
    """A policy on the user itself."""
    for policy in tree.get("policies", {}):
        changed = put(tree, path, at(tree, path) | {"policies": [policy]})
        yield written(f"{path[1]} has {policy} itself", changed)


def broken_setting(tree: Json, path: Path, value: object) -> Iterator[Mutant]:
    name = path[-1]
    yield written(f"without {name}", cut(tree, path))
    if isinstance(value, bool):
        yield written(f"{name} turned", put(tree, path, not value))
    elif isinstance(value, int):
        for other in (value - 1, value + 1, 2 * value):
            yield written(f"{name} {other}", put(tree, path, other))
    yield written(f"{name} as text", put(tree, path, str(value).lower()))
