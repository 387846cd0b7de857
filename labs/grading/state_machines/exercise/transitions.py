"""Where the states of a machine lead, and from which field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.json_text import Path
from labs.grading.state_machines.language.model import Choice, Machine, State


@dataclass(frozen=True, slots=True)
class Transition:
    """`path`: where the name of the next state stands."""

    to: str
    path: Path


def transitions_of(state: State) -> Iterator[Transition]:
    """In the order of the text."""
    if state.next is not None and state.type not in ("Choice", "Succeed", "Fail"):
        yield Transition(state.next, (*state.path, "Next"))
    if isinstance(state.work, Choice):
        for branch in state.work.branches:
            yield Transition(branch.next, (*branch.path, "Next"))
        if state.work.default is not None:
            yield Transition(state.work.default, (*state.path, "Default"))
    for catcher in state.catch:
        yield Transition(catcher.next, (*catcher.path, "Next"))


def reached(machine: Machine) -> set[str]:
    """The states that StartAt leads to, itself included."""
    waiting = [machine.start] if machine.start in machine.states else []
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name is None or name in found or name not in machine.states:
            continue
        found.add(name)
        waiting.extend(one.to for one in transitions_of(machine.states[name]))
    return found


def machines_in(machine: Machine) -> Iterator[Machine]:
    """The machine, and those inside of its states."""
    yield machine
    for state in machine.states.values():
        for inner in state.machines:
            yield from machines_in(inner)


def states_in(machine: Machine) -> Iterator[State]:
    for one in machines_in(machine):
        yield from one.states.values()
