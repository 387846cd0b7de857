"""ECS API Reference, RegisterTaskDefinition, ContainerDefinition and PortMapping; ECS Developer
Guide, "Amazon ECS task definition parameters for Fargate"."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.machines.tasks.definition import CPU, MEMORY, size_of, task_of
from labs.grading.machines.tasks.registering import register_faults
from tests.labs.grading.machines.tasks.definitions import (
    CONTAINER,
    ECR,
    FARGATE,
    ON_HOSTS,
    on_fargate,
    on_hosts,
)

LOGS = {"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-stream-prefix": "p"}}
SECRET = [{"name": "KEY", "valueFrom": "arn:secret"}]
PORT = {"containerPort": 80, "hostPort": 8080}


def codes(data: dict[str, Any]) -> list[str]:
    return [fault.code.removeprefix("task.") for fault in register_faults(data)]


def words(data: dict[str, Any]) -> str:
    return next(iter(register_faults(data))).aws


def without(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


@pytest.mark.parametrize("data", [ON_HOSTS, FARGATE, on_hosts(portMappings=[PORT])])
def test_sound_definitions_are_registered(data: dict[str, Any]) -> None:
    assert codes(data) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (FARGATE | {"memory": "4096"}, "fargate-size"),
        (without(FARGATE, "cpu"), "fargate-size"),
        (without(FARGATE, "memory"), "fargate-size"),
        (FARGATE | {"networkMode": "bridge"}, "network-mode"),
        (without(FARGATE, "networkMode"), "network-mode"),
        (FARGATE | {"cpu": "a quarter"}, "size"),
        (FARGATE | {"placementConstraints": [{"type": "distinctInstance"}]}, "fargate"),
        (on_fargate(image=ECR), "execution-role"),
        (on_fargate(logConfiguration=LOGS), "execution-role"),
        (on_fargate(secrets=SECRET), "execution-role"),
        (on_fargate(portMappings=[PORT]), "host-port"),
        (on_fargate(privileged=True), "fargate"),
        (on_fargate(logConfiguration={"logDriver": "json-file"}), "fargate"),
        (on_fargate(memory=1024), "memory"),
        (on_fargate(cpu=512), "size"),
        (on_hosts(secrets=SECRET), "execution-role"),
        (on_hosts(essential=False), "essential"),
        (on_hosts(image=""), "container"),
        (on_hosts(memory=4), "memory"),
        (on_hosts(memoryReservation=256), "memory"),
        (on_hosts(portMappings=[{"containerPort": 80, "hostPort": 22}]), "host-port"),
        (on_hosts(portMappings=[{"containerPort": 0}]), "host-port"),
        (on_hosts(portMappings=[PORT]) | {"networkMode": "host"}, "host-port"),
        (on_hosts(portMappings=[PORT]) | {"networkMode": "none"}, "host-port"),
        (ON_HOSTS | {"containerDefinitions": []}, "container"),
        (ON_HOSTS | {"containerDefinitions": [CONTAINER, CONTAINER]}, "container"),
        (ON_HOSTS | {"containerDefinitions": [{"name": "web", "image": "nginx"}]}, "memory"),
        (ON_HOSTS | {"memory": "128"}, "memory"),
    ],
)
def test_what_ecs_refuses(data: dict[str, Any], code: str) -> None:
    assert codes(data) == [code]


@pytest.mark.parametrize(
    ("data", "aws"),
    [
        (FARGATE | {"cpu": "1024", "memory": "1024"},
         "No Fargate configuration exists for given values: 1024 CPU, 1024 memory."),
        (on_fargate(image=ECR), "execution role ARN to support ECR images."),
        (on_fargate(portMappings=[PORT]), "networkMode=awsvpc, the host ports and container ports"),
        (without(FARGATE, "cpu"), "Fargate requires that 'cpu' be defined at the task level."),
    ],
)  # fmt: skip
def test_the_refusal_is_in_the_words_of_ecs(data: dict[str, Any], aws: str) -> None:
    assert aws in words(data)


@pytest.mark.parametrize(
    ("text", "units"),
    [("256", 256), (".25 vCPU", 256), ("0.25vcpu", 256), ("1 vCPU", 1024), ("x", None),
     ("1 GB", None), ("²", None), ("9" * 30, None)],
)  # fmt: skip
def test_cpu_is_written_in_units_or_in_vcpus(text: str, units: int | None) -> None:
    assert size_of(text, CPU, 1024) == units


def test_memory_is_written_in_mib_or_in_gb() -> None:
    assert [size_of(text, MEMORY, 1024) for text in ("512", "0.5GB", "2 GB", "1 vCPU")] == [
        512, 512, 2048, None
    ]  # fmt: skip


def test_a_task_takes_what_it_says_or_else_what_its_containers_keep_free() -> None:
    soft = task_of(on_hosts(memoryReservation=128, cpu=100))
    whole = task_of(on_hosts(memoryReservation=128) | {"memory": "1GB", "cpu": "512"})
    assert (soft.takes_cpu, soft.takes_memory) == (100, 128)
    assert (whole.takes_cpu, whole.takes_memory) == (512, 1024)
    assert task_of(ON_HOSTS).takes_memory == 256


def test_a_port_of_the_host_is_taken_where_it_is_named() -> None:
    assert task_of(on_hosts(portMappings=[PORT])).host_ports == (8080,)
    assert task_of(on_hosts(portMappings=[{"containerPort": 80}])).host_ports == ()
    assert task_of(on_fargate(portMappings=[{"containerPort": 80}])).host_ports == ()
    on_host = on_hosts(portMappings=[{"containerPort": 80}]) | {"networkMode": "host"}
    assert task_of(on_host).host_ports == (80,)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ({"cpu": "512", "memory": "1500"}, "1500 MiB does not belong to 512 CPU units"),
        ({"cpu": "500", "memory": "1024"}, "Choose a CPU value that Fargate has: 256, 512"),
    ],
)
def test_a_size_that_there_is_not_is_named_without_the_one_that_is_meant(
    size: dict, words: str
) -> None:
    """A lab may ask for a memory that it does not tell."""
    cures = [fault.cure for fault in register_faults(FARGATE | size)]
    assert any(words in cure for cure in cures)
    assert not any("2048" in cure and "MiB" in cure for cure in cures)
