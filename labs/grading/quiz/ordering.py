"""Bring steps into order. What counts is each pair: one step in the wrong place is not all
wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from labs.grading.errors import AnswerError
from labs.grading.quiz.choosing import listed
from labs.grading.quiz.judgement import Form, Given, Judgement, Part, Remark, Shown, only
from labs.grading.quiz.keys import key_of
from labs.grading.said import say
from labs.grading.toml_table import Table

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Step:
    part: Part
    reason: str
    place: int  # steps of the same place may stand either way


@dataclass(frozen=True, slots=True)
class Ordering:
    steps: tuple[Step, ...]  # in the right order
    is_mixed: bool = True

    @property
    def shown(self) -> Shown:
        return Shown(parts=tuple(step.part for step in self.steps))

    def given(self, form: Form) -> Given:
        """Each step with its number."""
        places = {step.part.key: only(form, f"place-{step.part.key}") for step in self.steps}
        wanted = [str(number) for number in range(1, len(self.steps) + 1)]
        if sorted(places.values()) != sorted(wanted):
            raise AnswerError(say("Give each step a number of its own, from 1 on."))
        return {"order": sorted(places, key=lambda key: int(places[key]))}

    def pairs(self) -> list[tuple[str, str]]:
        """What has to stand before what."""
        return [
            (one.part.key, other.part.key)
            for one, other in combinations(self.steps, 2)
            if one.place != other.place
        ]

    def judge(self, given: Given) -> Judgement:
        order = [str(key) for key in listed(given.get("order"))]
        at = {key: number for number, key in enumerate(order)}
        pairs = self.pairs()
        wrong = [pair for pair in pairs if at.get(pair[0], -1) >= at.get(pair[1], -1)]
        remarks = tuple(self.remarks(at, {key for pair in wrong for key in pair}))
        return Judgement(1 - len(wrong) / len(pairs), remarks)

    def remarks(self, at: dict[str, int], wrong: set[str]) -> Iterator[Remark]:
        for number, step in enumerate(self.steps, start=1):
            key = step.part.key
            given = str(at[key] + 1) if key in at else ""
            yield Remark(
                step.reason,
                is_right=key not in wrong or given == str(number),
                text=step.part.text,
                given=given,
                right=str(number),
                key=key,
            )

    def right(self) -> Given:
        return {"order": [step.part.key for step in self.steps]}

    def wrong(self) -> tuple[Given, ...]:
        """Each two neighbours turned around."""
        keys = [step.part.key for step in self.steps]
        turned = []
        for number, (one, other) in enumerate(zip(self.steps, self.steps[1:], strict=False)):
            if one.place != other.place:
                changed = [*keys]
                changed[number : number + 2] = [other.part.key, one.part.key]
                turned.append({"order": changed})
        return tuple(turned)

    def doubts(self) -> tuple[str, ...]:
        if len({step.part.key for step in self.steps}) < max(FEWEST, len(self.steps)):
            return (f"needs {FEWEST} steps or more, each another one",)
        return () if self.pairs() else ("no step has to stand before another",)


def read_ordering(table: Table) -> Ordering:
    return Ordering(tuple(read_steps(table)))


def read_steps(table: Table) -> Iterator[Step]:
    place = 0
    for step in table.tables("steps"):
        text = step.text("text")
        place += not step.flag("together")
        yield Step(Part(step.text("key", key_of(text)), text), step.text("reason"), place)
