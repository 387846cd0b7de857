"""[spec] of a lab that sorts: its boxes, its items, and why each item is not in the other boxes.

A lab that can be passed, or nearly so, without reading it is refused: by one box for everything, or
by taking the boxes in the order of the items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from labs.grading.errors import SpecError
from labs.grading.sorting.answers import is_nothing, plain
from labs.grading.sorting.codes import TOPICS
from labs.grading.toml_table import Table

FEWEST_ITEMS = 4
MOST_BY_ONE_BOX = 60  # percent of the points; so many are too many


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    also: tuple[str, ...]  # other words for it

    @property
    def words(self) -> tuple[str, ...]:
        return (self.name, *self.also)


@dataclass(frozen=True, slots=True)
class Sorted:
    """One item. `text` says what it is; for words that are the same in every language it is their
    quotation. `accepts` and the keys of `reasons` are names of boxes; there is a reason for each
    box that is not accepted."""

    name: str
    text: str
    accepts: tuple[str, ...]
    why: str
    reasons: Mapping[str, str]
    points: int


@dataclass(frozen=True, slots=True)
class SortingExercise:
    topic: str  # of its codes
    boxes: tuple[Box, ...]
    items: tuple[Sorted, ...]

    def code(self, suffix: str) -> str:
        return f"{self.topic}.{suffix}"

    def box_called(self, typed: str) -> Box | None:
        """By its name or another word for it."""
        wanted = plain(typed)
        return next((box for box in self.boxes if wanted in map(plain, box.words)), None)

    def item_called(self, typed: str) -> Sorted | None:
        return next((item for item in self.items if plain(item.name) == plain(typed)), None)


def read_sorting(table: Mapping[str, object]) -> SortingExercise:
    spec = Table(table)
    topic = spec.text("topic", choices=sorted(TOPICS))
    boxes = tuple(read_box(box) for box in spec.tables("boxes"))
    refuse_doubles(spec, "boxes", [word for box in boxes for word in box.words])
    names = [box.name for box in boxes]
    items = tuple(read_item(item, names) for item in spec.tables("items"))
    refuse_doubles(spec, "items", [item.name for item in items])
    spec.finish()
    exercise = SortingExercise(topic, boxes, items)
    for reason in guessable(exercise):
        raise SpecError(f"lab.toml: spec.items: {reason}")
    return exercise


def read_box(table: Table) -> Box:
    box = Box(table.text("name"), table.texts("also"))
    if any(is_nothing(word) for word in box.words):
        raise table.error("name", "means that nothing is filled in")
    return box


def refuse_doubles(spec: Table, key: str, names: Sequence[str]) -> None:
    found = [plain(name) for name in names]
    for name in names:
        if found.count(plain(name)) > 1:
            raise spec.error(key, f"“{name}” is there twice, apart from capitals and the like")


def read_item(table: Table, boxes: Sequence[str]) -> Sorted:
    accepts = table.texts("accepts")
    reasons = table.table("not")
    item = Sorted(
        name=table.text("name"),
        text=table.text("text", "") or table.text("quote", ""),
        accepts=accepts,
        why=table.text("why"),
        reasons={box: reasons.text(box) for box in boxes if box in reasons.values},
        points=table.number("points", 1, least=1, most=1000),
    )
    if not accepts or set(accepts) - set(boxes):
        raise table.error("accepts", f"is not some of {', '.join(boxes)}")
    for box in boxes:
        if box not in accepts and box not in item.reasons:
            raise table.error("not", f"says nothing of {box}: why is that box wrong?")
    return item


def guessable(exercise: SortingExercise) -> Iterator[str]:
    """How the lab could be passed, or nearly so, by somebody who has not read it."""
    items = exercise.items
    if len(items) < FEWEST_ITEMS:
        yield f"there are {len(items)} of them; {FEWEST_ITEMS} are needed"
        return
    for box in exercise.boxes:
        if (percent := share(items, box.name)) >= MOST_BY_ONE_BOX:
            yield f"{box.name} for all of them is right for {percent} % of the points"
    firsts = [item.accepts[0] for item in items]
    if len(list(groupby(firsts))) == len(set(firsts)):
        yield "those of each box stand together: mix them"


def share(items: Sequence[Sorted], box: str) -> int:
    """Percent of the points that one box for everything earns."""
    right = sum(item.points for item in items if box in item.accepts)
    return 100 * right // sum(item.points for item in items)
