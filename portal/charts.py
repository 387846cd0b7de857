"""Numbers → the geometry of small SVG charts. Templates draw them;
each shows the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 100, 30  # of a sparkline's box
BANDS = 4  # colours of a heat table, above "nothing"


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Bars:
    """Upright bars in a box of `width` × `height`; the labels stand below it."""

    bars: tuple[Bar, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Level:
    label: str
    value: int
    y: int
    width: float
    language: str  # of the label

    @property
    def base(self) -> int:
        """Of its text."""
        return self.y + 12


@dataclass(frozen=True, slots=True)
class Levels:
    """Level bars of percents, one below the other; their labels stand before them."""

    levels: tuple[Level, ...]
    height: int


@dataclass(frozen=True, slots=True)
class HeatCell:
    value: int
    band: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    label: str
    cells: tuple[HeatCell, ...]


def sparkline(values: Sequence[float]) -> str:
    """The `points` of a polyline; a single value is drawn as a level line."""
    if not values:
        return ""
    if len(values) == 1:
        values = [values[0], values[0]]
    low, high = min(values), max(values)
    spread = (high - low) or 1
    step = WIDTH / (len(values) - 1)
    margin = 2
    scale = HEIGHT - 2 * margin
    return " ".join(
        f"{round(index * step, 1):g},{round(HEIGHT - margin - (value - low) / spread * scale, 1):g}"
        for index, value in enumerate(values)
    )


def bars(rows: Sequence[tuple[str, int]], *, width: int = 480, height: int = 120) -> Bars:
    """The tallest bar fills the box; the gap between bars is a third of a bar."""
    tallest = max((value for _label, value in rows), default=0) or 1
    slot = width / max(len(rows), 1)
    bar = round(slot * 0.75, 1)
    made = (
        Bar(
            label=label,
            value=value,
            x=round(index * slot, 1),
            y=round(height - tall, 1),
            width=bar,
            height=tall,
        )
        for index, (label, value) in enumerate(rows)
        for tall in [round(height * value / tallest, 1)]
    )
    return Bars(tuple(made), width, height)


def levels(rows: Sequence[tuple[str, int, str]], *, width: int = 200, slot: int = 22) -> Levels:
    """A bar of `width` is a hundred percent. Of each: its label, the percents, and the label's
    language."""
    made = (
        Level(label, value, index * slot, round(width * value / 100, 1), language)
        for index, (label, value, language) in enumerate(rows)
    )
    return Levels(tuple(made), max(1, len(rows)) * slot)


def heat(rows: Sequence[tuple[str, Sequence[int]]]) -> tuple[HeatRow, ...]:
    """Band 0 is nothing; 1…4 are quarters of the largest value."""
    largest = max((value for _label, values in rows for value in values), default=0)
    return tuple(
        HeatRow(label, tuple(HeatCell(value, band(value, largest)) for value in values))
        for label, values in rows
    )


def band(value: int, largest: int) -> int:
    return -(-BANDS * value // largest) if value > 0 else 0  # rounded up: anything at all is seen
