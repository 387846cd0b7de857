"""What a lab asks about a group. How the spec is written:
`labs/grading/kinds/asg_scaling_policy.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from labs.grading.errors import SpecError
from labs.grading.scaling.group.zones import ZONES
from labs.grading.scaling.simulation.world import Day, World, load_of
from labs.grading.toml_table import Table

MOST_DAYS = 6
MOST_POINTS = 1000
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than `most` of something; worth `points`."""

    most: int
    points: int


@dataclass(frozen=True, slots=True)
class Floor:
    """At least so many instances in service from one time to another, as the day's clock shows
    them."""

    start: str
    end: str
    least: int
    points: int


@dataclass(frozen=True, slots=True)
class Task:
    """A day and what is asked of it; None is not asked. `hours`: instance-hours."""

    day: Day
    overload: Limit | None
    hours: Limit | None
    flaps: Limit | None
    floors: tuple[Floor, ...]
    hidden: bool
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class StepTask:
    """The step policies alone: which capacity they want at a value of the metric."""

    name: str
    metric: str
    value: float
    capacity: int
    desired: int
    points: int
    hidden: bool
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class ScalingExercise:
    world: World
    flap_window: int
    tasks: tuple[Task, ...]
    steps: tuple[StepTask, ...]
    advice: bool = True  # are mistakes marked while one types?

    @property
    def points(self) -> int:
        """Of all checks together."""
        days = (
            limit.points
            for task in self.tasks
            for limit in (task.overload, task.hours, task.flaps, *task.floors)
            if limit
        )
        return sum(days) + sum(step.points for step in self.steps)


def read_scaling_exercise(table: Mapping[str, object]) -> ScalingExercise:
    spec = Table(table)
    read = ScalingExercise(
        world=read_world(spec),
        flap_window=spec.number("flap_window", 15, least=1, most=240),
        tasks=tuple(read_task(day) for day in spec.tables("days")),
        steps=tuple(read_step_task(step) for step in spec.tables("steps")),
        advice=spec.flag("advice", True),
    )
    spec.finish()
    if len(read.tasks) > MOST_DAYS:
        raise spec.error("days", f"more than {MOST_DAYS}")
    if not read.points:
        raise SpecError("lab.toml: spec: nothing is worth a point: give days or steps")
    return read


def read_world(spec: Table) -> World:
    plain = World(1)
    return World(
        serves=spec.number("serves", least=1, most=10**6),
        boot=spec.number("boot", plain.boot, most=60),
        out_minutes=spec.number("out_minutes", plain.out_minutes, least=1, most=60),
        in_minutes=spec.number("in_minutes", plain.in_minutes, least=1, most=240),
        in_threshold=spec.number("in_threshold", plain.in_threshold, least=1, most=100),
        in_step=spec.number("in_step", plain.in_step, least=1, most=100),
    )


def read_task(table: Table) -> Task:
    return Task(
        day=read_day(table),
        overload=read_limit(table, "overload"),
        hours=read_limit(table, "hours"),
        flaps=read_limit(table, "flaps"),
        floors=tuple(read_floor(floor) for floor in table.tables("floors")),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )


def read_day(table: Table) -> Day:
    zone = table.text("zone", "Etc/UTC", choices=tuple(ZONES))
    try:
        start = datetime.fromisoformat(table.text("start"))
    except ValueError:
        raise table.error("start", "is no moment such as 2026-11-27T15:00") from None
    if start.tzinfo is not None:
        raise table.error("start", "is UTC, without an offset")
    segments = table.get("load", (list, tuple), "a list of segments", [])
    try:
        load = load_of([[whole(number) for number in segment] for segment in segments])
    except (TypeError, ValueError) as error:
        raise table.error("load", str(error)) from None
    if not load:
        raise table.error("load", "is empty")
    return Day(table.text("name"), start, zone, load)


def whole(number: object) -> int:
    """A variant's value is text."""
    if isinstance(number, int | str) and str(number).isdigit():
        return int(number)
    raise ValueError("a segment holds whole numbers")


def read_limit(table: Table, key: str) -> Limit | None:
    points = table.number(f"{key}_points", 1, most=MOST_POINTS)
    return Limit(table.number(key), points) if key in table.values else None


def read_floor(table: Table) -> Floor:
    return Floor(
        start=read_clock(table, "from"),
        end=read_clock(table, "to"),
        least=table.number("least", least=1, most=500),
        points=table.number("points", 1, most=MOST_POINTS),
    )


def read_clock(table: Table, key: str) -> str:
    text = table.text(key)
    if not CLOCK.fullmatch(text):
        raise table.error(key, "is no time such as 17:00")
    return text


def read_step_task(table: Table) -> StepTask:
    return StepTask(
        name=table.text("name"),
        metric=table.text("metric", "CPUUtilization"),
        value=read_value(table),
        capacity=table.number("capacity", least=0, most=500),
        desired=table.number("desired", least=0, most=500),
        points=table.number("points", 1, most=MOST_POINTS),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )


def read_value(table: Table) -> float:
    """A variant's value is text."""
    try:
        return float(table.get("value", (int, float, str), "a number", 0))
    except ValueError:
        raise table.error("value", "is not a number") from None
