"""Scripts for the AWS CLI, graded by who runs what where, by what is printed, and by what becomes
of access keys.

An answer is a script of simple commands (`labs.grading.cli.shell.reader`). It is read, never run:
`labs.grading.cli.terminal` works out on the lab's own small account what each command would do.

[spec] in lab.toml:
    secrets = 2                 points for a script without a secret in it (0: not asked)
    only_today = 3              points for being right on another day, if answers have one
    program = "./use-key"       a command of the lab's: APPLICATION ACCESS_KEY_ID
    [spec.account]              number, users = ["lea"], applications = {shop = "AKIA…"}, now
    [[spec.account.keys]]       id, secret, user, status, created, last_used, service, region
    [[spec.account.new_keys]]   id, secret: what create-access-key gives out, in order
    [[spec.account.roles]]      name, trusts = ["lea"] (names of users and roles)
    [[spec.account.answers]]    command = "ec2 describe-instances", region ("": the same in all),
                                file (JSON in the lab's folder), another_day (file)
    [spec.machine]              before the script: variables = {AWS_PROFILE = "dev"}, config and
                                credentials (files in the lab's folder), instance_role,
                                instance_region, container_role
    [[spec.runs]]               run after the script: name, command, and what is asked, each only
                                if given: caller ("user/lea", "role/deploy"), region, output;
                                points (2), why
    [[spec.questions]]          answered below `# 1`: number, text, answer (the lab's own command),
                                as_words (true: neither order nor line breaks count),
                                points (3), why
    [spec.rotation]             user, old (the key that goes), points (3, of each of five things)

Report.extra: see `labs.grading.cli.exercise.cli_verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.cli.exercise.behaviour import behaviour as behaviour
from labs.grading.cli.exercise.cli_exercise import CliExercise, read_cli_exercise
from labs.grading.cli.exercise.cli_verdict import advise_script, check_script
from labs.grading.cli.exercise.codes import CODES as CODES
from labs.grading.cli.exercise.completions import SLOTS as SLOTS
from labs.grading.cli.exercise.completions import words as words
from labs.grading.cli.shell.reader import read_script
from labs.grading.cli.shell.script import Script
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.scripts import broken_scripts
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "aws-cli"
TITLE = say("Commands for the AWS CLI")
LANGUAGE = "shell"
VERSION = "1"
MAX_BYTES = 8_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"runs": ("name", "why"), "questions": ("text", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> CliExercise:
    return read_cli_exercise(table, files)


def parse(text: str) -> Script:
    return read_script(text)


def check(answer: Script, spec: CliExercise) -> Report:
    return check_script(answer, spec)


def advise(answer: Script, spec: CliExercise) -> list[Finding]:
    return advise_script(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_scripts(text)
