"""What the text of an answer shows before anything is run.

Source: Amazon States Language, "Top-level fields", "States", "Transitions", "Reserved error name
States.ALL"; Step Functions Developer Guide, "Troubleshooting" (states that are not reachable).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from labs.grading.json_text import JsonDocument, Path
from labs.grading.report import Finding, Severity
from labs.grading.said import Said, say
from labs.grading.state_machines.exercise.codes import CODES
from labs.grading.state_machines.exercise.transitions import (
    machines_in,
    reached,
    states_in,
    transitions_of,
)
from labs.grading.state_machines.language.model import (
    ALL,
    Catcher,
    Machine,
    MachineAnswer,
    Retrier,
    State,
    Task,
)
from labs.grading.state_machines.language.suggestions import meant

MOST = 12  # refusals shown
CHOOSERS = ("Choice", "Succeed", "Fail")


@dataclass(frozen=True, slots=True)
class Flaw:
    """`key`: the path names a key, and not a value."""

    code: str
    message: Said
    path: Path
    cure: Said
    key: bool = False


def refusals_of(answer: MachineAnswer, functions: Iterable[str]) -> list[Finding]:
    """Why AWS would not take it, or the lab has nothing that it calls."""
    names = list(functions)
    flaws = islice(all_flaws_of(answer.machine, names), MOST)
    return [finding(answer.document, flaw, Severity.ERROR) for flaw in flaws]


def all_flaws_of(machine: Machine, functions: list[str]) -> Iterator[Flaw]:
    for one in machines_in(machine):
        yield from machine_flaws(one)
    for state in states_in(machine):
        yield from call_flaws(state, functions)


def warnings_of(answer: MachineAnswer) -> list[Finding]:
    """What AWS takes, and comes to nothing good."""
    return [
        finding(answer.document, flaw, Severity.WARNING)
        for one in machines_in(answer.machine)
        for flaw in end_flaws(one)
    ]


def finding(document: JsonDocument, flaw: Flaw, severity: Severity) -> Finding:
    at = document.key_position(flaw.path) if flaw.key else document.position(flaw.path)
    return Finding(
        flaw.code,
        False,
        0,
        flaw.message,
        at=at,
        severity=severity,
        section=CODES[flaw.code].section,
        why=CODES[flaw.code].explanation,
        cure=flaw.cure,
    )


# --- Machines -------------------------------------------------------------------------------------


def machine_flaws(machine: Machine) -> Iterator[Flaw]:
    yield from start_flaws(machine)
    found = reached(machine)
    for state in machine.states.values():
        yield from way_flaws(state)
        yield from target_flaws(machine, state)
        yield from misplaced_flaws(state)
        yield from all_flaws(state.retry)
        yield from all_flaws(state.catch)
        if found and state.name not in found:
            words = say("No way leads to “{state}”.", state=state.name)
            cure = say("Let another state lead to it, or take it out.")
            yield Flaw("states.unreachable", words, state.path, cure, key=True)


def start_flaws(machine: Machine) -> Iterator[Flaw]:
    first = next(iter(machine.states))
    cure = say("Begin with a state that there is.")
    if machine.start is None:
        words = say('There is no StartAt. The first state is named there: "{name}".', name=first)
        yield Flaw("states.no-start", words, machine.path, cure)
    elif machine.start not in machine.states:
        words = say(
            "StartAt names “{name}”, and there is no such state.{hint}",
            name=machine.start[:60],
            hint=meant(machine.start, machine.states),
        )
        yield Flaw("states.no-start", words, (*machine.path, "StartAt"), cure)


def end_flaws(machine: Machine) -> Iterator[Flaw]:
    states = machine.states.values()
    if all(state.next is not None or state.type == "Choice" for state in states) and not any(
        state.is_terminal for state in states
    ):
        words = say("No state ends this machine: it can only go round, or fail.")
        cure = say('Give the last state "End": true, or add a Succeed state.')
        yield Flaw("states.no-end", words, (*machine.path, "States"), cure)


# --- States ---------------------------------------------------------------------------------------


def way_flaws(state: State) -> Iterator[Flaw]:
    if state.type in CHOOSERS:
        return
    if state.next is not None and state.end:
        words = say("“{state}” has both Next and End.", state=state.name)
        cure = say("Keep one of the two.")
        yield Flaw("states.two-ways-on", words, (*state.path, "End"), cure, key=True)
    if state.next is None and not state.end:
        words = say("“{state}” has neither Next nor End.", state=state.name)
        cure = say('Say where it goes on, or that it ends: "End": true.')
        yield Flaw("states.no-way-on", words, state.path, cure, key=True)


def target_flaws(machine: Machine, state: State) -> Iterator[Flaw]:
    for way in transitions_of(state):
        if way.to not in machine.states:
            words = say(
                "“{state}” leads to “{name}”, and there is no such state here.{hint}",
                state=state.name,
                name=way.to[:60],
                hint=meant(way.to, machine.states),
            )
            cure = say("Write the name of a state of the same machine, letter by letter.")
            yield Flaw("states.unknown-target", words, way.path, cure)


def misplaced_flaws(state: State) -> Iterator[Flaw]:
    for key in state.misplaced:
        words = say(
            "“{state}” is a {type} state, which has no {key}.",
            state=state.name,
            type=state.type,
            key=key,
        )
        cure = say("Take it out, or give it to a state that can have it.")
        yield Flaw("states.misplaced", words, (*state.path, key), cure, key=True)


def all_flaws(handlers: Sequence[Retrier | Catcher]) -> Iterator[Flaw]:
    cure = say('Write ["States.ALL"] by itself, in the last entry.')
    for number, one in enumerate(handlers, start=1):
        path = (*one.path, "ErrorEquals")
        if ALL in one.errors and len(one.errors) > 1:
            words = say("Beside States.ALL there may be no other name: it fits every error.")
            yield Flaw("states.all-not-last", words, path, cure)
        elif ALL in one.errors and number < len(handlers):
            words = say("States.ALL is not in the last entry, so those after it are never asked.")
            yield Flaw("states.all-not-last", words, path, cure)


def call_flaws(state: State, functions: list[str]) -> Iterator[Flaw]:
    if isinstance(state.work, Task) and state.work.function not in functions:
        words = say(
            "There is no function “{name}” here.{hint}",
            name=state.work.function[:60],
            hint=meant(state.work.function, functions),
        )
        cure = say("Call one of these: {names}.", names=", ".join(functions))
        yield Flaw("states.unknown-function", words, state.work.named, cure)
