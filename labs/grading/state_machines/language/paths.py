"""Paths: `$.order.items[0]`, and `$$.Execution.Input.id` into the context object.

Source: Amazon States Language, "Paths" and "Reference Paths"; Step Functions Developer Guide,
"Using JSONPath paths". Of JSONPath these labs know names, numbers, slices and `*`; `..` and
filters they refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from labs.grading.said import Said, say
from labs.grading.state_machines.language.values import Json

LONGEST = 400  # characters of a path
STEP = re.compile(
    r"\.(?P<name>[^\s.\[\]()'\"*?@&,:$]+)"
    r"|\[\s*'(?P<single>[^'\\\]]*)'\s*\]"
    r'|\[\s*"(?P<double>[^"\\\]]*)"\s*\]'
    r"|\[\s*(?P<index>-?\d{1,6})\s*\]"
    r"|\[\s*(?P<start>-?\d{0,6})\s*:\s*(?P<stop>-?\d{0,6})\s*\]"
    r"|(?P<each>\.\*|\[\s*\*\s*\])"
)


@dataclass(frozen=True, slots=True)
class Some:
    """All members (`*`), or a slice of a list."""

    start: int | None = None
    stop: int | None = None


Step = str | int | Some


@dataclass(frozen=True, slots=True)
class JsonPath:
    """`context`: it begins with `$$`."""

    text: str
    steps: tuple[Step, ...]
    context: bool = False

    @property
    def is_reference(self) -> bool:
        """Names one place: what a ResultPath must do."""
        return not self.context and not any(isinstance(step, Some) for step in self.steps)

    @property
    def first_name(self) -> str:
        """The member of the input that it begins with; "" where it begins with none."""
        first = self.steps[0] if self.steps and not self.context else ""
        return first if isinstance(first, str) else ""


ROOT = JsonPath("$", ())


class PathError(Exception):
    """The text is no path. `words` say why."""

    def __init__(self, words: Said) -> None:
        super().__init__(words)
        self.words = words


class NotThereError(Exception):
    """A path names nothing in the value at hand."""

    def __init__(self, path: JsonPath) -> None:
        super().__init__(path.text)
        self.path = path


def read_path(text: str) -> JsonPath:
    """PathError where it is none, or one that these labs do not know."""
    shown = text[:60]
    if not text.startswith("$") or len(text) > LONGEST:
        raise PathError(say("“{path}” is no path: a path begins with $.", path=shown))
    context = text.startswith("$$")
    at, steps = 2 if context else 1, []
    while at < len(text):
        found = STEP.match(text, at)
        if found is None:
            raise PathError(why_not(text, at, shown))
        steps.append(step_of(found))
        at = found.end()
    return JsonPath(text, tuple(steps), context)


def why_not(text: str, at: int, shown: str) -> Said:
    if text.startswith("..", at) or text.startswith("[?", at):
        return say("“{path}”: these labs know no “..” and no filters in paths.", path=shown)
    return say("“{path}” is no path: look at “{rest}”.", path=shown, rest=text[at : at + 20])


def step_of(found: re.Match[str]) -> Step:
    if found["index"] is not None:
        return int(found["index"])
    if found["each"] is not None:
        return Some()
    if found["start"] is not None:
        start, stop = found["start"], found["stop"]
        return Some(int(start) if start else None, int(stop) if stop else None)
    return next(found[name] for name in ("name", "single", "double") if found[name] is not None)


def look_up(path: JsonPath, value: Json, context: Json) -> Json:
    """What the path names: one value, or a list where it may name several. NotThereError where it
    names nothing."""
    found = [context if path.context else value]
    several = False
    for step in path.steps:
        several = several or isinstance(step, Some)
        found = [inner for one in found for inner in inside(one, step)]
        if not found and not several:
            raise NotThereError(path)
    return found if several else found[0]


def inside(value: Json, step: Step) -> list[Json]:
    if isinstance(step, Some):
        return members(value, step)
    return [value[step]] if has(value, step) else []


def has(value: Json, step: str | int) -> bool:
    if isinstance(step, str):
        return isinstance(value, dict) and step in value
    return isinstance(value, list) and -len(value) <= step < len(value)


def members(value: Json, some: Some) -> list[Json]:
    if isinstance(value, list):
        return value[some.start : some.stop]
    whole = some.start is None and some.stop is None
    return list(value.values()) if isinstance(value, dict) and whole else []


def put_at(path: JsonPath, value: Json, result: Json) -> Json:
    """The value with the result at the path; objects on the way are made where there are none.
    NotThereError where that cannot be: through a text, or behind the end of a list."""
    return placed(path, path.steps, value, result)


def placed(path: JsonPath, steps: tuple[Step, ...], value: Json, result: Json) -> Json:
    if not steps:
        return result
    first, rest = steps[0], steps[1:]
    if isinstance(first, str) and isinstance(value, dict):
        return {**value, first: placed(path, rest, value.get(first, {}), result)}
    if isinstance(first, int) and has(value, first):
        copy = list(value)
        copy[first] = placed(path, rest, value[first], result)
        return copy
    raise NotThereError(path)
