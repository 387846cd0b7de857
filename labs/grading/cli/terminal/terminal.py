"""A script on a machine and an account, command after command.

What belongs to the shell: variables (bound to the script until they are exported), `export`,
`unset`, `cat > file <<EOF`, a variable in front of one command, `$(…)`. Everything else is `aws`,
or a program that the lab brings along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from labs.grading.cli.account.account import Account
from labs.grading.cli.errors import CliError
from labs.grading.cli.printing.query import Budget
from labs.grading.cli.settings.configure import configure
from labs.grading.cli.settings.files import CONFIG, CREDENTIALS
from labs.grading.cli.settings.machine import Machine
from labs.grading.cli.shell.script import (
    Command,
    Literal,
    Part,
    Script,
    Substitution,
    Variable,
    Word,
)
from labs.grading.cli.shell.words import NAME
from labs.grading.cli.terminal.arguments import read_arguments
from labs.grading.cli.terminal.call import Call, call
from labs.grading.said import say

HOME = {"HOME": "~"}  # as files are named here
QUIET = ("mkdir", "chmod", "true", "sleep", "cd")  # do nothing that matters here
MOST_PRINTED = 200_000  # signs that all commands print together
MOST_TEXT = 20_000  # signs of a word or of a file


@dataclass(frozen=True, slots=True)
class Step:
    """One command and what came of it. `call` is there for commands of `aws` that ask AWS;
    `broken` are the applications that have no working key after it."""

    command: Command
    output: str = ""
    error: CliError | None = None
    call: Call | None = None
    words: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    inner: tuple[Step, ...] = ()  # of $(…)


@dataclass(slots=True)
class Terminal:
    """`program`: what the lab calls the command that gives an application another key."""

    machine: Machine
    account: Account
    program: str = ""
    budget: Budget = field(default_factory=Budget)
    printed: int = 0
    stops: bool = False  # at the first command that fails: `set -e`
    inner: list[Step] = field(default_factory=list)

    def run(self, script: Script) -> tuple[Step, ...]:
        steps: list[Step] = []
        for command in script.commands:
            if steps and steps[-1].error and (command.only_after_success or self.stops):
                continue
            steps.append(self.step(command))
        return tuple(steps)

    def step(self, command: Command) -> Step:
        before, self.inner = self.inner, []
        found = self.tried(command)
        inner, self.inner = tuple(self.inner), before
        self.printed += len(found.output)
        broken = tuple(name for name in self.account.applications if not self.account.works(name))
        return Step(
            command,
            found.output if self.printed <= MOST_PRINTED else "",
            found.error,
            found.call,
            found.words,
            broken,
            inner,
        )

    def tried(self, command: Command) -> Step:
        words: tuple[str, ...] = ()
        try:
            words = tuple(text for word in command.words for text in self.expanded(word))
            values = {one.name: self.text(one.value) for one in command.assignments}
            return self.redirected(self.done(command, words, values))
        except CliError as error:
            return Step(command, error=error, words=words)

    def done(self, command: Command, words: tuple[str, ...], values: dict[str, str]) -> Step:
        if not words:
            self.machine.variables.update(values)
            return Step(command)
        machine = self.machine
        if values:
            machine = machine.copy()
            machine.variables.update(values)
            machine.exported.update(values)
        return self.command(command, words, machine)

    def command(self, command: Command, words: tuple[str, ...], machine: Machine) -> Step:
        name, arguments = words[0], words[1:]
        if name == "aws":
            return self.aws(command, words, machine)
        if self.program and name == self.program:
            self.switch(arguments)
            return Step(command, words=words)
        done: Mapping[str, Callable[[], str]] = {
            "export": lambda: self.export(arguments),
            "unset": lambda: self.unset(arguments),
            "cat": lambda: self.cat(command, arguments),
            "set": lambda: self.set(arguments),
            "echo": lambda: " ".join(arguments) + "\n",
        }
        if name in done:
            return Step(command, done[name](), words=words)
        if name in QUIET:
            return Step(command, words=words)
        raise CliError("shell", f"{name[:40]}: command not found", 127)

    def aws(self, command: Command, words: tuple[str, ...], machine: Machine) -> Step:
        invocation = read_arguments(words[1:])
        if invocation.words[:1] == ["configure"]:
            answers = command.document.lines if command.document else None
            output = configure(invocation.words[1:], machine, invocation.options, answers)
            self.machine.files = machine.files
            return Step(command, output, words=words)
        if words[1:] == ("--version",):
            return Step(command, "aws-cli/2\n", words=words)
        found = call(invocation, machine, self.account, self.budget)
        return Step(command, found.output, found.error, found, words)

    def switch(self, arguments: Sequence[str]) -> None:
        """An application gets another key, and is started anew."""
        if len(arguments) != 2 or arguments[0] not in self.account.applications:
            names = "|".join(self.account.applications)
            raise CliError("program", f"usage: {self.program} {names} ACCESS_KEY_ID", 2)
        self.account.applications[arguments[0]] = arguments[1]

    def export(self, arguments: Sequence[str]) -> str:
        for argument in arguments:
            name, equals, value = argument.partition("=")
            if not NAME.fullmatch(name):
                raise CliError("shell", f"export: `{argument[:40]}': not a valid identifier", 1)
            self.machine.exported.add(name)
            if equals:
                self.machine.variables[name] = value
        return ""

    def set(self, arguments: Sequence[str]) -> str:
        self.stops = self.stops or any(one.startswith("-e") for one in arguments)
        return ""

    def unset(self, arguments: Sequence[str]) -> str:
        for name in arguments:
            self.machine.variables.pop(name, None)
            self.machine.exported.discard(name)
        return ""

    def cat(self, command: Command, arguments: Sequence[str]) -> str:
        """Files, or what stands below."""
        document = command.document
        if document is None:
            return "".join(self.machine.files.get(name, "") for name in arguments)
        return document.text if document.quoted else self.filled(document.text)

    def redirected(self, step: Step) -> Step:
        """What a command prints goes into a file."""
        redirect = step.command.redirect
        if redirect is None or step.error:
            return step
        path = self.text(redirect.path)
        if path != "/dev/null":
            self.write(path, step.output, append=redirect.append)
        return replace(step, output="")

    def write(self, path: str, text: str, *, append: bool) -> None:
        if path not in (CONFIG, CREDENTIALS):
            words = say("Only {one} and {other} are files here.", one=CONFIG, other=CREDENTIALS)
            raise CliError("shell", words, 1)
        before = self.machine.files.get(path, "") if append else ""
        if len(before) + len(text) > MOST_TEXT:
            raise too_long()
        self.machine.files[path] = before + text

    def filled(self, text: str) -> str:
        """Variables in the lines of a document."""
        for name, value in self.machine.variables.items():
            if len(text) + text.count(name) * len(value) > MOST_TEXT:
                raise too_long()
            text = text.replace(f"${{{name}}}", value).replace(f"${name}", value)
        return text

    def expanded(self, word: Word) -> list[str]:
        """A word's text; no word at all where an unquoted variable is empty."""
        loose = [part for part in word.parts if not isinstance(part, Literal) and not part.quoted]
        text = self.text(word)
        if not loose:
            return [text]
        return text.split() if len(word.parts) == len(loose) else [text]

    def text(self, word: Word) -> str:
        text = "".join(self.part(part) for part in word.parts)
        if len(text) > MOST_TEXT:
            raise too_long()
        return text

    def part(self, part: Part) -> str:
        if isinstance(part, Literal):
            return part.text
        if isinstance(part, Variable):
            return self.machine.variables.get(part.name, HOME.get(part.name, ""))
        return self.substituted(part)

    def substituted(self, part: Substitution) -> str:
        steps = [self.step(command) for command in part.commands]
        self.inner.extend(steps)
        failed = next((step.error for step in steps if step.error), None)
        if failed:
            raise failed
        return "".join(step.output for step in steps).rstrip("\n")


def too_long() -> CliError:
    return CliError("shell", say("This text is too long."), 1)
