"""Target groups, broken: a setting left out (so that AWS's default counts), or another number,
path, code or choice."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, cut, put, written

PATHS = ("/", "/index.html", "/nowhere")
CODES = ("200-499", "200", "200-399", "302")


def broken_target_groups(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    for key, value in tree.items():
        if key == "Attributes":
            yield from broken_attributes(tree, value)
            continue
        yield written(f"without {key}", cut(tree, (key,)))
        if isinstance(value, int) and not isinstance(value, bool):
            for number in (value * 2, value * 4, value * 8, value // 2, value + 1, 2):
                yield written(f"{key} {number}", put(tree, (key,), number))
        if key == "HealthCheckPath":
            for path in PATHS:
                yield written(f"{key} {path}", put(tree, (key,), path))
        if key == "Matcher":
            for code in CODES:
                yield written(f"{key} {code}", put(tree, (key,), {"HttpCode": code}))


def broken_attributes(tree: Json, attributes: Json) -> Iterator[Mutant]:
    for number, one in enumerate(attributes):
        key, value = one["Key"], one["Value"]
        yield written(f"without {key}", cut(tree, ("Attributes", number)))
        for other in other_values(value):
            yield written(f"{key} {other}", put(tree, ("Attributes", number, "Value"), other))


def other_values(value: str) -> Iterator[str]:
    if value in ("true", "false"):
        yield "false" if value == "true" else "true"
    elif value.isdigit():
        for number in (0, int(value) // 4, int(value) // 2, int(value) * 2, int(value) * 8):
            yield str(number)
