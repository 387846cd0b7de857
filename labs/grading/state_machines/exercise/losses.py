"""Where a result replaces what a later state reads: seen in the text, by what the functions return
and what executions come with."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.report import Finding, Severity
from labs.grading.said import say
from labs.grading.state_machines.exercise.lint import Flaw, finding
from labs.grading.state_machines.exercise.state_exercise import StateExercise
from labs.grading.state_machines.exercise.transitions import transitions_of
from labs.grading.state_machines.language.choice_rules import Combination, Rule
from labs.grading.state_machines.language.model import Choice, Machine, MachineAnswer, State, Task
from labs.grading.state_machines.language.paths import ROOT, JsonPath
from labs.grading.state_machines.language.templates import Members, paths_in
from labs.grading.state_machines.language.values import Json

MOST_STATES = 40  # of a machine that is looked at


def losses_of(answer: MachineAnswer, spec: StateExercise) -> list[Finding]:
    """One for each state that loses something; the states of the machine itself alone."""
    machine = answer.machine
    if len(machine.states) > MOST_STATES:
        return []
    flaws = [flaw for state in machine.states.values() for flaw in loss(machine, state, spec)]
    return [finding(answer.document, flaw, Severity.ADVICE) for flaw in flaws]


def loss(machine: Machine, state: State, spec: StateExercise) -> Iterator[Flaw]:
    """The first that misses something after the state."""
    if not replaces(state):
        return
    given = names_given(spec) - names_made(state, spec)
    for name in after(machine, state):
        later = machine.states[name]
        gone = sorted(given & set(names_read(later)))
        if gone:
            words = say(
                "The result of “{state}” replaces its whole input, and “{later}” reads $.{name}.",
                state=state.name,
                later=later.name,
                name=gone[0],
            )
            cure = say('Give “{state}” a ResultPath, such as "$.result".', state=state.name)
            yield Flaw("states.overwrites", words, state.path, cure, key=True)
            return


def replaces(state: State) -> bool:
    """A task whose result is its whole output."""
    whole = state.result_path == ROOT and state.result_selector is None
    return isinstance(state.work, Task) and whole and state.output_path == ROOT


def names_given(spec: StateExercise) -> set[str]:
    """The members that every execution comes with."""
    inputs = [set(one.input) for one in spec.scenarios if isinstance(one.input, dict)]
    return set.intersection(*inputs) if inputs else set()


def names_made(state: State, spec: StateExercise) -> set[str]:
    """The members of the result."""
    if not isinstance(state.work, Task):
        return set()
    if state.work.wrapped:
        return {"Payload"}
    returns = spec.functions[state.work.function].returns
    return set(returns.members) if isinstance(returns, Members) else set()


def after(machine: Machine, state: State) -> Iterator[str]:
    """The states that follow with what this one passes on: until another one replaces it, too."""
    waiting, seen = [state.next] if state.next else [], {state.name}
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        yield name
        following = machine.states[name]
        if not replaces(following) and following.type in ("Task", "Choice", "Wait"):
            waiting.extend(one.to for one in transitions_of(following))


def names_read(state: State) -> Iterator[str]:
    """The members of its input that a state names."""
    for path in paths_of(state):
        if path.first_name:
            yield path.first_name


def paths_of(state: State) -> Iterator[JsonPath]:
    if state.input_path is not None and state.input_path != ROOT:
        yield state.input_path
        return
    if state.parameters is not None:
        yield from paths_in(state.parameters)
    if isinstance(state.work, Choice):
        for branch in state.work.branches:
            yield from paths_of_rule(branch.rule)


def paths_of_rule(rule: Rule) -> Iterator[JsonPath]:
    if isinstance(rule, Combination):
        for inner in rule.rules:
            yield from paths_of_rule(inner)
        return
    yield rule.variable
    operand: Json = rule.operand
    if isinstance(operand, JsonPath):
        yield operand
