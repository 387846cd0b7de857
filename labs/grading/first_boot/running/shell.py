"""Runs statements on the machine: bash as far as user data needs it. Steps and sizes are
bounded; nothing leaves the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from labs.grading.errors import Position
from labs.grading.first_boot.running.call import (
    Call,
    Environment,
    Hanging,
    Leaving,
    NotModelled,
    Result,
    Returning,
)
from labs.grading.first_boot.running.commands import run_command
from labs.grading.first_boot.running.expansion import Expansion, Unbound
from labs.grading.first_boot.running.redirection import Redirection, Streams
from labs.grading.first_boot.running.trace import Trace
from labs.grading.first_boot.shell.places import is_idle, position
from labs.grading.first_boot.shell.script import (
    AndOr,
    Background,
    Block,
    Command,
    For,
    Function,
    If,
    Not,
    Pipeline,
    Statement,
)
from labs.grading.first_boot.shell.source import limit
from labs.grading.first_boot.system.files import FileError, Full
from labs.grading.first_boot.system.machine import Machine
from labs.grading.said import say

MOST_STEPS, MOST_DEPTH = 600, 60


class Shell:
    """`guarded` statements may fail under `set -e`: conditions, and what stands before && and
    ||."""

    def __init__(self, machine: Machine, trace: Trace, environment: Environment) -> None:
        self.machine, self.trace, self.environment = machine, trace, environment
        self.steps = self.depth = 0
        self.expansion = Expansion(environment, machine.files, self.inside)
        self.redirection = Redirection(machine.files, environment, self.expansion)
        self.inside_status = 0
        self.piped = False  # does the next command read what this one prints?

    # --- Statements -------------------------------------------------------------------------------

    def block(self, block: Block, given: str | None, *, guarded: bool) -> Result:
        out, err, status = "", "", 0
        for one in block.statements:
            result = self.run(one, given, guarded=guarded)
            out, err, status = out + result.out, err + result.err, result.status
            if len(out) + len(err) > 50_000:
                raise Full
        return Result(status, out, err)

    def run(self, statement: Statement, given: str | None, *, guarded: bool) -> Result:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Full
        try:
            result = self.dispatch(statement, given, guarded=guarded)
        finally:
            self.depth -= 1
        self.environment.status = result.status
        return result

    def dispatch(self, statement: Statement, given: str | None, *, guarded: bool) -> Result:
        match statement:
            case Command():
                result = self.command(statement, given, guarded=guarded)
                return self.ended(result, statement.at, guarded=guarded)
            case Function():
                self.environment.functions[statement.name] = statement.body
                return Result()
            case Background():
                return self.background(statement)
            case Pipeline():
                return self.ended(self.pipeline(statement, given), statement.at, guarded=guarded)
            case AndOr():
                return self.and_or(statement, given, guarded=guarded)
            case Not():
                result = self.run(statement.body, given, guarded=True)
                return replace(result, status=int(not result.status))
            case If():
                return self.condition(statement, given, guarded=guarded)
            case For():
                return self.loop(statement, given, guarded=guarded)
            case Block():
                return self.group(statement, given, guarded=guarded)

    def ended(self, result: Result, at: Position, *, guarded: bool) -> Result:
        if result.status and self.environment.errexit and not guarded:
            self.trace.trouble("stopped", at)
            raise Leaving(result.status)
        return result

    def pipeline(self, pipeline: Pipeline, given: str | None) -> Result:
        out, err, statuses = given, "", []
        for number, part in enumerate(pipeline.parts, 1):
            self.piped = number < len(pipeline.parts)
            try:
                result = self.run(part, out, guarded=True)
            except (Leaving, Returning) as leaving:  # of the part's own shell
                result = Result(leaving.status)
            out, err = result.out, err + result.err
            statuses.append(result.status)
        failed = [one for one in statuses if one]
        status = failed[-1] if failed and self.environment.pipefail else statuses[-1]
        return Result(status, out or "", err)

    def and_or(self, both: AndOr, given: str | None, *, guarded: bool) -> Result:
        left = self.run(both.left, given, guarded=True)
        if (left.status == 0) != (both.operator == "&&"):
            if both.operator == "&&":
                self.trace.trouble("skipped", position(both.right))
            return left
        right = self.run(both.right, given, guarded=guarded)
        return Result(right.status, left.out + right.out, left.err + right.err)

    def condition(self, found: If, given: str | None, *, guarded: bool) -> Result:
        for test, body in found.branches:
            if self.block(test, given, guarded=True).status == 0:
                return self.block(body, given, guarded=guarded)
        return self.block(found.otherwise, given, guarded=guarded)

    def loop(self, loop: For, given: str | None, *, guarded: bool) -> Result:
        out, err, status = "", "", 0
        for value in self.expansion.fields(loop.words):
            self.environment.variables[loop.name] = value
            result = self.block(loop.body, given, guarded=guarded)
            out, err, status = out + result.out, err + result.err, result.status
        return Result(status, out, err)

    def group(self, block: Block, given: str | None, *, guarded: bool) -> Result:
        at = position(block)
        try:
            streams = self.redirection.streams_of(block.redirects)
        except FileError as error:
            return self.refused(error, at)
        kept = replace(self.environment, variables=dict(self.environment.variables))
        try:
            result = self.block(block, streams.standard_input or given, guarded=guarded)
        except Leaving as leaving:
            if not block.own_shell:
                raise
            result = Result(leaving.status)
        if block.own_shell:
            self.environment.variables.clear()
            self.environment.variables.update(kept.variables)
            self.environment.here, self.environment.errexit = kept.here, kept.errexit
        return self.redirection.sent(result, streams, at)

    def inside(self, block: Block) -> str:
        """What `$(…)` prints; it does not inherit `set -e`."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Full
        before = self.environment.errexit, self.environment.here
        self.environment.errexit = False
        try:
            result = self.block(block, None, guarded=True)
        except Leaving as leaving:
            result = Result(leaving.status)
        finally:
            self.depth -= 1
            self.environment.errexit, self.environment.here = before
        self.inside_status = result.status
        return result.out

    # --- One command ------------------------------------------------------------------------------

    def command(self, command: Command, given: str | None, *, guarded: bool) -> Result:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Full
        self.inside_status, piped, self.piped = 0, self.piped, False
        arguments: list[str] = []
        streams = Streams()
        try:
            arguments = self.expansion.fields(command.words)
            values = {one.name: self.expansion.text(one.value) for one in command.assignments}
            streams = self.redirection.streams_of(command.redirects)
        except FileError as error:
            result = self.refused(error, command.at)
        except Unbound as unbound:
            self.trace.trouble("unbound", command.at, name=unbound.name)
            self.trace.row(command.at[0], command.source, 1, f"{unbound.name}: unbound variable")
            raise Leaving(1) from None
        else:
            self.environment.variables.update(values)
            result = Result(self.inside_status)
            if arguments:
                result = self.called(command, arguments, streams, given, guarded=guarded)
            result = self.redirection.sent(result, streams, command.at)
        if arguments or result.status or command.redirects:
            said = result.err + ("" if piped else result.out)
            self.trace.row(command.at[0], command.source, result.status, said)
        return result

    def called(
        self,
        command: Command,
        arguments: Sequence[str],
        streams: Streams,
        given: str | None,
        *,
        guarded: bool,
    ) -> Result:
        given = given if streams.standard_input is None else streams.standard_input
        if arguments[0] in self.environment.functions:
            return self.function(arguments, given, guarded=guarded)
        call = Call(
            name=arguments[0],
            arguments=arguments[1:],
            standard_input=given,
            at=command.at,
            machine=self.machine,
            environment=self.environment,
            trace=self.trace,
        )
        try:
            return run_command(call)
        except FileError as error:
            return self.refused(error, command.at)
        except (Hanging, NotModelled):
            self.trace.row(command.at[0], command.source, None, "")
            raise

    def function(self, words: Sequence[str], given: str | None, *, guarded: bool) -> Result:
        """With its own $1, $2 …; variables are everybody's."""
        before, self.environment.arguments = self.environment.arguments, list(words[1:])
        self.environment.calls += 1
        try:
            return self.run(self.environment.functions[words[0]], given, guarded=guarded)
        except Returning as returning:
            return Result(returning.status)
        finally:
            self.environment.arguments = before
            self.environment.calls -= 1

    def background(self, statement: Background) -> Result:
        """What never ends goes on until the machine does. What ends would do so at a moment that
        nobody knows, so that is modelled only where nothing hangs on it."""
        troubles = len(self.trace.troubles)
        own = Block((statement.body,), own_shell=True)
        try:
            self.run(own, None, guarded=True)
        except Hanging:
            self.environment.endless = True
            self.trace.troubles[troubles:] = [
                one for one in self.trace.troubles[troubles:] if one.code != "never-ends"
            ]
            return Result()
        if not is_idle(statement.body):
            words = say(
                "This machine does not model “&” here: when it is done is left to chance. Leave "
                "“&” out, and the script waits for it."
            )
            raise NotModelled(limit(words), statement.at)
        return Result()

    def refused(self, error: FileError, at: Position) -> Result:
        """A file that cannot be made: a redirect, or what a package brings."""
        self.trace.trouble("no-directory", at, path=error.path, reason=error.reason)
        return Result(1, err=f"bash: {error.path}: {error.reason}\n")
