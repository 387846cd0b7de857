"""What a lab asks about lifecycle rules. How the spec is written:
`labs/grading/kinds/lifecycle.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from labs.grading.errors import AnswerError, SpecError
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.lifecycles.buckets.life import DELETE, PUT, UPLOAD, Step, Thing
from labs.grading.lifecycles.comparison.fates import Fate
from labs.grading.lifecycles.comparison.repositories import Sort
from labs.grading.lifecycles.comparison.things import ThingSort
from labs.grading.lifecycles.exercise.bucket_world import BucketWorld
from labs.grading.lifecycles.exercise.registry_world import RegistryWorld
from labs.grading.lifecycles.exercise.world import World
from labs.grading.lifecycles.registry.days import Push
from labs.grading.toml_table import Table, file_of

MOST_POINTS, MOST_DAYS = 1000, 3650
MOST_SUBJECTS, MOST_SORTS = 40, 10
STEPS = {"put": PUT, "delete": DELETE, "upload": UPLOAD}
SOLUTION = "solution.json"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Subject:
    """An image or an object with a name, and what becomes of it under the solution."""

    name: str
    fates: tuple[Fate, ...]
    points: int
    hidden: bool
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class LifecycleExercise:
    """`points` for leaving alone, and for moving or removing, whatever the solution does."""

    service: str
    world: World
    expected: Any
    subjects: tuple[Subject, ...]
    points: int
    advice: bool
    last_day: int
    first_day: int


def read_lifecycle_exercise(table: Mapping[str, object], files: Files) -> LifecycleExercise:
    spec = Table(table)
    service = spec.text("rules", choices=("ecr", "s3"))
    days = spec.number("days", least=1, most=MOST_DAYS)
    first, world, tables = ecr(spec, days) if service == "ecr" else s3(spec, days)
    expected = read_expected(file_of(files, SOLUTION), world)
    named = world.named(expected)
    exercise = LifecycleExercise(
        service=service,
        world=world,
        expected=expected,
        subjects=tuple(read_subject(one, named, world) for one in tables),
        points=spec.number("compare", 6, most=MOST_POINTS),
        advice=spec.flag("advice", True),
        first_day=first,
        last_day=first + days,
    )
    spec.finish()
    if not exercise.points and not any(one.points for one in exercise.subjects):
        raise spec.error("", "nothing is worth a point: name subjects, or compare above 0")
    return exercise


def read_expected(text: str, world: World) -> Any:
    try:
        read = world.read(read_json(text))
    except AnswerError as error:
        raise SpecError(f"{SOLUTION}: {error}") from None
    if read.refusals:
        raise SpecError(f"{SOLUTION}: {read.refusals[0].message}")
    return read.rules


# --- Repositories ---------------------------------------------------------------------------------


def ecr(spec: Table, days: int) -> tuple[int, World, list[Table]]:
    tables = rows(spec, "images")
    pushes = [read_push(one) for one in tables]
    sorts = sorts_of(spec, lambda one: Sort(one.text("name"), one.texts("tags")))
    if sorted(pushes, key=lambda one: one.day) != pushes:
        raise spec.error("images", "are in the order of their days")
    return 0, RegistryWorld(tuple(pushes), days, sorts), tables


def read_push(table: Table) -> Push:
    day = table.number("day", most=MOST_DAYS)
    return Push(day, frozenset(table.texts("tags")), table.text("name"))


def rows(spec: Table, key: str) -> list[Table]:
    """The tables, without finishing them: `read_subject` reads the rest."""
    values = spec.get(key, (list, tuple), "a list of tables", ())
    if len(values) > MOST_SUBJECTS:
        raise spec.error(key, f"are at most {MOST_SUBJECTS}")
    return [spec.named(one, f"{key}[{number}]") for number, one in enumerate(values, 1)]


def sorts_of(spec: Table, read: Callable[[Table], T]) -> tuple[T, ...]:
    found = tuple(map(read, spec.tables("sorts")))
    if not 0 < len(found) <= MOST_SORTS:
        raise spec.error("sorts", f"are 1 to {MOST_SORTS}")
    return found


# --- Buckets --------------------------------------------------------------------------------------


def s3(spec: Table, days: int) -> tuple[int, World, list[Table]]:
    start = a_date(spec, "start", spec.text("start"))
    tables = rows(spec, "objects")
    world = BucketWorld(
        things=tuple(read_thing(one) for one in tables),
        start=start,
        last=start + days,
        versioned=spec.flag("versioned"),
        sorts=sorts_of(spec, read_sort),
    )
    return start, world, tables


def a_date(table: Table, key: str, text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        raise table.error(key, f"is “{text}”, not a date") from None


def read_thing(table: Table) -> Thing:
    steps = [read_step(table, one) for one in table.texts("steps")]
    size = table.number("size", 1_000_000, most=10**14)
    return Thing(table.text("key"), tuple(steps), size, tags_of(table), table.text("name"))


def read_step(table: Table, text: str) -> Step:
    """`2026-01-15 put`."""
    day, _blank, what = text.partition(" ")
    if what not in STEPS:
        raise table.error("steps", f"are a date and one of {', '.join(STEPS)}")
    return Step(a_date(table, "steps", day), STEPS[what])


def tags_of(table: Table) -> dict[str, str]:
    return {str(name): str(value) for name, value in table.mapping("tags").items()}


def read_sort(table: Table) -> ThingSort:
    sizes = table.value("sizes", [1_000_000])
    if not isinstance(sizes, list | tuple) or not all(isinstance(one, int) for one in sizes):
        raise table.error("sizes", "is not a list of bytes")
    return ThingSort(
        table.text("name"), table.text("key"), tags_of(table), tuple(sizes), table.flag("uploads")
    )


# --- Subjects -------------------------------------------------------------------------------------


def read_subject(table: Table, named: Mapping[str, list[Fate]], world: World) -> Subject:
    """`expect` says what the rules do to it, day by day: the author's own reckoning, compared with
    what the solution does."""
    name = table.text("name")
    wanted = list(table.texts("expect"))
    done = done_to(named[name], world)
    if wanted != done:
        raise table.error("expect", f"is {wanted}, and the solution does {done}")
    subject = Subject(
        name=name,
        fates=tuple(named[name]),
        points=table.number("points", 1, most=MOST_POINTS),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )
    table.finish()
    return subject


def done_to(fates: list[Fate], world: World) -> list[str]:
    states = [one for fate in fates for one in fate.states if one.plain]
    return [f"{world.day(one.day)} {one.plain}" for one in sorted(states, key=lambda one: one.day)]
