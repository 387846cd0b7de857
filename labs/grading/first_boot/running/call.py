"""One command as it is run: its words, what it reads, the machine and the shell around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from labs.grading.errors import Position
from labs.grading.first_boot.running.trace import Trace
from labs.grading.first_boot.shell.script import Block
from labs.grading.first_boot.shell.source import limit
from labs.grading.first_boot.system.files import absolute
from labs.grading.first_boot.system.machine import Machine
from labs.grading.said import say


@dataclass(slots=True)
class Environment:
    """What a shell remembers."""

    variables: dict[str, str] = field(default_factory=dict)
    here: str = "/"  # where cloud-init runs the script
    errexit: bool = False
    nounset: bool = False
    pipefail: bool = False
    status: int = 0
    functions: dict[str, Block] = field(default_factory=dict)
    arguments: list[str] = field(default_factory=list)  # of the function that runs
    calls: int = 0  # of functions, one in the other
    endless: bool = False  # does something in the background never end?


@dataclass(frozen=True, slots=True)
class Result:
    status: int = 0
    out: str = ""
    err: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """`standard_input` is None where nothing is piped in: at boot nobody types."""

    name: str
    arguments: Sequence[str]
    standard_input: str | None
    at: Position
    machine: Machine
    environment: Environment
    trace: Trace

    def path(self, text: str) -> str:
        return absolute(text, self.environment.here)

    def trouble(self, code: str, **facts: str) -> None:
        self.trace.trouble(code, self.at, **facts)

    def failed(self, message: str, status: int = 1) -> Result:
        return Result(status, err=f"{self.name}: {message}\n")

    def split(self) -> tuple[list[str], list[str]]:
        """Options and the rest."""
        options = [one for one in self.arguments if one.startswith("-") and len(one) > 1]
        return options, [one for one in self.arguments if one not in options]

    def letters(self, known: str, long: str = "") -> tuple[set[str], list[str]]:
        """Options by their letters, long ones by the letters given for them (`parents=p`), and the
        rest; NotModelled for any other."""
        names = dict(one.split("=") for one in long.split())
        options, rest = self.split()
        found: set[str] = set()
        for one in options:
            letters = names.get(one[2:], "") if one.startswith("--") else one[1:]
            if not letters or set(letters) - set(known):
                raise self.not_modelled(one)
            found.update(letters)
        return found, rest

    def not_modelled(self, what: str) -> NotModelled:
        words = say("This machine does not model “{what}” of {name}.", what=what, name=self.name)
        return NotModelled(limit(words), self.at)


class NotModelled(Exception):
    """The machine cannot say what becomes of it: nobody's mistake."""

    def __init__(self, message: str, at: Position) -> None:
        super().__init__(message, at)
        self.message, self.at = message, at


class Leaving(Exception):
    """`exit`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Returning(Exception):
    """`return`, in a function."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Hanging(Exception):
    """The command never ends, so what follows never runs."""
