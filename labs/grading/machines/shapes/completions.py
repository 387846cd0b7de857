"""The words of a request, from its shapes: which keys stand where, and which values there are."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.completions import Slot, Word
from labs.grading.machines.shapes.shapes import Shapes

DEEPEST = 4
MOST_VALUES = 40


def walked(shapes: Shapes, name: str, path: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Path → name of the shape there, of structures and of texts with choices."""
    shape = shapes[name]
    kind = shape["type"]
    if kind == "list":
        yield from walked(shapes, shape["member"], path, depth)
    elif kind == "structure":
        yield path, name
        if depth < DEEPEST:
            for key, inner in shape["members"].items():
                below = f"{path}/{key}" if path else key
                yield from walked(shapes, inner, below, depth + 1)
    elif 0 < len(shape.get("enum", ())) <= MOST_VALUES:
        yield path, name


def shape_words(
    shapes: Shapes, prefix: str, at: str = ""
) -> tuple[tuple[Slot, ...], dict[str, list[Word]]]:
    """`prefix`: a regular expression for what stands around the request; `at`: its path there,
    for requests that begin deeper. Slots, and the lists that they name."""
    slots: list[Slot] = []
    lists: dict[str, list[Word]] = {}
    for path, name in walked(shapes, shapes.root, at):
        shape = shapes[name]
        is_key = shape["type"] == "structure"
        words = shape["members"] if is_key else shape["enum"]
        lists[name] = [(word, "") for word in words]
        slots.append(Slot("key" if is_key else "value", f"^{prefix}{path}$", (name,)))
    return tuple(slots), lists
