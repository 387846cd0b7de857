"""[spec] of a lab on the AWS CLI: an account, a machine, and what is asked of the script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.cli.account.account import Account
from labs.grading.cli.exercise.lab_account import read_account, read_machine
from labs.grading.cli.settings.machine import Machine
from labs.grading.cli.shell.reader import read_script
from labs.grading.cli.shell.script import Script
from labs.grading.errors import AnswerError, SpecError
from labs.grading.toml_table import Table


@dataclass(frozen=True, slots=True)
class Run:
    """A command that the lab gives after the script; "" where it does not matter."""

    name: str
    command: str
    script: Script
    caller: str
    region: str
    output: str
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """`script` is the lab's own answer. `as_words`: neither order nor line breaks count."""

    number: str
    text: str
    script: Script
    as_words: bool
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Rotation:
    """`old`: the key that has to go; `user` has it."""

    user: str
    old: str
    points: int  # of each of the five things


@dataclass(frozen=True, slots=True)
class CliExercise:
    """`other` is the account on another day. `secrets`: points for a script without a secret."""

    account: Account
    other: Account | None
    machine: Machine
    program: str
    runs: tuple[Run, ...]
    questions: tuple[Question, ...]
    rotation: Rotation | None
    secrets: int
    only_today: int  # points for being right on the other day


def read_cli_exercise(table: Mapping[str, object], files: Mapping[str, str]) -> CliExercise:
    spec = Table(table)
    account, other = read_account(spec.table("account"), files)
    exercise = CliExercise(
        account,
        other,
        read_machine(spec.table("machine"), files),
        spec.text("program", ""),
        tuple(read_run(one) for one in spec.tables("runs")),
        tuple(read_question(one) for one in spec.tables("questions")),
        read_rotation(spec),
        spec.number("secrets", 0, most=100),
        spec.number("only_today", 3 if other else 0, most=100),
    )
    spec.finish()
    if not (exercise.runs or exercise.questions or exercise.rotation):
        raise SpecError("lab.toml: spec: nothing is asked")
    return exercise


def read_run(table: Table) -> Run:
    return Run(
        table.text("name"),
        table.text("command"),
        script_in(table, "command"),
        table.text("caller", ""),
        table.text("region", ""),
        table.text("output", ""),
        table.number("points", 2, most=100),
        table.text("why", ""),
    )


def read_question(table: Table) -> Question:
    return Question(
        str(table.number("number")),
        table.text("text"),
        script_in(table, "answer"),
        table.flag("as_words", True),
        table.number("points", 3, most=100),
        table.text("why", ""),
    )


def script_in(table: Table, key: str) -> Script:
    try:
        return read_script(table.text(key))
    except AnswerError as error:
        raise table.error(key, str(error)) from error


def read_rotation(spec: Table) -> Rotation | None:
    table = spec.table("rotation")
    if not table.values:
        return None
    return Rotation(table.text("user"), table.text("old"), table.number("points", 3, most=100))
