"""What is said of the script's own commands: the first few that fail, and secrets in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.cli.exercise.codes import MISTAKES, code_of
from labs.grading.cli.shell.script import Command, Script
from labs.grading.cli.terminal.terminal import Step
from labs.grading.errors import Position
from labs.grading.report import Case, Finding, Severity
from labs.grading.said import say

MOST_FAILURES = 4
SECRET_NAMES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
SECRET_SETTINGS = ("aws_secret_access_key", "aws_session_token")


def failures(steps: Sequence[Step]) -> list[Finding]:
    """Warnings: what fails in a terminal may still be what was meant."""
    failed = [step for step in steps if step.error and step.error.words]
    return [failure(step) for step in failed[:MOST_FAILURES]]


def failure(step: Step) -> Finding:
    assert step.error is not None  # that is why it is told
    code = code_of(step.error)
    return Finding(
        code,
        False,
        0,
        step.error.quoted,
        at=step.command.at,
        severity=Severity.WARNING,
        section=MISTAKES[code].section,
        why=MISTAKES[code].rule,
        cure=MISTAKES[code].cure,
    )


def secret_finding(script: Script, points: int) -> Finding:
    at = next(secrets_in(script), None)
    if at is None:
        return Finding("cli.right", True, points, say("No secret stands in the script."))
    mistake = MISTAKES["cli.secret-typed"]
    message = say("In line {line} a secret is typed.", line=at[0])
    return Finding(
        "cli.secret-typed",
        False,
        points,
        message,
        at=at,
        cases=(Case(message),),
        section=mistake.section,
        why=mistake.rule,
        cure=mistake.cure,
    )


def secrets_in(script: Script) -> Iterator[Position]:
    for command in script.commands:
        if names_a_secret(command):
            yield command.at


def names_a_secret(command: Command) -> bool:
    assigned = {one.name for one in command.assignments if one.value.plain}
    words = [word.plain for word in command.words]
    pairs = [word.partition("=") for word in words]
    exported = {name for name, _equals, value in pairs if value}
    return bool((assigned | exported) & set(SECRET_NAMES)) or sets_a_secret(command, words)


def sets_a_secret(command: Command, words: Sequence[str]) -> bool:
    """By `aws configure set`, or in the lines of a file."""
    lines = command.document.lines if command.document else ()
    typed = [*words, *lines] if words[:1] in (["cat"], ["aws"]) else []
    return any(line.strip().startswith(SECRET_SETTINGS) for line in typed)
