"""A state machine against what a lab asks."""

from __future__ import annotations

from labs.grading.report import Case, Finding, Outcome, Report
from labs.grading.said import say
from labs.grading.state_machines.execution.interpreter import execute
from labs.grading.state_machines.execution.run import Run
from labs.grading.state_machines.execution.world import World
from labs.grading.state_machines.exercise.aspects import missed
from labs.grading.state_machines.exercise.codes import CODES
from labs.grading.state_machines.exercise.diagnosis import expected_end
from labs.grading.state_machines.exercise.differences import Compared, compare, failing
from labs.grading.state_machines.exercise.letting_go import cured_where_it_goes
from labs.grading.state_machines.exercise.lint import refusals_of, warnings_of
from labs.grading.state_machines.exercise.losses import losses_of
from labs.grading.state_machines.exercise.shown import Miss, ending
from labs.grading.state_machines.exercise.state_exercise import Scenario, StateExercise
from labs.grading.state_machines.exercise.timeline import drawn
from labs.grading.state_machines.language.model import MachineAnswer

REFUSED = say("AWS would not create this state machine, so nothing was run.")
TITLE = say("Execution by execution")


def check_machine(answer: MachineAnswer, spec: StateExercise) -> Report:
    refused = refusals_of(answer, spec.functions)
    if refused:
        nothing = Finding("states.not-run", False, spec.points, say("Nothing was run."))
        return Report((*refused, *warnings_of(answer), nothing), refused=REFUSED)
    runs = [(one, run_of(answer, one, spec)) for one in spec.scenarios]
    judged = [
        (one, run, cured_where_it_goes(missed(run, one), run, answer.machine)) for one, run in runs
    ]
    shown = [one for one in judged if not one[0].hidden]
    compared = [compared_finding(compare(answer.machine, spec), spec)] if spec.comparison else []
    return Report(
        (*(finding(answer, *one) for one in judged), *compared, *advice_of(answer, spec)),
        {"runs": [drawn(scenario, run, miss is None) for scenario, run, miss in shown]},
        outcomes=tuple(outcome(*one) for one in shown),
        outcomes_title=TITLE,
    )


def advise_machine(answer: MachineAnswer, spec: StateExercise) -> list[Finding]:
    refused = refusals_of(answer, spec.functions)
    if refused:
        return [*refused, *warnings_of(answer)] if spec.advice else []
    return advice_of(answer, spec)


def advice_of(answer: MachineAnswer, spec: StateExercise) -> list[Finding]:
    return [*warnings_of(answer), *(losses_of(answer, spec) if spec.advice else ())]


def run_of(answer: MachineAnswer, scenario: Scenario, spec: StateExercise) -> Run:
    world = World(spec.functions, scenario.scripts)
    return execute(answer.machine, scenario.input, world, spec.steps)


def finding(answer: MachineAnswer, scenario: Scenario, run: Run, miss: Miss | None) -> Finding:
    if miss is None:
        return Finding(
            "states.status",
            True,
            scenario.points,
            say(
                "{scenario}: {ending}, as it should be.", scenario=scenario.name, ending=ending(run)
            ),
            section=scenario.section or CODES["states.status"].section,
            hidden=scenario.hidden,
        )
    words = say("{scenario}: {what}", scenario=scenario.name, what=miss.message)
    return Finding(
        miss.code,
        False,
        scenario.points,
        words,
        at=None if miss.path is None else answer.document.key_position(miss.path),
        cases=(Case(words),),
        counterexample={"scenario": scenario.name, **miss.facts},
        section=scenario.section or CODES[miss.code].section,
        hidden=scenario.hidden,
        why=scenario.why or CODES[miss.code].explanation,
        cure=miss.cure,
    )


def outcome(scenario: Scenario, run: Run, miss: Miss | None) -> Outcome:
    return Outcome(
        name=scenario.name,
        expected=expected_end(scenario),
        yours=ending(run),
        because="" if miss is None else miss.message,
        passed=miss is None,
    )


def compared_finding(found: Compared, spec: StateExercise) -> Finding:
    assert spec.comparison is not None
    points, section = spec.comparison.points, CODES["states.compared"].section
    most = spec.comparison.failures
    if found.difference is None:
        words = say(
            "Tried: {tried} ways in which up to {most} calls fail. All end as they should.",
            tried=found.tried,
            most=most,
        )
        if not found.whole:
            words = say("Your machine takes too many steps to try it in every way.")
        return Finding("states.compared", found.whole, points, words, section=section)
    words = say(
        "With {failures}, {difference}.",
        failures=failing(found.difference.failures),
        difference=found.difference.words,
    )
    cure = say("Follow these answers through your machine, call by call.")
    return Finding(
        "states.compared",
        False,
        points,
        words,
        cases=(Case(words),),
        counterexample={"failures": str(failing(found.difference.failures))},
        section=section,
        why=CODES["states.compared"].explanation,
        cure=cure,
    )
