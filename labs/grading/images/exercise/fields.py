"""What a lab can ask of an image: each field by its name.

pinned (every FROM with a tag that is not latest, or a digest); root (does the program run as root);
user; workdir; size (MB); starts; runs: what a container runs; sigterm ("program" or "shell");
signal; health ("healthy", "unhealthy"); secrets (how many places show one).

`runs-with:--port 9090`, `starts-with:…`: the same with these arguments behind `docker run image`;
`has:path`: is that file of the context in it; `tool:name`: is that program in it; `exposes:8080`;
`seconds:edit`: how long the next build takes after this edit; `again:edit:npm ci`: does that
command run again then?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labs.grading.images.building.build import Image
from labs.grading.images.building.stage import Layer
from labs.grading.images.building.world import World
from labs.grading.images.running.health import health_of
from labs.grading.images.running.process import Process, argument_words, argv_of, started
from labs.grading.machines.asks import Value

KB = 1000  # in a MB, as `docker images` counts


@dataclass(frozen=True, slots=True)
class Observed:
    """`anew`: edit → the layers that are built anew after it."""

    image: Image
    world: World
    process: Process
    anew: Mapping[str, tuple[Layer, ...]]


def yes(truth: bool) -> str:
    return "yes" if truth else "no"


def is_pinned(origin: str) -> bool:
    """Docker documentation, "Building best practices", "Pin base image versions": a tag such as
    latest moves."""
    name, _at, digest = origin.partition("@")
    last = name.rpartition("/")[2]
    tag = last.partition(":")[2]
    return bool(digest) or tag not in ("", "latest")


def pinned(seen: Observed) -> Value:
    return yes(all(is_pinned(origin) for origin, _one in seen.image.origins))


ALONE: Mapping[str, Callable[[Observed], Value]] = {
    "pinned": pinned,
    "root": lambda seen: yes(seen.image.stage.is_root),
    "user": lambda seen: seen.image.stage.user,
    "workdir": lambda seen: seen.image.stage.workdir,
    "size": lambda seen: -(-seen.image.stage.size // KB),
    "starts": lambda seen: yes(not seen.process.why),
    "runs": lambda seen: " ".join(seen.process.words),
    "sigterm": lambda seen: seen.process.first,
    "signal": lambda seen: seen.image.stage.stop_signal,
    "health": lambda seen: health_of(seen.image.stage, seen.world) or None,
    "secrets": lambda seen: len(seen.image.stage.leaks),
}
NAMED: Mapping[str, Callable[[Observed, str], Value]] = {
    "has": lambda seen, name: yes(bool(seen.image.stage.tree.holds(name))),
    "tool": lambda seen, name: yes(name in seen.image.stage.tools),
    "exposes": lambda seen, name: yes(
        name in [one.removesuffix("/tcp") for one in seen.image.stage.exposed]
    ),
    "seconds": lambda seen, name: sum(one.seconds for one in seen.anew[name]),
    "again": lambda seen, name: again(seen, name),
    "runs-with": lambda seen, name: runs_with(seen, name),
    "starts-with": lambda seen, name: starts_with(seen, name),
}


def again(seen: Observed, name: str) -> Value:
    edit, _colon, label = name.partition(":")
    return yes(any(label in one.ran for one in seen.anew[edit]))


def runs_with(seen: Observed, arguments: str) -> Value:
    return " ".join(argv_of(seen.image.stage, tuple(arguments.split())))


def starts_with(seen: Observed, arguments: str) -> Value:
    """Does the program start, and get these arguments?"""
    words = tuple(arguments.split())
    found = started(seen.image.stage, seen.world, words)
    return yes(not found.why and argument_words(found) == words)


def exists(field: str, world: World) -> bool:
    first, _colon, name = field.partition(":")
    if not name:
        return field in ALONE
    if first in ("seconds", "again") and name.partition(":")[0] not in world.edits:
        return False
    return first in NAMED


def value_of(field: str, seen: Observed) -> Value:
    first, _colon, name = field.partition(":")
    return NAMED[first](seen, name) if name else ALONE[field](seen)
