"""What a lab asks about a target group. How the spec is written:
`labs/grading/kinds/health_timeline.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.health.simulation.world import (
    NEVER,
    WHO,
    Deployment,
    Log,
    Phase,
    Reply,
    Target,
    Visitors,
)
from labs.grading.toml_table import Table

LONGEST = 7200  # seconds of a log
MOST_LOGS, MOST_TARGETS, MOST_VISITS, MOST_PHASES = 4, 8, 3000, 12
MOST_POINTS = 1000
ASKED = ("dead", "needless", "into", "cut", "deploy", "lost", "share")
REPLY = re.compile(r"(\d{3})(?: in (\d{1,3}))?")
BEFORE = -1


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than `most` of something; worth `points`."""

    most: int
    points: int


@dataclass(frozen=True, slots=True)
class Task:
    """A log and what is asked of it, by one of ASKED. `share_from`: from when shares count."""

    log: Log
    limits: Mapping[str, Limit]
    share_from: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class HealthExercise:
    tasks: tuple[Task, ...]

    @property
    def points(self) -> int:
        """Of all checks together."""
        return sum(limit.points for task in self.tasks for limit in task.limits.values())


def read_health_exercise(table: Mapping[str, object]) -> HealthExercise:
    spec = Table(table)
    page = spec.text("page", "/")
    renews = spec.flag("cookie_renews", True)
    tasks = tuple(read_task(one, page, renews) for one in spec.tables("logs"))
    spec.finish()
    if not 0 < len(tasks) <= MOST_LOGS:
        raise spec.error("logs", f"are 1 to {MOST_LOGS}")
    read = HealthExercise(tasks)
    if not read.points:
        raise SpecError("lab.toml: spec: nothing is worth a point: ask something of a log")
    return read


def read_task(table: Table, page: str, renews: bool) -> Task:
    log = Log(
        name=table.text("name"),
        seconds=table.number("seconds", least=1, most=LONGEST),
        page=page,
        targets=tuple(read_target(one) for one in table.tables("targets")),
        visitors=tuple(read_visitors(one) for one in table.tables("visitors")),
        deployment=read_deployment(table.table("deployment")),
        leaves=tuple(read_leave(one) for one in table.tables("leaves")),
        renews=renews,
    )
    judge(table, log)
    return Task(
        log=log,
        limits={key: limit for key in ASKED if (limit := read_limit(table, key))},
        share_from=table.number("share_from", 0, most=LONGEST),
        hidden=table.flag("hidden"),
    )


def read_limit(table: Table, key: str) -> Limit | None:
    points = table.number(f"{key}_points", 1, most=MOST_POINTS)
    most = table.number(key, 0, most=LONGEST)
    return Limit(most, points) if key in table.values else None


def judge(table: Table, log: Log) -> None:
    """What the simulation takes for granted."""
    targets = {target.name: target for target in log.targets}
    if not 0 < len(targets) == len(log.targets) <= MOST_TARGETS:
        raise table.error("targets", f"are 1 to {MOST_TARGETS}, each with a name of its own")
    if sum(one.count * one.times for one in log.visitors) > MOST_VISITS:
        raise table.error("visitors", f"make more than {MOST_VISITS} requests")
    registered = {name: at for name, one in targets.items() if (at := one.registers) is not None}
    for second, name in log.leaves:
        if registered.get(name, LONGEST) >= second:
            raise table.error("leaves", f"{name} is not registered at {second}")
    if log.deployment:
        for old, new in log.deployment.swaps:
            if registered.get(old, LONGEST) >= log.deployment.start:
                raise table.error("deployment", f"{old} is not registered when it begins")
            if new not in targets or new in registered:
                raise table.error("deployment", f'{new} is no target with registers = "deployed"')


def read_target(table: Table) -> Target:
    registers: int | None = BEFORE
    if table.value("registers", BEFORE) == "deployed":
        registers = None
    elif "registers" in table.values:
        registers = table.number("registers", most=LONGEST)
    phases = tuple(read_phase(one) for one in table.tables("phases"))
    times = [phase.at for phase in phases]
    if not times or times[0] or len(times) > MOST_PHASES or times != sorted(set(times)):
        raise table.error("phases", f"are 1 to {MOST_PHASES} in order, the first at 0")
    return Target(table.text("name"), registers, phases)


def read_phase(table: Table) -> Phase:
    at, paths = table.number("at", 0, most=LONGEST), table.table("paths")
    replies = {path: read_reply(paths, path, value) for path, value in paths.items()}
    return Phase(at, replies)


def read_reply(table: Table, path: str, value: object) -> Reply:
    if value == "refused":
        return Reply(0)
    if value == "never":
        return Reply(0, NEVER)
    found = REPLY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise table.error(path, "is no reply such as “200”, “200 in 3”, “refused” or “never”")
    return Reply(int(found[1]), int(found[2] or 0))


def read_visitors(table: Table) -> Visitors:
    return Visitors(
        kind=table.text("kind", "visitor", choices=tuple(WHO)),
        count=table.number("count", 1, least=1, most=MOST_VISITS),
        first=table.number("first", 0, most=LONGEST),
        apart=table.number("apart", 1, most=LONGEST),
        every=table.number("every", 1, least=1, most=LONGEST),
        times=table.number("times", 1, least=1, most=MOST_VISITS),
        seconds=table.number("seconds", 1, most=LONGEST),
        session=table.number("session", 0, most=LONGEST),
    )


def read_leave(table: Table) -> tuple[int, str]:
    return table.number("at", least=1, most=LONGEST), table.text("target")


def read_deployment(table: Table) -> Deployment | None:
    if not table.values:
        return None
    start = table.number("start", least=1, most=LONGEST)
    old, new = table.texts("old"), table.texts("new")
    if len(old) != len(new) or not old:
        raise table.error("new", "names as many targets as old")
    return Deployment(start, tuple(zip(old, new, strict=True)))
