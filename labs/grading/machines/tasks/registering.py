"""What ECS refuses when a task definition is registered.

Sources: ECS API Reference, RegisterTaskDefinition, ContainerDefinition and PortMapping; ECS
Developer Guide, "Amazon ECS task definition parameters for Fargate" and "Amazon ECS task execution
IAM role". What ECS answers is in its words where those are public.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from labs.grading.machines.faults import Fault
from labs.grading.machines.tasks.definition import (
    AWSVPC,
    BRIDGE,
    HOST,
    NONE,
    Container,
    Task,
    task_of,
)
from labs.grading.machines.tasks.fargate import SIZES, fits
from labs.grading.said import say

CLIENT = "ClientException"
LEAST_MEMORY = 6  # MiB of a container
RESERVED_PORTS = {22, 2375, 2376, *range(51678, 51681)}
FARGATE_DRIVERS = ("awslogs", "splunk", "awsfirelens")
PREFIX = "awslogs-stream-prefix"


def register_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    task = task_of(data)
    yield from container_faults(task)
    yield from size_faults(data, task)
    yield from memory_faults(task)
    for number, one in enumerate(task.containers):
        yield from port_faults(task, one, number)
    if task.fargate:
        yield from fargate_faults(data, task)
    elif not task.execution_role and any(one.secrets for one in task.containers):
        yield role_fault("secrets")


def place(number: int, *rest: str | int) -> tuple[str | int, ...]:
    return ("containerDefinitions", number, *rest)


def container_faults(task: Task) -> Iterator[Fault]:
    if not task.containers:
        cure = say("Describe at least one container.")
        aws = f"{CLIENT}: Container list cannot be empty."
        yield Fault("task.container", cure, aws, ("containerDefinitions",))
        return
    for number, one in enumerate(task.containers):
        yield from name_faults(one, number)
    names = Counter(one.name for one in task.containers)
    name, count = names.most_common(1)[0]
    if count > 1 and name:
        cure = say("Give each container a name of its own: {name} is here twice.", name=name)
        yield Fault("task.container", cure, CLIENT, place(0))
    if not any(one.essential for one in task.containers):
        cure = say("Let at least one container be essential: the task ends with it.")
        yield Fault("task.essential", cure, CLIENT, place(0, "essential"))


def name_faults(one: Container, number: int) -> Iterator[Fault]:
    for key, value in (("name", one.name), ("image", one.image)):
        if not value:
            cure = say("Give each container its {key}.", key=key)
            aws = f"{CLIENT}: Container.{key} should not be null or empty."
            yield Fault("task.container", cure, aws, place(number))


def size_faults(data: Mapping[str, Any], task: Task) -> Iterator[Fault]:
    for key, value in (("cpu", task.cpu), ("memory", task.memory)):
        if key in data and value is None:
            cure = say(
                "Write {key} as a text: {example}.",
                key=key,
                example='"512", ".5 vCPU"' if key == "cpu" else '"1024", "1GB"',
            )
            yield Fault("task.size", cure, f"{CLIENT}: Invalid '{key}' setting for task.", (key,))


def memory_faults(task: Task) -> Iterator[Fault]:
    for number, one in enumerate(task.containers):
        yield from limit_faults(task, one, number)
    yield from sum_faults(task)


def limit_faults(task: Task, one: Container, number: int) -> Iterator[Fault]:
    limits = [size for size in (one.memory, one.reservation) if size is not None]
    if limits and min(limits) < LEAST_MEMORY:
        cure = say("Give a container at least {least} MiB.", least=LEAST_MEMORY)
        yield Fault("task.memory", cure, CLIENT, place(number))
    elif len(limits) == 2 and limits[0] <= limits[1]:
        cure = say("Let the limit, memory, be above memoryReservation.")
        yield Fault("task.memory", cure, CLIENT, place(number, "memoryReservation"))
    elif not limits and task.memory is None and not task.fargate:
        cure = say(
            "Say how much memory {name} gets: memory, memoryReservation or both.", name=one.name
        )
        aws = (
            f"{CLIENT}: Invalid setting for container '{one.name[:60]}'. At least one of "
            "'memory' or 'memoryReservation' must be specified."
        )
        yield Fault("task.memory", cure, aws, place(number))


def sum_faults(task: Task) -> Iterator[Fault]:
    inside = sum(one.reserved or 0 for one in task.containers)
    largest = max([inside, *(one.memory or 0 for one in task.containers)])
    if task.memory is not None and largest > task.memory:
        cure = say(
            "Let the containers together have no more memory than the task: {inside} of {all} MiB.",
            inside=largest,
            all=task.memory,
        )
        yield Fault("task.memory", cure, CLIENT, ("memory",))
    units = sum(one.cpu for one in task.containers)
    if task.cpu is not None and units > task.cpu:
        cure = say(
            "Let the containers together have no more CPU than the task: {inside} of {all} units.",
            inside=units,
            all=task.cpu,
        )
        yield Fault("task.size", cure, CLIENT, ("cpu",))


def port_faults(task: Task, one: Container, number: int) -> Iterator[Fault]:
    if task.mode == NONE and one.ports:
        cure = say("Leave the ports out: with the network mode none there is no network.")
        yield Fault("task.host-port", cure, CLIENT, place(number, "portMappings"))
        return
    for index, port in enumerate(one.ports):
        path = place(number, "portMappings", index)
        if task.mode in (AWSVPC, HOST) and port.host != port.container:
            cure = say(
                "Leave hostPort out, or make it {port} as well: the container has no other.",
                port=port.container,
            )
            aws = (
                f"{CLIENT}: When networkMode={task.mode}, the host ports and container ports in "
                "port mappings must match."
            )
            yield Fault("task.host-port", cure, aws, (*path, "hostPort"))
        elif not 0 < port.container < 65_536 or not 0 <= port.host < 65_536:
            cure = say("Ports are 1 to 65535.")
            yield Fault("task.host-port", cure, CLIENT, path)
        elif task.mode == BRIDGE and port.host in RESERVED_PORTS:
            cure = say("Choose another host port: {port} is the host’s own.", port=port.host)
            yield Fault("task.host-port", cure, CLIENT, (*path, "hostPort"))


def fargate_faults(data: Mapping[str, Any], task: Task) -> Iterator[Fault]:
    if task.mode != AWSVPC:
        cure = say("Write networkMode “awsvpc”: on Fargate each task has an address of its own.")
        aws = f"{CLIENT}: Fargate only supports network mode ‘awsvpc’."
        yield Fault("task.network-mode", cure, aws, ("networkMode",))
    yield from pair_faults(data, task)
    if not task.execution_role:
        for what in needs_of_execution_role(task):
            yield role_fault(what)
            break
    if data.get("placementConstraints"):
        cure = say("Leave placementConstraints out: on Fargate there are no hosts to choose from.")
        yield Fault("task.fargate", cure, CLIENT, ("placementConstraints",))
    for number, one in enumerate(data["containerDefinitions"]):
        yield from fargate_container_faults(one, task.containers[number], number)


def pair_faults(data: Mapping[str, Any], task: Task) -> Iterator[Fault]:
    for key in ("cpu", "memory"):
        if key not in data:
            cure = say("Say {key} at the level of the task: Fargate must know its size.", key=key)
            aws = f"{CLIENT}: Fargate requires that '{key}' be defined at the task level."
            yield Fault("task.fargate-size", cure, aws)
    if task.cpu is not None and task.memory is not None and not fits(task.cpu, task.memory):
        cure = say(
            "Choose a memory that belongs to this CPU value: {memory} MiB does not belong to {cpu} "
            "CPU units.",
            cpu=task.cpu,
            memory=task.memory,
        )
        if task.cpu not in SIZES:
            cure = say(
                "Choose a CPU value that Fargate has: {sizes}.", sizes=", ".join(map(str, SIZES))
            )
        aws = (
            f"{CLIENT}: No Fargate configuration exists for given values: {task.cpu} CPU, "
            f"{task.memory} memory. See the Amazon ECS documentation for the valid values."
        )
        yield Fault("task.fargate-size", cure, aws, ("memory",))


def needs_of_execution_role(task: Task) -> Iterator[str]:
    if any(one.from_ecr for one in task.containers):
        yield "ecr"
    if any(one.driver == "awslogs" for one in task.containers):
        yield "awslogs"
    if any(one.secrets for one in task.containers):
        yield "secrets"


def role_fault(what: str) -> Fault:
    cure = say(
        "Name the execution role in executionRoleArn: with it ECS pulls the image, sends the logs "
        "and fetches the secrets."
    )
    aws = {
        "ecr": "Fargate requires task definition to have execution role ARN to support ECR images.",
        "awslogs": "Fargate requires task definition to have execution role ARN to support log "
        "driver awslogs.",
        "secrets": "When you are specifying container secrets, you must also specify a value for "
        "'executionRoleArn'.",
    }[what]
    return Fault("task.execution-role", cure, f"{CLIENT}: {aws}")


def fargate_container_faults(
    data: Mapping[str, Any], one: Container, number: int
) -> Iterator[Fault]:
    if data.get("privileged"):
        cure = say("Leave privileged out: there is no host of yours on Fargate.")
        yield Fault("task.fargate", cure, CLIENT, place(number, "privileged"))
    if one.driver and one.driver not in FARGATE_DRIVERS:
        cure = say("Fargate sends logs by awslogs, splunk or awsfirelens.")
        yield Fault("task.fargate", cure, CLIENT, place(number, "logConfiguration"))
    if one.driver == "awslogs" and PREFIX not in one.log_options:
        cure = say("Add {option} to the options of awslogs: Fargate needs it.", option=PREFIX)
        yield Fault("task.logs", cure, CLIENT, place(number, "logConfiguration"))
