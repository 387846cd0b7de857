"""Put each item into the box it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError
from labs.grading.quiz.judgement import Form, Given, Judgement, Part, Remark, Shown, only
from labs.grading.quiz.keys import key_of
from labs.grading.said import say
from labs.grading.toml_table import Table


@dataclass(frozen=True, slots=True)
class Item:
    part: Part
    accepted: tuple[str, ...]  # keys of boxes; the first is shown as the right one
    reason: str
    reasons: Mapping[str, str]  # of each other box, why not
    codes: Mapping[str, str]

    @property
    def field(self) -> str:
        return f"box-{self.part.key}"


@dataclass(frozen=True, slots=True)
class Sorting:
    boxes: tuple[Part, ...]
    items: tuple[Item, ...]
    is_mixed: bool = True

    @property
    def shown(self) -> Shown:
        return Shown(parts=tuple(item.part for item in self.items), boxes=self.boxes)

    def given(self, form: Form) -> Given:
        known = {box.key for box in self.boxes}
        found = {item.part.key: only(form, item.field) for item in self.items}
        if any(box not in known for box in found.values()):
            raise AnswerError(say("Choose a box for each of them first."))
        return found

    def judge(self, given: Given) -> Judgement:
        remarks = tuple(self.remark(item, str(given.get(item.part.key, ""))) for item in self.items)
        return Judgement(sum(one.is_right for one in remarks) / len(remarks), remarks)

    def remark(self, item: Item, box: str) -> Remark:
        names = {one.key: one.text for one in self.boxes}
        is_right = box in item.accepted
        return Remark(
            item.reason if is_right else item.reasons.get(box, item.reason),
            is_right,
            text=item.part.text,
            given=names.get(box, ""),
            right=names[item.accepted[0]],
            key=item.part.key,
            code="" if is_right else item.codes.get(box, ""),
        )

    def right(self) -> Given:
        return {item.part.key: item.accepted[0] for item in self.items}

    def wrong(self) -> tuple[Given, ...]:
        return tuple(
            {**self.right(), item.part.key: box} for item in self.items for box in item.reasons
        )

    def doubts(self) -> tuple[str, ...]:
        return tuple(self.said())

    def said(self) -> Iterator[str]:
        if len({item.part.key for item in self.items}) < max(2, len(self.items)):
            yield "needs two items or more, each another one"
        used = {box for item in self.items for box in item.accepted}
        for box in self.boxes:
            if box.key not in used and len(self.boxes) < 3:
                yield f"nothing belongs into {box.text!r}"


def read_sorting(table: Table) -> Sorting:
    names = table.texts("boxes")
    if len(set(names)) < max(2, len(names)):
        raise table.error("boxes", "needs two or more, each another one")
    boxes = {name: Part(key_of(name), name.replace("`", "")) for name in names}
    return Sorting(tuple(boxes.values()), tuple(read_items(table, boxes)))


def read_items(table: Table, boxes: Mapping[str, Part]) -> Iterator[Item]:
    for item in table.tables("items"):
        text = item.text("text")
        accepted = item.texts("boxes") or (item.text("box", choices=tuple(boxes)),)
        others = [name for name in boxes if name not in accepted]
        below, codes = item.table("not"), item.mapping("codes")
        for name in (*accepted, *codes):
            if name not in boxes:
                raise item.error("boxes", f"there is no box {name!r}")
        yield Item(
            Part(item.text("key", key_of(text)), text),
            tuple(boxes[name].key for name in accepted),
            item.text("reason"),
            {boxes[name].key: below.text(name) for name in others},
            {boxes[name].key: str(code) for name, code in codes.items()},
        )
