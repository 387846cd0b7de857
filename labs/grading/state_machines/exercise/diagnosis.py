"""Why a run did not end as it should."""

from __future__ import annotations

from labs.grading.listing import listed_with_and
from labs.grading.said import Said, filled, say
from labs.grading.state_machines.execution.failures import NO_CHOICE, TIMEOUT
from labs.grading.state_machines.execution.run import Called, Failure, Run, Status
from labs.grading.state_machines.execution.world import INVALID
from labs.grading.state_machines.exercise.shown import Miss, seconds
from labs.grading.state_machines.exercise.state_exercise import Scenario

MOST_NAMED = 6  # states of a loop
KEEP = say('Give “{state}”, or its Catch, a ResultPath such as "$.result", which adds and keeps.')
GO_ON = say("Look at what comes in there: mend the path, or ask with IsPresent before.")


def wrong_end(run: Run, scenario: Scenario) -> Miss | None:
    """None where it ended as it should."""
    if run.status == Status.ENDLESS:
        return endless(run)
    failure = run.failure
    if run.status == scenario.status:
        if failure is None or not scenario.error or failure.error == scenario.error:
            return None
        return why_other(run, failure, scenario)
    if failure is None:
        return swallowed(run, scenario)
    return why_failed(run, failure, scenario)


def why_failed(run: Run, failure: Failure, scenario: Scenario) -> Miss:
    if failure.missing is not None:
        return path_missing(failure)
    if failure.error == NO_CHOICE:
        return no_choice(failure)
    last = run.calls[-1] if run.calls else None
    if last is not None and last.error == failure.error:
        return call_failed(run, last, scenario, failure)
    if failure.error == TIMEOUT:
        return timed_out(failure)
    return given_up(run, scenario) or other_end(run, failure, scenario)


def why_other(run: Run, failure: Failure, scenario: Scenario) -> Miss:
    """It fails, as it should, and for another reason."""
    if failure.missing is not None:
        return path_missing(failure)
    last = run.calls[-1] if run.calls else None
    if last is not None and last.missing and failure.error == INVALID:
        return input_missing(run, last)
    return given_up(run, scenario) or other_error(failure, scenario)


def call_failed(run: Run, last: Called, scenario: Scenario, failure: Failure) -> Miss:
    if failure.error == INVALID and last.missing:
        return input_missing(run, last)
    return task_failed(run, last, scenario, failure)


def endless(run: Run) -> Miss:
    names = [f"“{name}”" for name in run.loop[:MOST_NAMED]]
    words = say("It goes round and round between {states}.", states=listed_with_and(names))
    cure = say("Let something change from round to round that a Choice can end it by.")
    last = run.visits[-1]
    return Miss("states.endless", words, cure, last.path)


def swallowed(run: Run, scenario: Scenario) -> Miss:
    words = say(
        "It ends {status} after {seconds}; {expected} is right here.",
        status=run.status.value,
        seconds=seconds(run.seconds),
        expected=expected_end(scenario),
    )
    cure = say("Let the way of this error end in a Fail state.")
    return Miss("states.swallowed", words, cure)


def expected_end(scenario: Scenario) -> str:
    return (
        f"{scenario.status.value} ({scenario.error})" if scenario.error else scenario.status.value
    )


def other_error(failure: Failure, scenario: Scenario) -> Miss:
    words = say(
        "“{state}” fails with “{error}”; “{expected}” is right here.",
        state=failure.state,
        error=failure.error[:60],
        expected=scenario.error,
    )
    cure = say("Catch the error and go to a Fail state with the right name.")
    return Miss("states.error-name", words, cure, failure.at, {"error": failure.error[:40]})


def other_end(run: Run, failure: Failure, scenario: Scenario) -> Miss:
    words = say(
        "It ends {status} in “{state}” with “{error}”; {expected} is right here.",
        status=run.status.value,
        state=failure.state,
        error=failure.error[:60],
        expected=expected_end(scenario),
    )
    cure = say("Follow the time line to that state, and lead the way elsewhere before.")
    return Miss("states.status", words, cure, failure.at)


def no_choice(failure: Failure) -> Miss:
    words = say(
        "In “{state}” no rule holds and there is no Default: States.NoChoiceMatched.",
        state=failure.state,
    )
    cure = say("Give “{state}” a Default, or a rule for this input.", state=failure.state)
    return Miss("states.no-choice", words, cure, failure.at)


def path_missing(failure: Failure) -> Miss:
    path = failure.missing.text if failure.missing else ""
    parts = {"state": failure.state, "path": path, "error": failure.error}
    if failure.lost_by:
        words = say(
            "“{state}” reads {path}, which is gone: “{lost}” did not pass it on. {error}.",
            lost=failure.lost_by,
            **parts,
        )
        cure = kept(failure.lost_by)
        return Miss("states.lost-input", words, cure, failure.at, lost=failure.lost_by)
    words = say("“{state}” reads {path}, and nothing is there: {error}.", **parts)
    return Miss("states.path-missing", words, GO_ON, failure.at)


def kept(state: str) -> Said:
    return filled(KEEP, state=state)


def input_missing(run: Run, call: Called) -> Miss:
    """A function throws because its input lacks something."""
    parts = {"function": call.function, "name": call.missing[0], "state": call.state}
    words = say("“{state}” calls {function}, which misses {name} in its input.", **parts)
    cure = say("Let the input of “{state}” have {name}: look at Parameters.", **parts)
    if call.lost_by:
        words = say(
            "“{state}” calls {function}, which misses {name}: “{lost}” did not pass it on.",
            lost=call.lost_by,
            **parts,
        )
        cure = kept(call.lost_by)
    facts = {"call": call.function}
    return Miss("states.call-input", words, cure, path_of(run, call), facts, call.lost_by)


def path_of(run: Run, call: Called) -> tuple[str | int, ...]:
    return next((one.path for one in run.visits if one.state == call.state), ())


def task_failed(run: Run, call: Called, scenario: Scenario, failure: Failure) -> Miss:
    early = given_up(run, scenario)
    if early is not None:
        return early
    parts = {"function": call.function, "error": failure.error[:60], "state": failure.state}
    facts = {"call": call.function, "error": failure.error[:40]}
    words = say(
        "{function} throws {error}, no Catch of “{state}” names it, and the execution fails.",
        **parts,
    )
    cure = say("Catch {error} in “{state}”, and say where it goes on.", **parts)
    return Miss("states.not-caught", words, cure, failure.at, facts)


def given_up(run: Run, scenario: Scenario) -> Miss | None:
    """The first function that was called too seldom, and threw when it was called last."""
    for wanted in scenario.calls:
        made = run.calls_of(wanted.function)
        if not 0 < len(made) < wanted.least or not made[-1].error:
            continue
        last = made[-1]
        parts = {"function": last.function, "error": last.error[:60], "state": last.state}
        words = say(
            "{function} throws {error}, and is given up after {made} of {wanted} calls.",
            made=len(made),
            wanted=wanted.least,
            **parts,
        )
        cure = say("Let “{state}” retry {error}; MaxAttempts counts without the first.", **parts)
        facts = {"call": last.function, "error": last.error[:40]}
        return Miss("states.not-retried", words, cure, path_of(run, last), facts)
    return None


def timed_out(failure: Failure) -> Miss:
    words = say(
        "The time of “{state}” ran out: States.Timeout, and nobody catches it.",
        state=failure.state,
    )
    cure = say("Catch States.Timeout, or give it more time.")
    return Miss("states.not-caught", words, cure, failure.at, {"error": TIMEOUT})
