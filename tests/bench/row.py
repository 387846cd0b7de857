"""What a measurement says: one row of the table, and the same row of several runs."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass

GOAL = re.compile(r"(ours|ratio) (<=|>=) ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure. A part says how often is little, and gets a multiple of it."""

    scale: float

    def times(self, few: int) -> int:
        return max(1, round(few * self.scale))


QUICK, NORMAL, NIGHTLY = Effort(1), Effort(3), Effort(10)


@dataclass(frozen=True, slots=True)
class Row:
    """`floor` is the least that the same thing could cost, measured beside it. Goals are shown and
    never enforced: `ours <= 15`, `ratio <= 3`."""

    name: str
    ours: float
    unit: str
    floor: float | None = None
    goals: tuple[str, ...] = ()
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None


@dataclass(frozen=True, slots=True)
class Line:
    """A row as all runs measured it: the median of each figure, and of the ratios."""

    part: str
    rows: tuple[Row, ...]

    @property
    def last(self) -> Row:
        return self.rows[-1]

    @property
    def ours(self) -> list[float]:
        return sorted(row.ours for row in self.rows)

    @property
    def floor(self) -> list[float]:
        return sorted(row.floor for row in self.rows if row.floor is not None)

    @property
    def ratio(self) -> list[float]:
        return sorted(row.ratio for row in self.rows if row.ratio is not None)

    def is_met(self, goal: str) -> bool:
        of, how, bound = parts_of(goal)
        figures = self.ours if of == "ours" else self.ratio
        if not figures:
            return False
        figure = statistics.median(figures)
        return figure <= bound if how == "<=" else figure >= bound


def parts_of(goal: str) -> tuple[str, str, float]:
    found = GOAL.fullmatch(goal)
    if not found:
        raise ValueError(f"a goal is written as “ratio <= 3”, not {goal!r}")
    return found[1], found[2], float(found[3])


def lines_of(part: str, runs: list[list[Row]]) -> list[Line]:
    """In the order in which they were measured; what one run could not measure is of the others."""
    names = dict.fromkeys(row.name for rows in runs for row in rows)
    return [
        Line(part, tuple(row for rows in runs for row in rows if row.name == name))
        for name in names
    ]
