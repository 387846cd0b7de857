"""A week as one SVG, drawn by the server from plain data: how many instances run, one layer for
each way of paying, and a dashed line for what is reserved. Where it is above the lowest layer,
reserved instances run idle.

A week is JSON as `shown.drawn` writes it. What the picture shows stands in a table as well
(`rows_of`). Layers are told apart by their shade and their order, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from labs.grading.costs.plan.plan_exercise import DAYS
from labs.grading.costs.plan.world import HOURS
from labs.grading.said import Said, say
from labs.grading.scaling.picture import BOTTOM, LEFT, RIGHT, Plot, nice, text

WIDTH, HEIGHT = 400, 250
LAYERS = ("reserved", "savings", "on_demand", "spot", "hosted")
NAMES = {
    "reserved": say("reserved"),
    "savings": say("Savings Plan"),
    "on_demand": say("On-Demand"),
    "spot": say("Spot"),
    "hosted": say("on hosts"),
}
FILLS = {
    "reserved": 'fill="var(--accent, currentColor)" fill-opacity="0.9"',
    "savings": 'fill="var(--accent, currentColor)" fill-opacity="0.4"',
    "on_demand": 'fill="currentColor" fill-opacity="0.2"',
    "spot": 'fill="currentColor" fill-opacity="0.45"',
    "hosted": 'fill="currentColor" fill-opacity="0.75"',
}
PLACES = ((LEFT, 204), (148, 204), (266, 204), (LEFT, 222), (148, 222))
Translate = Callable[[str], str]
Week = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """Hours that are alike, one after the other."""

    start: str
    end: str
    reserved: str
    idle: str
    savings: str
    on_demand: str
    spot: str
    hosted: str


def rows_of(week: Week) -> Iterator[Row]:
    at = 0
    hours = zip(*(week[name] for name in LAYERS), strict=True)
    for counts, run in groupby(hours):
        end = at + len(list(run))
        idle = max(0.0, week["bought"] - counts[0])
        shown = [number(one) for one in (counts[0], idle, *counts[1:])]
        yield Row(clock(at), clock(end), *shown)
        at = end


def number(count: float) -> str:
    return f"{count:.1f}".removesuffix(".0")


def clock(hour: int) -> str:
    return f"{DAYS[hour // 24 % 7]} {hour % 24:02}:00"


def draw(week: Week, *, name: str, in_language: Translate = str) -> str:
    """The SVG. `name` makes the ids of title and description unique on the page."""
    tops = [sum(counts) for counts in zip(*(week[layer] for layer in LAYERS), strict=True)]
    plot = Plot(HOURS, nice(int(max(*tops, week["bought"])) + 1))
    ident = escape(name, quote=True)
    title, words = in_language(say("A week of this plan")), in_language(description(week))
    shapes = [*grid(plot), *layers(plot, week), *bought(plot, week), *legend(week, in_language)]
    return (
        f'<svg class="day-picture" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="480" role="img" '
        f'aria-labelledby="{ident}-title {ident}-desc" font-size="11" font-family="inherit" '
        f'fill="none"><title id="{ident}-title">{escape(title)}</title>'
        f'<desc id="{ident}-desc">{escape(words)}</desc>{"".join(shapes)}</svg>'
    )


def description(week: Week) -> Said:
    used, bought = sum(week["reserved"]), week["bought"] * HOURS
    return say(
        "How many instances run, hour by hour, and how each is paid. Of {bought} reserved "
        "instance-hours {used} are used, {demand} instance-hours run On-Demand.",
        bought=bought,
        used=round(used),
        demand=round(sum(week["on_demand"])),
    )


def grid(plot: Plot) -> Iterator[str]:
    """Three heights, and the days."""
    for value in (0, plot.most // 2, plot.most):
        y = plot.y(value)
        yield f'<path d="M{LEFT} {y}H{RIGHT}" stroke="currentColor" stroke-opacity="0.25"/>'
        yield text(LEFT - 6, y + 4, str(value), "end")
    for number_of_day, day in enumerate(DAYS):
        x = plot.x(24 * number_of_day)
        yield f'<path d="M{x} {BOTTOM}v4" stroke="currentColor"/>'
        yield text(plot.x(24 * number_of_day + 12), BOTTOM + 16, day, "middle")


def layers(plot: Plot, week: Week) -> Iterator[str]:
    below = [0.0] * HOURS
    for name in LAYERS:
        above = [one + two for one, two in zip(below, week[name], strict=True)]
        if any(week[name]):
            yield f'<path d="{band(plot, below, above)}" {FILLS[name]}/>'
        below = above


def band(plot: Plot, below: Sequence[float], above: Sequence[float]) -> str:
    """The area between two stairs."""
    path = ""
    for start, end in runs(list(zip(below, above, strict=True))):
        low, high = plot.y(below[start]), plot.y(above[start])
        if low != high:
            path += f"M{plot.x(start)} {low}V{high}H{plot.x(end)}V{low}Z"
    return path


def runs(values: Sequence[object]) -> Iterator[tuple[int, int]]:
    start = 0
    for _value, run in groupby(values):
        end = start + len(list(run))
        yield start, end
        start = end


def bought(plot: Plot, week: Week) -> Iterator[str]:
    if week["bought"]:
        y = plot.y(week["bought"])
        yield (
            f'<path d="M{LEFT} {y}H{RIGHT}" stroke="currentColor" stroke-width="2" '
            'stroke-dasharray="5 4"/>'
        )


def legend(week: Week, in_language: Translate) -> Iterator[str]:
    shown = [name for name in LAYERS if any(week[name])]
    for name, (x, y) in zip(shown, PLACES, strict=False):
        yield f'<rect x="{x}" y="{y - 9}" width="18" height="10" {FILLS[name]}/>'
        yield text(x + 23, y, in_language(NAMES[name]))
    if week["bought"]:
        yield (
            '<path d="M266 218h18" stroke="currentColor" stroke-width="2" stroke-dasharray="5 4"/>'
        )
        yield text(289, 222, in_language(say("what is reserved")))
