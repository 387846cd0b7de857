"""What a lab gives for tasks: images, roles, secrets, log groups, and hosts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.machines.tasks.placing import Host


@dataclass(frozen=True, slots=True)
class Role:
    """`may`: what it allows, in the lab's words; "pull", "logs" and "secrets" are what ECS needs to
    start a task."""

    arn: str
    may: frozenset[str]

    @property
    def name(self) -> str:
        return self.arn.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class World:
    """`calls`: what the application does on AWS (name → what it needs). `hosts` are empty on
    Fargate; `wanted`: how many tasks the service runs. `region`: where the log groups are."""

    images: tuple[str, ...]
    roles: tuple[Role, ...]
    secrets: tuple[str, ...]
    log_groups: tuple[str, ...]
    calls: Mapping[str, str]
    hosts: tuple[Host, ...]
    wanted: int
    region: str = ""

    def role(self, text: str) -> Role | None:
        """By ARN, or by its short name, as ECS takes both."""
        return next((one for one in self.roles if text in (one.arn, one.name)), None)

    def may(self, text: str, what: str) -> bool:
        role = self.role(text)
        return role is not None and what in role.may
