"""EC2 user data: a bash script, graded by what becomes of instances that are launched with it.

Nothing is executed: tree-sitter reads the script, and a model of Amazon Linux 2023 says what each
line comes to (`labs.grading.first_boot`): packages, files, units, what a visitor gets now and after
a reboot. Reading rehearses the script on a machine, so that what is not modelled is said with its
place and costs no attempt.

[spec] in lab.toml:
    packages = ["httpd"]     must be installed, a point each
    listens = 2              points for a web server on port 80 after the first boot (0)
    ends = 1                 points for a script that comes to its end (0)
    advice = false           nothing is marked while one types (true)
    [[spec.machines]]        name, instance_id, zone, address (private): each is launched with the
                             script. Two of them show who wrote a name down
    [[spec.pages]]           path; shows: of "host name", "instance id", "zone", "private address"
                             those of the machine that it must hold; holds: words that it must hold;
                             what it is worth that it answers 200 after the first boot (now = 1),
                             that it says all that (content = 1), that it answers 200 after a
                             reboot (later = 1)

Report.extra: see `labs.grading.first_boot.exercise.verdict`.

The parser is C, whose steps nobody counts here: `parse` is not said to be bounded, and runs in a
child with limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from labs.grading.errors import AnswerError
from labs.grading.first_boot.exercise.codes import CODES as CODES
from labs.grading.first_boot.exercise.completions import SLOTS as SLOTS
from labs.grading.first_boot.exercise.completions import words as words
from labs.grading.first_boot.exercise.user_data_exercise import (
    UserDataExercise,
    read_user_data_exercise,
)
from labs.grading.first_boot.exercise.verdict import check_user_data, from_the_text, too_large
from labs.grading.first_boot.running.boot import NotModelled, boot, rehearse
from labs.grading.first_boot.shell.reading import read_script
from labs.grading.first_boot.shell.script import Script
from labs.grading.first_boot.system.identity import STOCK_IDENTITY
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.user_data import broken_scripts
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "user-data"
TITLE = say("User data")
LANGUAGE = "shell"
VERSION = "2"
TEXTS: Mapping[str, tuple[str, ...]] = {}
MAX_BYTES = 24_000  # more than AWS takes, so that a verdict can say so


def read_spec(table: Mapping[str, object], files: Files) -> UserDataExercise:
    return read_user_data_exercise(table)


def parse(text: str) -> Script:
    script = read_script(text)
    try:
        rehearse(script, STOCK_IDENTITY)
    except NotModelled as unknown:
        raise AnswerError(unknown.message, *unknown.at) from None
    return script


def check(answer: Script, spec: UserDataExercise) -> Report:
    return check_user_data(answer, spec)


def advise(answer: Script, spec: UserDataExercise) -> list[Finding]:
    if not spec.advice:
        return []
    large = too_large(answer)
    return [*([large] if large else []), *from_the_text(boot(answer, STOCK_IDENTITY, ()))]


def mutants(text: str) -> Iterator[Mutant]:
    return broken_scripts(text)
