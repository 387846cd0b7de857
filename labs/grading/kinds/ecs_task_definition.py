"""ECS task definitions, graded by what becomes of their tasks: whether ECS registers them, who may
do what when a task starts, and on which hosts so many of them find a place.

An answer is JSON in AWS's names (`labs.grading.machines.tasks.answers`): the definition, and beside
it, where a lab asks for it, how tasks are placed. Asked is what was observed.

[spec] in lab.toml, each only if it is needed:
    images, secrets, log_groups   names and ARNs that there are
    [[spec.roles]]           arn, may = ["pull", "logs", "secrets", or what the lab calls it]
    [spec.calls]             what the application does on AWS = what its role must allow
    wanted = 12              how many tasks the service runs
    [[spec.hosts]]           name, zone, cpu (units), memory (MiB), ports (taken), interfaces: what
                             is left on it for tasks
    [[spec.checks]]          name, field (`labs.grading.machines.tasks.fields`), points (1), hidden;
                             is = "…" or a list of them, or contains, or least and most;
                             unit; told = false: what is expected is for learners to find

Report.extra: see `labs.grading.machines.tasks.verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.kind import Files
from labs.grading.machines.behaviour import behaviour as behaviour
from labs.grading.machines.tasks.answers import TaskAnswer, read_task_definition
from labs.grading.machines.tasks.codes import CODES as CODES
from labs.grading.machines.tasks.completions import SLOTS as SLOTS
from labs.grading.machines.tasks.completions import words as words
from labs.grading.machines.tasks.exercise import TaskExercise, read_task_exercise
from labs.grading.machines.tasks.verdict import check_task
from labs.grading.mutants import Mutant
from labs.grading.mutants.requests import broken_requests
from labs.grading.report import Report
from labs.grading.said import say

NAME = "ecs-task-definition"
TITLE = say("Task definitions")
LANGUAGE = "json"
VERSION = "2"
MAX_BYTES = 16_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"checks": ("name",)}


def read_spec(table: Mapping[str, object], files: Files) -> TaskExercise:
    return read_task_exercise(table)


def parse(text: str) -> TaskAnswer:
    return read_task_definition(text)


def check(answer: TaskAnswer, spec: TaskExercise) -> Report:
    return check_task(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_requests(text)
