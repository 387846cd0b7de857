"""State machines of AWS Step Functions in the Amazon States Language, graded by what becomes of
executions, some of which are hidden, and by every way in which calls can fail.

An answer is a definition in JSON, with JSONPath. It is run on a virtual clock; what its tasks call
answers as a scenario says (`labs.grading.state_machines.execution`).

[spec] in lab.toml; what stands in single quotes is JSON:
    advice = true            says while one types what AWS would refuse, and which result replaces
                             what is read later; false where finding that is the task
    steps = 300              of a run, before it counts as endless
    [[spec.functions]]       name, needs = ["orderId"] (members of its input; without one of them it
                             throws InvalidInput), returns = '{"id.$": "$.orderId"}' (a template on
                             its input), seconds (1), errors = ["Throttled"] (for the comparison)
    [[spec.scenarios]]       name, why, section, points (1), hidden, input = '{}';
                             asked of it: status ("SUCCEEDED", "FAILED", "TIMED_OUT"), error,
                             output = '{}' (the whole of it), has = {"$.paid" = 'true'},
                             gone = ["$.error"], least, most (seconds)
    [[spec.scenarios.scripts]]   function, answers = ["Throttled", "ok in 400", '{"id": 7}'], then
                             ("ok": all further calls), when = '{"sku": 1}' (only calls with it)
    [[spec.scenarios.calls]] function, times (1), or least and most; input (each call has it)
    [spec.comparison]        points (2), input, failures = 3 (in one run, at most), output =
                             ["$.paid"] (paths that count), expected (default: the solution)

Report.extra: `runs`, see `labs.grading.state_machines.exercise.timeline`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.state_machines import broken_machines
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.state_machines.exercise.behaviour import behaviour as behaviour
from labs.grading.state_machines.exercise.codes import CODES as CODES
from labs.grading.state_machines.exercise.completions import SLOTS as SLOTS
from labs.grading.state_machines.exercise.completions import words as words
from labs.grading.state_machines.exercise.state_exercise import StateExercise, read_state_exercise
from labs.grading.state_machines.exercise.verdict import advise_machine, check_machine
from labs.grading.state_machines.language.model import MachineAnswer
from labs.grading.state_machines.language.reader import read_machine

NAME = "state-machine"
TITLE = say("State machines of Step Functions")
LANGUAGE = "json"
VERSION = "2"
MAX_BYTES = 24_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"scenarios": ("name", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> StateExercise:
    return read_state_exercise(table, files)


def parse(text: str) -> MachineAnswer:
    return read_machine(text)


def check(answer: MachineAnswer, spec: StateExercise) -> Report:
    return check_machine(answer, spec)


def advise(answer: MachineAnswer, spec: StateExercise) -> list[Finding]:
    return advise_machine(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_machines(text)
