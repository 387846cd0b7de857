"""One instruction of a Dockerfile."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.errors import Position
from labs.grading.images.language.shell import Command

FLAGGED = ("FROM", "COPY", "ADD", "RUN", "HEALTHCHECK")
TAKING_HEREDOCS = ("RUN", "COPY", "ADD")
EXECUTED = ("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "SHELL", "COPY", "ADD", "VOLUME")
NAMES = (
    "FROM", "ARG", "ENV", "WORKDIR", "COPY", "ADD", "RUN", "USER", "EXPOSE", "CMD", "ENTRYPOINT",
    "HEALTHCHECK", "LABEL", "STOPSIGNAL", "SHELL", "VOLUME", "MAINTAINER", "ONBUILD",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heredoc:
    """`expands`: the name was written without quotation marks."""

    name: str
    body: str
    expands: bool


@dataclass(frozen=True, slots=True)
class Instruction:
    """`rest` is what stands behind name and flags, `listed` the exec form if it is one. `commands`:
    what a RUN runs."""

    name: str
    flags: tuple[tuple[str, str], ...]
    rest: str
    listed: tuple[str, ...] | None
    heredocs: tuple[Heredoc, ...]
    at: Position
    commands: tuple[Command, ...] = ()

    def flag(self, name: str) -> str:
        return next((value for key, value in reversed(self.flags) if key == name), "")

    def flags_of(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.flags if key == name)

    @property
    def text(self) -> str:
        """As the history shows it."""
        flags = [f"--{key}={value}" if value else f"--{key}" for key, value in self.flags]
        return " ".join([self.name, *flags, " ".join(self.rest.split())])


@dataclass(frozen=True, slots=True)
class Dockerfile:
    instructions: tuple[Instruction, ...]
    escape: str = "\\"
