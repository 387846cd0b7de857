"""A task is started, step by step: who pulls the image, fetches the secrets, sends the logs, and
what the application may do then.

Source: ECS Developer Guide, "Amazon ECS task execution IAM role" and "Amazon ECS task IAM role".
On EC2 the instance profile pulls and sends where there is no execution role; a lab's hosts have one
that may.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.json_text import Path
from labs.grading.machines.tasks.definition import Container, Task
from labs.grading.machines.tasks.registering import place
from labs.grading.machines.tasks.world import World
from labs.grading.said import say

EXECUTION, TASK, INSTANCE = "execution", "task", "instance"


@dataclass(frozen=True, slots=True)
class Step:
    """`what` is done by whom (EXECUTION, TASK or INSTANCE role); `why` says what failed, and `aws`
    ECS's word for it."""

    what: str
    by: str
    role: str
    why: str = ""
    aws: str = ""
    code: str = ""
    path: Path = ()

    @property
    def done(self) -> bool:
        return not self.why


def steps_of(task: Task, world: World) -> Iterator[Step]:
    """What has to succeed before the containers run."""
    for number, one in enumerate(task.containers):
        yield pull(task, world, one, number)
        for name, source in one.secrets.items():
            yield fetch(task, world, name, source, number)
        if one.driver == "awslogs":
            yield send(task, world, one, number)


def helper(task: Task) -> tuple[str, str]:
    """Who works for ECS."""
    if task.execution_role or task.fargate:
        return EXECUTION, task.execution_role
    return INSTANCE, ""


def allowed(task: Task, world: World, what: str) -> str:
    """Why the helper may not; "" where it may."""
    by, role = helper(task)
    if by == INSTANCE or world.may(role, what):
        return ""
    found = world.role(role)
    if found is None:
        return say("Name one of the lab’s roles in executionRoleArn.")
    return say("Give the task an execution role that may do this: {role} may not.", role=found.name)


def pull(task: Task, world: World, one: Container, number: int) -> Step:
    by, role = helper(task)
    step = Step(say("pull the image of {name}", name=one.name), by, role)
    path = place(number, "image")
    if one.image not in world.images:
        why = say("Write the image as it stands in the lab.")
        return failed(step, why, "CannotPullContainerError", "task.image", path)
    refused = allowed(task, world, "pull") if one.from_ecr else ""
    return (
        failed(step, refused, "CannotPullContainerError", "task.execution-role")
        if refused
        else step
    )


def fetch(task: Task, world: World, name: str, source: str, number: int) -> Step:
    by, role = helper(task)
    step = Step(say("fetch the secret {name}", name=name), by, role)
    known = any(source == one or source.startswith(f"{one}:") for one in world.secrets)
    error = "ResourceInitializationError: unable to pull secrets or registry auth"
    if not known:
        why = say("Write in valueFrom the ARN of the secret, as it stands in the lab.")
        return failed(step, why, error, "task.secret", place(number, "secrets"))
    refused = allowed(task, world, "secrets")
    return failed(step, refused, error, "task.execution-role") if refused else step


def send(task: Task, world: World, one: Container, number: int) -> Step:
    by, role = helper(task)
    step = Step(say("send the logs of {name}", name=one.name), by, role)
    error = "ResourceInitializationError: failed to validate logger args"
    group = one.log_options.get("awslogs-group", "")
    path = place(number, "logConfiguration")
    if group not in world.log_groups and one.log_options.get("awslogs-create-group") != "true":
        why = say("Write the log group as it stands in the lab: awslogs-group.")
        return failed(step, why, error, "task.logs", path)
    if "awslogs-region" not in one.log_options:
        why = say("Say in which Region the logs are kept: awslogs-region.")
        return failed(step, why, error, "task.logs", path)
    if world.region and one.log_options["awslogs-region"] != world.region:
        why = say("The log group is in {region}: awslogs-region.", region=world.region)
        return failed(step, why, error, "task.logs", path)
    refused = allowed(task, world, "logs")
    return failed(step, refused, error, "task.execution-role") if refused else step


def failed(step: Step, why: str, aws: str, code: str, path: Path = ()) -> Step:
    return Step(step.what, step.by, step.role, why, aws, code, path)


def call(task: Task, world: World, name: str) -> bool:
    """May the application do this, with the task role?"""
    return world.may(task.task_role, world.calls[name])
