"""State machines, broken: a field left out, another way, another number or operator."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path, read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, at, cut, put, written

CAN_GO = (
    *("Retry", "Catch", "ResultPath", "Parameters", "ResultSelector", "InputPath", "OutputPath"),
    *("Default", "TimeoutSeconds", "ItemsPath", "ItemSelector", "IntervalSeconds", "MaxAttempts"),
    *("BackoffRate", "MaxDelaySeconds"),
)
WAYS = ("Next", "Default", "StartAt")
NUMBERS = ("IntervalSeconds", "MaxAttempts", "TimeoutSeconds", "Seconds")
OTHERS = {
    "NumericGreaterThan": "NumericGreaterThanEquals",
    "NumericGreaterThanEquals": "NumericGreaterThan",
    "NumericLessThan": "NumericLessThanEquals",
    "NumericLessThanEquals": "NumericLessThan",
    "And": "Or",
    "Or": "And",
}
LISTS = ("Choices", "Retry", "Catch", "Branches", "And", "Or", "ErrorEquals")


def broken_machines(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    yield from broken(tree, ())


def broken(tree: Json, path: Path) -> Iterator[Mutant]:
    found = at(tree, path)
    if isinstance(found, dict):
        for key in found:
            yield from broken_key(tree, (*path, key))
            yield from broken(tree, (*path, key))
    elif isinstance(found, list):
        for number in range(len(found)):
            if len(found) > 1 and path[-1] in LISTS:
                yield written(f"without {named((*path, number))}", cut(tree, (*path, number)))
            yield from broken(tree, (*path, number))


def broken_key(tree: Json, path: Path) -> Iterator[Mutant]:
    key, value = str(path[-1]), at(tree, path)
    if key in CAN_GO:
        yield written(f"without {named(path)}", cut(tree, path))
    if key in WAYS and isinstance(value, str):
        for other in other_states(tree, path, value):
            yield written(f"{named(path)} “{other}”", put(tree, path, other))
    for other in other_values(key, value):
        yield written(f"{named(path)} {other} for {value}", put(tree, path, other))
    if key in OTHERS:
        changed = {OTHERS[key] if one == key else one: rest for one, rest in parent(tree, path)}
        yield written(f"{named(path)} as {OTHERS[key]}", put(tree, path[:-1], changed))


def other_values(key: str, value: Json) -> tuple[Json, ...]:
    if key in NUMBERS:
        return (value + 1, value * 4, max(0, value - 1))
    return (None, "$") if key == "ResultPath" else ()


def parent(tree: Json, path: Path) -> list[tuple[str, Json]]:
    return list(at(tree, path[:-1]).items())


def other_states(tree: Json, path: Path, value: str) -> Iterator[str]:
    """Those of the same machine."""
    if "States" in path:
        last = len(path) - 1 - path[::-1].index("States")
        yield from (name for name in at(tree, path[: last + 1]) if name != value)


def named(path: Path) -> str:
    """Numbers from 1, and without the word that stands everywhere."""
    steps = [str(step + 1) if isinstance(step, int) else step for step in path if step != "States"]
    return "/".join(steps)
