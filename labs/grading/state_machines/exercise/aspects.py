"""What is asked of a run beside its end: calls, output, time. The first that does not hold is what
is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from labs.grading.said import say
from labs.grading.state_machines.execution.run import Run
from labs.grading.state_machines.exercise.diagnosis import given_up, path_of, wrong_end
from labs.grading.state_machines.exercise.shown import Miss, seconds
from labs.grading.state_machines.exercise.state_exercise import Scenario, WantedCalls
from labs.grading.state_machines.language.paths import JsonPath, NotThereError, look_up
from labs.grading.state_machines.language.values import Json, readable, same, within

NOTHING = object()


def missed(run: Run, scenario: Scenario) -> Miss | None:
    for aspect in ASPECTS:
        found = aspect(run, scenario)
        if found is not None:
            return found
    return None


def wrong_calls(run: Run, scenario: Scenario) -> Miss | None:
    found = (miss for wanted in scenario.calls for miss in calls_missed(run, wanted))
    return given_up(run, scenario) or next(found, None)


def calls_missed(run: Run, wanted: WantedCalls) -> Iterator[Miss]:
    made = run.calls_of(wanted.function)
    parts = {"function": wanted.function, "made": len(made)}
    facts = {"call": wanted.function}
    if len(made) > wanted.most:
        words = say(
            "{function} is called {made} times, and {most} is right.", most=wanted.most, **parts
        )
        cure = say("Look at the errors that are retried, and at how often.")
        if not wanted.most:
            words = say("{function} is called, and must not be here.", **parts)
            cure = say("Lead the way around it.")
        yield Miss("states.called-too-often", words, cure, path_of(run, made[-1]), facts)
    if len(made) < wanted.least:
        words = say(
            "{function} is called {made} times, and {least} is right.", least=wanted.least, **parts
        )
        if not made:
            words = say("{function} is never called, and must be here.", **parts)
        cure = say("Lead the way there, or retry the errors that may be over soon.")
        yield Miss("states.called-too-seldom", words, cure, None, facts)
    for call in made:
        if not within(wanted.has, call.payload):
            words = say(
                "{function} gets {payload}; it needs at least {wanted}.",
                payload=readable(call.payload),
                wanted=readable(wanted.has),
                **parts,
            )
            cure = say(
                "Hand the right part on: InputPath or Parameters of “{state}”.", state=call.state
            )
            yield Miss("states.call-input", words, cure, path_of(run, call), facts)


def wrong_output(run: Run, scenario: Scenario) -> Miss | None:
    """Of an execution that succeeded."""
    if run.failure is not None:
        return None
    for whole in scenario.output:
        if not same(whole, run.output):
            return other_output("$", whole, run)
    for path, wanted in scenario.has.items():
        if not same(value_at(path, run.output), wanted):
            return other_output(path.text, wanted, run)
    for path in scenario.gone:
        if value_at(path, run.output) is not NOTHING:
            words = say("{path} stands in the output, and must not.", path=path.text)
            cure = say("Keep the result elsewhere, or let go of it: ResultPath, OutputPath.")
            return Miss("states.output", words, cure, None, {"path": path.text})
    return None


def other_output(path: str, wanted: Json, run: Run) -> Miss:
    words = say(
        "The output is {output}; at {path} it needs {wanted}.",
        output=readable(run.output),
        path=path,
        wanted=readable(wanted),
    )
    cure = say("Look at the ResultPath of each state: where does its result go?")
    return Miss("states.output", words, cure, None, {"path": path})


def value_at(path: JsonPath, value: Json) -> Json:
    try:
        return look_up(path, value, {})
    except NotThereError:
        return NOTHING


def wrong_time(run: Run, scenario: Scenario) -> Miss | None:
    parts = {"seconds": seconds(run.seconds)}
    if run.seconds < scenario.least:
        words = say(
            "It is over after {seconds}, and should take {least} at least.",
            least=seconds(scenario.least),
            **parts,
        )
        cure = say("Wait longer before a retry: IntervalSeconds, BackoffRate.")
        return Miss("states.too-early", words, cure)
    if run.seconds > scenario.most:
        words = say(
            "It is over after {seconds}, and should take {most} at most.",
            most=seconds(scenario.most),
            **parts,
        )
        cure = say("Look for the longest bar in the time line.")
        return Miss("states.too-late", words, cure)
    return None


ASPECTS: tuple[Callable[[Run, Scenario], Miss | None], ...] = (
    wrong_end,
    wrong_calls,
    wrong_output,
    wrong_time,
)
