"""The drawings of the course, made by functions: `python -m lessons.drawing` writes the files.

The files are what the course is read from; a test shows that they are what the functions give.
To draw another one: a function that gives `picture(…)`, or a list of them for steps, and a line in
its module's DRAWINGS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lessons.drawing import (
    containers,
    identity,
    instances,
    network,
    scaling,
    sessions,
    traffic,
    where,
)

Draw = Callable[[], str | list[str]]

DRAWINGS: dict[str, Draw] = {}
for module in (where, identity, instances, network, traffic, sessions, scaling, containers):
    DRAWINGS |= module.DRAWINGS


def files() -> Iterator[tuple[str, str]]:
    """Name and text of each file; the steps of one drawing are numbered from 1."""
    for name, draw in DRAWINGS.items():
        drawn = draw()
        if isinstance(drawn, str):
            yield f"{name}.svg", drawn
        else:
            yield from ((f"{name}-{step}.svg", text) for step, text in enumerate(drawn, start=1))
