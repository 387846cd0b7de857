"""Where a field is written in the answer, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.errors import Position
from labs.grading.machines.tasks.answers import STRATEGY, TaskAnswer
from labs.grading.machines.tasks.fields import OF_CONTAINER
from labs.grading.said import say

KEYS = {
    "cpu": "cpu",
    "memory": "memory",
    "mode": "networkMode",
    "fargate": "requiresCompatibilities",
    "architecture": "runtimePlatform",
    "containers": "containerDefinitions",
    "call": "taskRoleArn",
    "starts": "executionRoleArn",
}
CONTAINER_KEYS = {
    "image": "image",
    "essential": "essential",
    "limit": "memory",
    "reserved": "memoryReservation",
    "cpu": "cpu",
    "logs": "logConfiguration",
}
SPREAD = say("Spread the tasks first over the zones, then over the hosts: placementStrategy.")
SMALLER = say("Let a task take less of its host, or give it a port that the host chooses.")
CURES: Mapping[str, str] = {
    "cpu": say("Change cpu: 1,024 units are a vCPU."),
    "memory": say("Change memory of the task; it counts in MiB."),
    "mode": say("Change networkMode."),
    "fargate": say("Write FARGATE into requiresCompatibilities."),
    "image": say("Write the image with its registry and its tag."),
    "essential": say("essential decides whether the task ends with this container."),
    "limit": say("Change memory of the container: whoever exceeds it is killed."),
    "reserved": say("Change memoryReservation: it is what a container is kept free on its host."),
    "takes-cpu": say("Change cpu of the containers, or of the task."),
    "takes-memory": say("Change memoryReservation of the containers."),
    "logs": say("Name the log group in awslogs-group."),
    "port": say("containerPort is where the program listens. Without hostPort, or with 0, the "
                "host chooses one."),
    "env": say("Move the value to secrets, with valueFrom: the ARN of the secret."),
    "call": say("Give the application its own role in taskRoleArn, which may do this and no more."),
    "placed": SMALLER,
    "without": SMALLER,
    "least-in-a-zone": SPREAD,
    "most-on-a-host": SPREAD,
}  # fmt: skip


def cure_of(field: str) -> str:
    return CURES.get(field.partition(":")[0], "")


def place_of(field: str, answer: TaskAnswer) -> Position | None:
    """None where the answer says nothing of it."""
    first, _colon, name = field.partition(":")
    if name and first in OF_CONTAINER:
        return container_place(CONTAINER_KEYS[first], name, answer)
    if first in ("least-in-a-zone", "most-on-a-host") and answer.strategies is not None:
        return answer.document.position((STRATEGY,))
    key = KEYS.get(first, "")
    return answer.at(key) if key in answer.data else None


def container_place(key: str, name: str, answer: TaskAnswer) -> Position | None:
    containers = answer.data["containerDefinitions"]
    for number, one in enumerate(containers):
        if one.get("name") == name:
            return answer.at("containerDefinitions", number, key)
    return None
