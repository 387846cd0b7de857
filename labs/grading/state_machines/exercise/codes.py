"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

STATES = "states-and-where-they-lead"
DATA = "what-a-state-passes-on"
ERRORS = "when-a-task-fails"
INSIDE = "several-at-once"

REFUSED_CODES = {
    "states.no-start": Code(
        say("Nowhere to begin"),
        say("StartAt names the state that an execution begins with. It has to be there."),
        STATES,
    ),
    "states.unknown-target": Code(
        say("A state that there is not"),
        say(
            "Next, Default and StartAt name states of the same machine, letter by letter. From "
            "inside a branch no way leads out."
        ),
        STATES,
    ),
    "states.unreachable": Code(
        say("A state that nothing leads to"),
        say("Each state is reached from StartAt, by Next, Choices, Default or Catch."),
        STATES,
    ),
    "states.two-ways-on": Code(
        say("Both Next and End"),
        say("A state goes on to the next one, or ends the machine: one of the two."),
        STATES,
    ),
    "states.no-way-on": Code(
        say("Neither Next nor End"),
        say('A state goes on with "Next": "…", or ends the machine with "End": true.'),
        STATES,
    ),
    "states.misplaced": Code(
        say("A field of another type"),
        say(
            "Retry and Catch belong to Task, Parallel and Map. Choice has no Next of its own, and "
            "Fail takes and gives nothing."
        ),
        ERRORS,
    ),
    "states.all-not-last": Code(
        say("States.ALL is not alone, or not last"),
        say("It fits every error: it stands alone in its ErrorEquals, in the last entry."),
        ERRORS,
    ),
    "states.unknown-function": Code(
        say("A function that there is not"),
        say("A Task calls one of the functions that the task names."),
        STATES,
    ),
    "states.not-run": Code(
        say("Nothing was run"),
        say("AWS would not create this state machine; mend that first."),
        STATES,
    ),
}
ADVICE_CODES = {
    "states.no-end": Code(
        say("No state ends the machine"),
        say('An execution ends in Succeed, in Fail, or in a state with "End": true.'),
        STATES,
    ),
    "states.overwrites": Code(
        say("A result replaces what is needed later"),
        say(
            "Without ResultPath the result of a state is its whole output. With "
            '"ResultPath": "$.name" it is added to the input.'
        ),
        DATA,
    ),
}
RUN_CODES = {
    "states.status": Code(
        say("Another end than expected"),
        say("SUCCEEDED, FAILED or TIMED_OUT: an execution has one of these in the end."),
        STATES,
    ),
    "states.error-name": Code(
        say("Fails with another error"),
        say("The Error of a Fail state is the name by which others know what happened."),
        ERRORS,
    ),
    "states.swallowed": Code(
        say("Ends well though it went wrong"),
        say("Whoever catches an error decides how it ends: with Fail, or as if all was well."),
        ERRORS,
    ),
    "states.endless": Code(
        say("An endless loop"),
        say("A way back needs a condition that ends it one day: count, or look at the state."),
        STATES,
    ),
    "states.no-choice": Code(
        say("No rule of a Choice holds"),
        say(
            "Without Default an input that fits no rule ends the execution with "
            "States.NoChoiceMatched."
        ),
        STATES,
    ),
    "states.path-missing": Code(
        say("A path that names nothing"),
        say("A path must find something, or the execution fails. IsPresent may ask before."),
        DATA,
    ),
    "states.lost-input": Code(
        say("What came in is gone"),
        say(
            "Without ResultPath the result of a state is its whole output. With "
            '"ResultPath": "$.name" it is added to the input.'
        ),
        DATA,
    ),
    "states.call-input": Code(
        say("A function gets another input"),
        say("A task hands on its input, after InputPath and Parameters."),
        DATA,
    ),
    "states.output": Code(
        say("Another output than expected"),
        say("The output of the last state is that of the execution."),
        DATA,
    ),
    "states.not-retried": Code(
        say("Given up too early"),
        say(
            "Retry says for which errors a state is tried again, how often (MaxAttempts counts "
            "retries, without the first try) and after how long."
        ),
        ERRORS,
    ),
    "states.not-caught": Code(
        say("An error that nobody catches"),
        say("An error that no Catch names ends the whole execution."),
        ERRORS,
    ),
    "states.called-too-often": Code(
        say("Called too often"),
        say("Retry only what may be over soon: the same question gets the same refusal."),
        ERRORS,
    ),
    "states.called-too-seldom": Code(
        say("Not called as often as it should be"),
        say("A state must lead there, also on the way of an error."),
        STATES,
    ),
    "states.too-early": Code(
        say("Over too early"),
        say("IntervalSeconds is the first wait, BackoffRate multiplies each further one."),
        ERRORS,
    ),
    "states.too-late": Code(
        say("Over too late"),
        say(
            "Waits grow by BackoffRate. TimeoutSeconds ends a task that hangs, and what is done in "
            "a Parallel or a Map takes no longer than the slowest."
        ),
        ERRORS,
    ),
    "states.compared": Code(
        say("Answers failures in another way"),
        say("Every way in which calls can fail was tried, the fewest failures first."),
        ERRORS,
    ),
}
CODES: dict[str, Code] = {**REFUSED_CODES, **ADVICE_CODES, **RUN_CODES}
