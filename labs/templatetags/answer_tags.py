"""What templates of kinds (`templates/labs/answers/`) and of replays (`…/replays/`) need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString, mark_safe

from labs.grading.costs.plan import picture as week
from labs.grading.network.topology.picture import draw
from labs.grading.scaling import picture
from labs.language import in_language
from labs.models import Grade

register = template.Library()


@register.filter
def several(value: object) -> list[object]:
    """A value, or each of a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


@register.filter
def that_apply(statements: list[Mapping[str, object]]) -> list[Mapping[str, object]]:
    return [statement for statement in statements if statement["applies"]]


@register.filter
def that_do_not_apply(statements: list[Mapping[str, object]]) -> list[Mapping[str, object]]:
    return [statement for statement in statements if not statement["applies"]]


@register.filter
def marked_lines(rows: list[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The lines that the learner named; the others would give the rest away."""
    return [row for row in rows if row["marked"]]


@register.simple_tag
def walk_picture(
    drawing: Mapping[str, object], walk: Mapping[str, object], number: int
) -> SafeString:
    """The SVG of a walk, built from escaped text alone; `number` keeps its ids apart from those of
    others."""
    return mark_safe(draw(drawing, walk, name=f"walk-{number}", in_language=in_language))  # noqa: S308


@dataclass(frozen=True, slots=True)
class DayPicture:
    """A day as an SVG and as rows of a table; `compared`: with the attempt before."""

    name: str
    svg: SafeString
    rows: list[picture.Row]
    compared: bool


@register.simple_tag
def day_pictures(days: Sequence[picture.Day], before: Grade | None) -> list[DayPicture]:
    earlier = before.read_report().extra.get("days", ()) if before else ()
    return [day_picture(day, picture.same_day(earlier, day), at) for at, day in enumerate(days)]


def day_picture(day: picture.Day, before: picture.Day | None, number: int) -> DayPicture:
    """The SVG is built from escaped text alone; `number` keeps its ids apart from those of
    others."""
    svg = picture.draw(day, before, name=f"day-{number}", in_language=in_language)
    rows = list(picture.rows_of(day, before))
    return DayPicture(day["name"], mark_safe(svg), rows, before is not None)  # noqa: S308


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """A week of a purchase plan, as an SVG and as rows of a table."""

    svg: SafeString
    rows: list[week.Row]


@register.simple_tag
def week_picture(drawn: week.Week) -> WeekPicture:
    """The SVG is built from escaped text alone."""
    svg = week.draw(drawn, name="week", in_language=in_language)
    return WeekPicture(mark_safe(svg), list(week.rows_of(drawn)))  # noqa: S308
