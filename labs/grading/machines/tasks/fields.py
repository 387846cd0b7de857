"""What a lab can ask of a task definition: each field by its name.

cpu memory (of the task: units, MiB) mode fargate architecture containers; `image:web`,
`essential:web`, `limit:web`, `reserved:web`, `cpu:web`, `logs:web` of the container of that name;
`port:8080`: the host port that leads there, or "dynamic"; `env:NAME`: "secret" or "plain"; starts;
`call:pictures`: what the application does; takes-cpu, takes-memory: what a task takes from its
host; placed, least-in-a-zone, most-on-a-host; `without:host-a`: how many run after it is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labs.grading.machines.asks import Value
from labs.grading.machines.tasks.definition import Container, Task
from labs.grading.machines.tasks.placing import Need, Placing, without
from labs.grading.machines.tasks.starting import Step, call
from labs.grading.machines.tasks.world import World


@dataclass(frozen=True, slots=True)
class Observed:
    """`placing` is None where there are no hosts."""

    task: Task
    world: World
    steps: tuple[Step, ...]
    need: Need
    strategies: tuple[Mapping[str, str], ...]
    placing: Placing | None


def yes(truth: bool) -> str:
    return "yes" if truth else "no"


OF_TASK: Mapping[str, Callable[[Task], Value]] = {
    "cpu": lambda one: one.cpu,
    "memory": lambda one: one.memory,
    "mode": lambda one: one.mode,
    "fargate": lambda one: yes(one.fargate),
    "architecture": lambda one: one.architecture,
    "containers": lambda one: len(one.containers),
    "takes-cpu": lambda one: one.takes_cpu,
    "takes-memory": lambda one: one.takes_memory,
}
OF_CONTAINER: Mapping[str, Callable[[Container], Value]] = {
    "image": lambda one: one.image,
    "essential": lambda one: yes(one.essential),
    "limit": lambda one: one.memory,
    "reserved": lambda one: one.reserved,
    "cpu": lambda one: one.cpu,
    "logs": lambda one: one.log_options.get("awslogs-group"),
}
OF_PLACING: Mapping[str, Callable[[Placing], Value]] = {
    "placed": lambda one: one.placed,
    "least-in-a-zone": lambda one: min(one.by_zone().values()),
    "most-on-a-host": lambda one: max(one.counts.values()),
}
WITH_NAME = ("port", "env", "call", "without")


def exists(field: str) -> bool:
    first, _colon, name = field.partition(":")
    if name:
        return first in OF_CONTAINER or first in WITH_NAME
    return field in OF_TASK or field in OF_PLACING or field == "starts"


def value_of(field: str, seen: Observed) -> Value:
    first, _colon, name = field.partition(":")
    if not name:
        if field in OF_TASK:
            return OF_TASK[field](seen.task)
        if field == "starts":
            return yes(all(step.done for step in seen.steps))
        return OF_PLACING[field](seen.placing) if seen.placing else None
    if first in OF_CONTAINER:
        found = next((one for one in seen.task.containers if one.name == name), None)
        return OF_CONTAINER[first](found) if found else None
    return named(first, name, seen)


def named(first: str, name: str, seen: Observed) -> Value:
    if first == "port":
        return port_value(seen.task, name)
    if first == "env":
        return variable(seen.task, name)
    if first == "call":
        return yes(call(seen.task, seen.world, name))
    if seen.placing is None:
        return None
    again = without(seen.placing, name, seen.need, seen.world.wanted, seen.strategies)
    return again.placed


def port_value(task: Task, name: str) -> Value:
    for one in task.containers:
        for port in one.ports:
            if str(port.container) == name:
                return str(port.host) if port.host else "dynamic"
    return None


def variable(task: Task, name: str) -> Value:
    if any(name in one.values for one in task.containers):
        return "plain"
    return "secret" if any(name in one.secrets for one in task.containers) else None
