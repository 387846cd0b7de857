"""A day of load as one SVG, drawn by the server from plain data: the load, what the instances in
service could answer, and the minutes of overload; of this attempt, and of the one before.

A day is JSON as `exercise.scaling_verdict.drawn` writes it. What the picture shows stands in a
table as well (`rows_of`). Colours come from the page: `currentColor` and its custom properties;
lines are told apart by their form, too. All text is escaped; there is no inline style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from labs.grading.said import Said, say

WIDTH = 400
LEFT, RIGHT, TOP, BOTTOM = 46, 382, 12, 160  # of the plot
FIRST_STRIP, STRIP = 200, 20  # where the minutes of overload stand
MOST_LABELS = 8
MOST_ROWS = 14
Translate = Callable[[str], str]
Day = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """Some minutes of a day; `before` is None where there was no attempt, or of another day."""

    clock: str
    load: int  # the most in a minute
    instances: int  # the fewest in service
    overload: int  # minutes
    instances_before: int | None
    overload_before: int | None


def same_day(days: Sequence[Day], day: Day) -> Day | None:
    """The same day in the attempt before; another variant has another load."""
    found = (one for one in days if (one["name"], one["load"]) == (day["name"], day["load"]))
    return next(found, None)


def clock(day: Day, minute: int) -> str:
    hours, minutes = map(int, day["start"].split(":"))
    total = 60 * hours + minutes + minute
    return f"{total // 60 % 24:02}:{total % 60:02}"


def rows_of(day: Day, before: Day | None) -> Iterator[Row]:
    """A quarter of an hour each, or several of them, so that there are few rows."""
    minutes = len(day["load"])
    length = 15 * -(-minutes // (15 * MOST_ROWS))
    for start in range(0, minutes, length):
        part = slice(start, start + length)
        yield Row(
            clock(day, start),
            max(day["load"][part]),
            min(day["instances"][part]),
            sum(overload(day)[part]),
            min(before["instances"][part]) if before else None,
            sum(overload(before)[part]) if before else None,
        )


def overload(day: Day) -> list[bool]:
    """Minute by minute."""
    return [load > served for load, served in zip(day["load"], day["served"], strict=True)]


@dataclass(frozen=True, slots=True)
class Plot:
    """Minutes and requests → places in the picture."""

    minutes: int
    most: int

    def x(self, minute: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * minute / self.minutes, 1)

    def y(self, requests: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * requests / self.most, 1)

    def stairs(self, values: Sequence[int]) -> str:
        """A line that keeps each value for its minute."""
        path, minute = f"M{LEFT} {self.y(values[0])}", 0
        for value, run in groupby(values):
            path += f"V{self.y(value)}" if minute else ""
            minute += len(list(run))
            path += f"H{self.x(minute)}"
        return path

    def edge(self, values: Sequence[int], first: int, last: int) -> list[str]:
        """Of some minutes, from the beginning of the first to the end of the last."""
        ends = ((at, values[at]) for at in range(first, last))
        return [f"{self.x(at + end)} {self.y(value)}" for at, value in ends for end in (0, 1)]

    def slopes(self, values: Sequence[int]) -> str:
        """A line through all values; those on a straight line between two others are left out."""
        kept = [
            at
            for at in range(1, len(values) - 1)
            if abs(values[at + 1] - 2 * values[at] + values[at - 1]) > 1
        ]
        points = [0, *kept, len(values) - 1]
        return "L".join(f"{self.x(at + 0.5)} {self.y(values[at])}" for at in points)


def draw(day: Day, before: Day | None, *, name: str, in_language: Translate = str) -> str:
    """The SVG. `name` makes the ids of title and description unique on the page."""
    tops = [*day["load"], *day["served"], *(before["served"] if before else ())]
    plot = Plot(len(day["load"]), nice(max(tops)))
    ident = escape(name, quote=True)
    attempts = [(say("before"), before), (say("now"), day)] if before else [(say("now"), day)]
    bottom = FIRST_STRIP + STRIP * len(attempts) + 12
    shapes = [
        *grid(plot, day),
        *capacity(plot, day, before),
        *strips(plot, attempts, in_language),
        *legend(bottom, before, in_language),
    ]
    return (
        f'<svg class="day-picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} '
        f'{bottom + 10}" width="480" role="img" aria-labelledby="{ident}-title {ident}-desc" '
        f'font-size="11" font-family="inherit" fill="none">'
        f'<title id="{ident}-title">{escape(in_language(day["name"]))}</title>'
        f'<desc id="{ident}-desc">{escape(in_language(description(day, before)))}</desc>'
        f"{''.join(shapes)}</svg>"
    )


def nice(most: int) -> int:
    """A round number that is not less, and even."""
    size = 1
    while size * 100 < most:
        size *= 10
    return next(
        step * size for step in (10, 12, 16, 20, 30, 40, 60, 80, 100) if step * size >= most
    )


def description(day: Day, before: Day | None) -> Said:
    now = {"overload": day["overload"], "hours": day["hours"], "flaps": day["flaps"]}
    if before is None:
        return say(
            "Load, and what the instances in service could answer. Minutes of overload {overload}, "
            "instance-hours {hours}, flaps {flaps}.",
            **now,
        )
    return say(
        "Load, and what the instances in service could answer. Minutes of overload {overload} "
        "(before: {overload_before}), instance-hours {hours} ({hours_before}), flaps {flaps} "
        "({flaps_before}).",
        **now,
        **{f"{key}_before": before[key] for key in now},
    )


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" fill="currentColor" text-anchor="{anchor}">{escape(words)}</text>'
    )


def grid(plot: Plot, day: Day) -> Iterator[str]:
    """Three heights, and full hours."""
    for value in (0, plot.most // 2, plot.most):
        y = plot.y(value)
        yield f'<path d="M{LEFT} {y}H{RIGHT}" stroke="currentColor" stroke-opacity="0.25"/>'
        yield text(LEFT - 6, y + 4, str(value), "end")
    hours = [at for at in range(plot.minutes + 1) if clock(day, at).endswith(":00")]
    for at in hours[:: -(-len(hours) // MOST_LABELS)]:
        x = plot.x(at)
        yield f'<path d="M{x} {BOTTOM}v4" stroke="currentColor"/>'
        yield text(x, BOTTOM + 16, clock(day, at), "middle")


def capacity(plot: Plot, day: Day, before: Day | None) -> Iterator[str]:
    """The load as an area, over it the part that nobody answers; the lines in front."""
    line = plot.slopes(day["load"])
    area = f"M{LEFT} {BOTTOM}L{line}L{RIGHT} {BOTTOM}Z"
    yield f'<path d="{area}" fill="currentColor" fill-opacity="0.16"/>'
    for first, last in runs(overload(day)):
        yield lost(plot, day, first, last)
    if before is not None:
        stairs = plot.stairs(before["served"])
        yield f'<path d="{stairs}" stroke="currentColor" stroke-dasharray="5 4"/>'
    yield (
        f'<path d="{plot.stairs(day["served"])}" stroke="var(--accent, currentColor)" '
        'stroke-width="2.5"/>'
    )


def lost(plot: Plot, day: Day, first: int, last: int) -> str:
    """Between the load and what could be answered."""
    load, served = plot.edge(day["load"], first, last), plot.edge(day["served"], first, last)
    points = "L".join([*load, *reversed(served)])
    return f'<path d="M{points}Z" fill="var(--bad, currentColor)" fill-opacity="0.7"/>'


def runs(values: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last (exclusive) of each run of true values."""
    start = 0
    for value, run in groupby(values):
        end = start + len(list(run))
        if value:
            yield start, end
        start = end


def strips(
    plot: Plot, attempts: Sequence[tuple[str, Day]], in_language: Translate
) -> Iterator[str]:
    """A bar wherever there is overload, at least as wide as can be seen."""
    yield text(LEFT, FIRST_STRIP - 9, in_language(say("Minutes of overload")))
    for number, (name, day) in enumerate(attempts):
        y = FIRST_STRIP + STRIP * number
        yield text(LEFT - 6, y + 7, in_language(name), "end")
        yield f'<path d="M{LEFT} {y + 9}H{RIGHT}" stroke="currentColor" stroke-opacity="0.25"/>'
        for first, last in runs(overload(day)):
            width = max(2.0, round(plot.x(last) - plot.x(first), 1))
            yield (
                f'<rect x="{plot.x(first)}" y="{y - 2}" width="{width}" height="11" '
                'fill="var(--bad, currentColor)"/>'
            )


def legend(y: int, before: Day | None, in_language: Translate) -> Iterator[str]:
    area = f'x="{LEFT}" y="{y - 9}" width="18" height="10"'
    yield f'<rect {area} fill="currentColor" fill-opacity="0.16"/>'
    yield text(LEFT + 23, y, in_language(say("requests")))
    yield f'<path d="M128 {y - 4}h20" stroke="var(--accent, currentColor)" stroke-width="2.5"/>'
    yield text(153, y, in_language(say("capacity")))
    if before is not None:
        yield f'<path d="M234 {y - 4}h20" stroke="currentColor" stroke-dasharray="5 4"/>'
        yield text(259, y, in_language(say("capacity before")))
