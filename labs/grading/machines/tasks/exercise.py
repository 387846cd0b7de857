"""What a lab asks of a task definition. How the spec is written:
`labs/grading/kinds/ecs_task_definition.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.machines.asks import Ask, read_asks
from labs.grading.machines.tasks.fields import exists
from labs.grading.machines.tasks.placing import Host
from labs.grading.machines.tasks.world import Role, World
from labs.grading.toml_table import Table

MOST_TASKS, MOST_HOSTS = 60, 12
MOST_SIZE = 10**6


@dataclass(frozen=True, slots=True)
class TaskExercise:
    world: World
    asks: tuple[Ask, ...]

    @property
    def points(self) -> int:
        return sum(ask.points for ask in self.asks)


def read_task_exercise(table: Mapping[str, object]) -> TaskExercise:
    spec = Table(table)
    world = World(
        images=spec.texts("images"),
        roles=tuple(read_role(one) for one in spec.tables("roles")),
        secrets=spec.texts("secrets"),
        log_groups=spec.texts("log_groups"),
        region=spec.text("region", ""),
        calls={str(name): str(needs) for name, needs in spec.mapping("calls").items()},
        hosts=tuple(read_host(one) for one in spec.tables("hosts")),
        wanted=spec.number("wanted", 0, most=MOST_TASKS),
    )
    names = [host.name for host in world.hosts]
    if len(set(names)) < len(names) or len(names) > MOST_HOSTS:
        raise SpecError(f"lab.toml: spec.hosts: are at most {MOST_HOSTS}, each with its own name")
    if bool(names) != bool(world.wanted):
        raise SpecError("lab.toml: spec: hosts and wanted go together")
    exercise = TaskExercise(world, read_asks(spec, judge_for(world)))
    spec.finish()
    return exercise


def judge_for(world: World) -> Callable[[Table, str], None]:
    """SpecError for what is not observed in this world."""

    def judge(table: Table, field: str) -> None:
        first, _colon, name = field.partition(":")
        places = {host.name for host in world.hosts} | {host.zone for host in world.hosts}
        known = {"call": set(world.calls), "without": places}.get(first, {name})
        if not exists(field) or name not in known:
            raise table.error("field", f"“{field}” is nothing that is observed")

    return judge


def read_role(table: Table) -> Role:
    return Role(table.text("arn"), frozenset(table.texts("may")))


def read_host(table: Table) -> Host:
    ports = table.get("ports", (list, tuple), "a list of ports", ())
    interfaces = table.number("interfaces", most=100) if "interfaces" in table.values else None
    return Host(
        name=table.text("name"),
        zone=table.text("zone"),
        cpu=table.number("cpu", most=MOST_SIZE),
        memory=table.number("memory", most=MOST_SIZE),
        ports=frozenset(int(port) for port in ports),
        interfaces=interfaces,
    )
