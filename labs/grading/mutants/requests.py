"""Requests to AWS, broken: a key or an entry of a list left out, another number, the opposite of a
flag, another word."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path, read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, at, cut, put, written

OTHERS = {
    "required": "optional",
    "gp3": "gp2",
    "ELB": "EC2",
    "instance": "volume",
    "volume": "instance",
    "awsvpc": "bridge",
    "bridge": "host",
    "spread": "binpack",
    "binpack": "spread",
    "memory": "cpu",
    "attribute:ecs.availability-zone": "instanceId",
}


def broken_requests(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    yield from broken(tree, ())


def broken(tree: Json, path: Path) -> Iterator[Mutant]:
    found = at(tree, path)
    steps = range(len(found)) if isinstance(found, list) else list(found)
    for step in steps:
        place = (*path, step)
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
        yield from sorted({value * 2, value * 1024, value // 2} - {value})
    elif isinstance(value, str):
        yield from other_texts(value)


def other_texts(value: str) -> Iterator[str]:
    if value.isdigit():
        yield from (str(int(value) * 2), str(int(value) // 2))
    elif value in OTHERS:
        yield OTHERS[value]
    elif "," in value:
        yield value.rpartition(",")[0]


def named(path: Path) -> str:
    """Numbers from 1."""
    return "/".join(str(step + 1) if isinstance(step, int) else step for step in path)
