"""Short ways to write machines, functions and runs in tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from labs.grading.state_machines.execution.interpreter import execute
from labs.grading.state_machines.execution.run import Run
from labs.grading.state_machines.execution.world import Answer, Function, Script, World
from labs.grading.state_machines.language.model import Machine
from labs.grading.state_machines.language.reader import read_machine
from labs.grading.state_machines.language.templates import read_template

FIXTURES = Path(__file__).parents[3] / "fixtures" / "state_machines"
LAMBDA = "arn:aws:lambda:eu-west-2:111122223333:function:"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FIXTURES / name).read_text().splitlines()]


def task(function: str = "work", **fields: Any) -> dict[str, Any]:
    """It ends the machine where no Next is given."""
    way = {} if "Next" in fields else {"End": True}
    return {"Type": "Task", "Resource": LAMBDA + function, **fields, **way}


def text_of(first: str, **states: Any) -> str:
    return json.dumps({"StartAt": first, "States": states}, indent=2)


def machine(first: str, **states: Any) -> Machine:
    return read_machine(text_of(first, **states)).machine


def single(state: dict[str, Any], **others: Any) -> Machine:
    """One state A, and what it leads to."""
    return machine("A", A=state, **others)


def function(name: str = "work", returns: Any = None, **facts: Any) -> Function:
    return Function(name, returns=read_template(returns), **facts)


def script(*answers: str, name: str = "work", then: str = "") -> Script:
    """Errors, or "" for an answer."""
    return Script(name, tuple(Answer(one) for one in answers), Answer(then))


def run(
    what: Machine, value: Any = None, *functions: Function, scripts: tuple[Script, ...] = ()
) -> Run:
    known = {one.name: one for one in functions or (function(),)}
    return execute(what, {} if value is None else value, World(known, scripts))


def seconds_of_starts(found: Run, state: str) -> list[float]:
    return [visit.start for visit in found.visits if visit.state == state]
