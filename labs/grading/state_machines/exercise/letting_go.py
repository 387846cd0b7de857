"""A state that passes on an empty object, because its OutputPath is null: what is missed after it
is cured there, and by no ResultPath.

Source: Amazon States Language, "InputPath and OutputPath": null is an empty object.
"""

from __future__ import annotations

from dataclasses import replace

from labs.grading.said import say
from labs.grading.state_machines.execution.run import Run
from labs.grading.state_machines.exercise.shown import Miss
from labs.grading.state_machines.exercise.transitions import states_in
from labs.grading.state_machines.language.model import Machine, State

OUTPUT = "states.output"


def cured_where_it_goes(miss: Miss | None, run: Run, machine: Machine) -> Miss | None:
    """The same, with the state that let go of everything."""
    if miss is None or not (miss.lost or miss.code == OUTPUT):
        return miss
    state = letting_go(miss, run, machine)
    if state is None:
        return miss
    words = say(
        "Take OutputPath away from “{state}”: null passes on an empty object.", state=state.name
    )
    return replace(miss, cure=words, path=(*state.path, "OutputPath"))


def letting_go(miss: Miss, run: Run, machine: Machine) -> State | None:
    """The state that lost it; of an output the last that was visited."""
    empty = {one.name: one for one in states_in(machine) if one.output_path is None}
    if miss.lost:
        return empty.get(miss.lost)
    visited = [one.state for one in run.visits if one.state in empty]
    return empty[visited[-1]] if visited else None
