"""Mark the line of a document because of which something is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.quiz.choosing import Choosing, Option
from labs.grading.quiz.judgement import Form, Given, Judgement, Part, Shown
from labs.grading.toml_table import Table

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Marking:
    lines: tuple[str, ...]
    choosing: Choosing
    is_mixed: bool = False

    @property
    def shown(self) -> Shown:
        """Every line; those about which nothing is said have no key."""
        keys = self.choosing.keys
        return Shown(
            parts=tuple(
                Part(str(number) if str(number) in keys else "", line)
                for number, line in enumerate(self.lines, start=1)
            )
        )

    def given(self, form: Form) -> Given:
        return self.choosing.given(form)

    def judge(self, given: Given) -> Judgement:
        return self.choosing.judge(given)

    def right(self) -> Given:
        return self.choosing.right()

    def wrong(self) -> tuple[Given, ...]:
        return self.choosing.wrong()

    def doubts(self) -> tuple[str, ...]:
        if len(self.choosing.options) < FEWEST:
            return (f"needs {FEWEST} lines with a reason, or one sees which it is",)
        return ()


def read_marking(table: Table) -> Marking:
    lines = tuple(table.text("document").strip("\n").split("\n"))
    return Marking(lines, Choosing(tuple(read_lines(table, lines)), several=False))


def read_lines(table: Table, lines: tuple[str, ...]) -> Iterator[Option]:
    below, codes = table.table("lines"), table.mapping("codes")
    right = below.number("right", least=1, most=len(lines))
    if str(right) not in below.values:
        raise below.error("right", f"line {right} has no reason")
    for number, line in enumerate(lines, start=1):
        if (name := str(number)) in below.values:
            part = Part(name, line.strip())
            code = str(codes.get(name, ""))
            yield Option(part, below.text(name), is_right=number == right, code=code)
