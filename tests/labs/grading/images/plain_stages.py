"""What a stage of a build has come to, for `plain_builds`."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace

VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


ROOTS = frozenset(("/", "/root", "/home", "/usr", "/usr/local", "/usr/local/bin"))


class Failed(Exception):
    """Docker, or a command, says that it cannot be done."""


class Beyond(Exception):
    """The documentation does not say: a file where a directory is, a directory into itself."""


@dataclass
class State:
    """`files`: path → (what it holds, which layer made it so). `layers`: (number, line)."""

    files: dict[str, tuple[str, object]] = field(default_factory=dict)
    directories: set[str] = field(default_factory=lambda: set(ROOTS))
    layers: list[tuple[int, int]] = field(default_factory=list)
    leaks: set[tuple[str, str, int]] = field(default_factory=set)
    env: dict[str, str] = field(default_factory=dict)
    args: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    workdir: str = "/"
    shell: tuple[str, ...] = ("/bin/sh", "-c")
    entrypoint: tuple[str, tuple[str, ...]] | None = None
    command: tuple[str, tuple[str, ...]] | None = None
    command_is_own: bool = False
    touched: set[str] = field(default_factory=set)

    def copy(self) -> State:
        return replace(self, files=dict(self.files), directories=set(self.directories),
                       layers=list(self.layers), leaks=set(self.leaks), env=dict(self.env),
                       args=dict(self.args), command_is_own=False, touched=set())  # fmt: skip

    def value(self, text: str) -> str:
        known = {**self.args, **self.env}
        return VARIABLE.sub(lambda found: known.get(found[1] or found[2], ""), text)

    def path(self, text: str, start: str = "") -> str:
        found = posixpath.normpath(posixpath.join(start or self.workdir, text))
        return "/" + found.lstrip("/")

    def write(self, path: str, held: tuple[str, object]) -> None:
        if path in self.directories:
            raise Beyond(path)
        self.files[path] = held
        self.touched.add(path)
        self.make_directory(posixpath.dirname(path))

    def make_directory(self, path: str) -> None:
        while path != "/":
            if path in self.files:
                raise Beyond(path)
            self.directories.add(path)
            path = posixpath.dirname(path)

    def below(self, path: str) -> list[tuple[str, tuple[str, object]]]:
        start = path.rstrip("/") + "/"
        return [(one[len(start) :], held) for one, held in self.files.items()
                if one.startswith(start)]  # fmt: skip

    def remove(self, path: str) -> None:
        start = path.rstrip("/") + "/"
        for one in [one for one in self.files if one == path or one.startswith(start)]:
            del self.files[one]
        self.directories -= {one for one in self.directories if one == path or
                             one.startswith(start)} - {"/"}  # fmt: skip

    @property
    def process(self) -> tuple[str, ...]:
        """The table in "Understand how CMD and ENTRYPOINT interact"."""
        command = self.command[1] if self.command else ()
        if self.entrypoint is None:
            return command
        form, words = self.entrypoint
        return words if form == "shell" else (*words, *command)
