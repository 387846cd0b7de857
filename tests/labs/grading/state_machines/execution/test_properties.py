"""Random machines by the engine and by `plain_evaluator`: the same end, output, time and calls."""

from __future__ import annotations

import json
import os
from collections import Counter
from random import Random
from typing import Any

from labs.grading.state_machines.execution.interpreter import execute
from labs.grading.state_machines.execution.run import Status
from labs.grading.state_machines.execution.world import Answer, Script, World
from labs.grading.state_machines.language.reader import read_machine
from tests.labs.grading.state_machines.machines import function
from tests.labs.grading.state_machines.plain_evaluator import MOST, evaluate
from tests.labs.grading.state_machines.random_machines import (
    FUNCTIONS,
    random_answers,
    random_input,
    random_machine,
)

RUNS = int(os.environ.get("STATE_MACHINE_RUNS", "800"))
KNOWN = {name: function(name, {"from": name}, seconds=2) for name in FUNCTIONS}


def by_the_engine(
    definition: dict[str, Any], value: Any, answers: dict[str, list[str]]
) -> tuple[Any, ...]:
    scripts = tuple(Script(name, tuple(map(Answer, row))) for name, row in answers.items())
    machine = read_machine(json.dumps(definition)).machine
    found = execute(machine, value, World(KNOWN, scripts), MOST)
    calls = [call.function for call in found.calls]
    if found.status == Status.ENDLESS:
        return "ENDLESS", None, None, calls
    end = found.output if found.status == Status.SUCCEEDED else found.error
    return found.status.value, end, found.seconds, calls


def test_the_engine_runs_machines_as_a_plain_reading_of_the_language_does() -> None:
    ends: Counter[str] = Counter()
    for seed in range(RUNS):
        dice = Random(seed)
        definition, value, answers = random_machine(dice), random_input(dice), random_answers(dice)
        expected = evaluate(definition, value, answers)
        assert by_the_engine(definition, value, answers) == expected, (
            seed,
            definition,
            value,
            answers,
        )
        ends[expected[0]] += 1
    assert all(ends[end] > RUNS // 20 for end in ("SUCCEEDED", "FAILED", "ENDLESS")), ends
