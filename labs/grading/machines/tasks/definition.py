"""A task definition as ECS understands it.

Source: ECS API Reference, RegisterTaskDefinition and ContainerDefinition; ECS Developer Guide,
"Amazon ECS task definition parameters".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

AWSVPC, BRIDGE, HOST, NONE = "awsvpc", "bridge", "host", "none"
VCPU = 1024  # CPU units
MIB = 1024  # in a GB, as ECS counts
CPU = re.compile(r"(\d{1,6}(?:\.\d{1,4})?|\.\d{1,4}) ?vcpu", re.IGNORECASE)
MEMORY = re.compile(r"(\d{1,6}(?:\.\d{1,4})?|\.\d{1,4}) ?gb", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Port:
    """`host` is 0 where the host chooses one."""

    container: int
    host: int
    protocol: str


@dataclass(frozen=True, slots=True)
class Container:
    """`memory`: the hard limit in MiB; `reservation`: the soft one. `driver`: of its logs, ""
    without any. `values` stand in plain text, `secrets` are fetched (name → from where)."""

    name: str
    image: str
    cpu: int
    memory: int | None
    reservation: int | None
    essential: bool
    ports: tuple[Port, ...]
    values: Mapping[str, str]
    secrets: Mapping[str, str]
    driver: str
    log_options: Mapping[str, str]

    @property
    def reserved(self) -> int | None:
        """What is taken from the host's memory: the reservation, else the limit."""
        return self.memory if self.reservation is None else self.reservation

    @property
    def from_ecr(self) -> bool:
        return ".dkr.ecr." in self.image.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Task:
    """`cpu` and `memory` of the whole task, in units and MiB; None where they are not said, or are
    no size. `fargate`: it must be able to run there."""

    fargate: bool
    mode: str
    cpu: int | None
    memory: int | None
    execution_role: str
    task_role: str
    architecture: str
    containers: tuple[Container, ...]

    @property
    def takes_cpu(self) -> int:
        """From its host."""
        return sum(one.cpu for one in self.containers) if self.cpu is None else self.cpu

    @property
    def takes_memory(self) -> int:
        if self.memory is not None:
            return self.memory
        return sum(one.reserved or 0 for one in self.containers)

    @property
    def host_ports(self) -> tuple[int, ...]:
        """Those of the host that no other task can have at the same time."""
        if self.mode not in (BRIDGE, HOST):
            return ()
        return tuple(port.host for one in self.containers for port in one.ports if port.host)


def task_of(data: Mapping[str, Any]) -> Task:
    fargate = "FARGATE" in data.get("requiresCompatibilities", [])
    mode = data.get("networkMode", BRIDGE)
    return Task(
        fargate=fargate,
        mode=mode,
        cpu=size_of(data.get("cpu"), CPU, VCPU),
        memory=size_of(data.get("memory"), MEMORY, MIB),
        execution_role=data.get("executionRoleArn", ""),
        task_role=data.get("taskRoleArn", ""),
        architecture=data.get("runtimePlatform", {}).get("cpuArchitecture", "X86_64"),
        containers=tuple(container_of(one, mode) for one in data["containerDefinitions"]),
    )


def size_of(text: str | None, unit: re.Pattern[str], one: int) -> int | None:
    """`256`, `.25 vCPU`; `512`, `0.5GB`."""
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) < 9:
        return int(text)
    found = unit.fullmatch(text.strip()) if len(text) < 20 else None
    return round(float(found[1]) * one) if found else None


def container_of(data: Mapping[str, Any], mode: str) -> Container:
    logs = data.get("logConfiguration", {})
    return Container(
        name=data.get("name", ""),
        image=data.get("image", ""),
        cpu=data.get("cpu", 0),
        memory=data.get("memory"),
        reservation=data.get("memoryReservation"),
        essential=data.get("essential", True),
        ports=tuple(port_of(one, mode) for one in data.get("portMappings", [])),
        values={one.get("name", ""): one.get("value", "") for one in data.get("environment", [])},
        secrets={one["name"]: one["valueFrom"] for one in data.get("secrets", [])},
        driver=logs.get("logDriver", ""),
        log_options=logs.get("options", {}),
    )


def port_of(data: Mapping[str, Any], mode: str) -> Port:
    """In the modes host and awsvpc the port is the container's own."""
    inside = data.get("containerPort", 0)
    outside = data.get("hostPort", 0)
    if not outside and mode in (AWSVPC, HOST):
        outside = inside
    return Port(inside, outside, data.get("protocol", "tcp"))
