"""Amazon States Language, “Errors”, “Retrying after error”, “Fallback states”; Step Functions
Developer Guide, “Handling errors in Step Functions workflows”."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.state_machines.execution.run import Run
from labs.grading.state_machines.execution.world import Answer, Script
from tests.labs.grading.state_machines.machines import (
    function,
    run,
    script,
    seconds_of_starts,
    single,
    task,
)

FINE = {"Type": "Succeed"}
CHOICE = {
    "Type": "Choice",
    "Choices": [{"Variable": "$.x", "IsPresent": True, "Next": "D"}],
    "Default": "B",
}


def retrier(*errors: str, **numbers: Any) -> dict[str, Any]:
    return {"ErrorEquals": list(errors), **numbers}


def catcher(*errors: str, to: str = "B", **more: Any) -> dict[str, Any]:
    return {"ErrorEquals": list(errors), "Next": to, **more}


def tried(
    *retriers: dict[str, Any], answers: tuple[str, ...], then: str = "", **fields: Any
) -> Run:
    """A task that answers at once."""
    what = single(
        task(Retry=list(retriers), **fields), **({"B": FINE} if "Catch" in fields else {})
    )
    return run(what, None, function(seconds=0), scripts=(script(*answers, then=then),))


@pytest.mark.parametrize(
    ("numbers", "starts"),
    [
        # The specification: the interval 3, the rate 1.5: after 3, and after 4.5 seconds
        ({"IntervalSeconds": 3, "MaxAttempts": 2, "BackoffRate": 1.5}, [0, 3, 7.5]),
        ({}, [0, 1, 3, 7]),  # the defaults: 1 second, 3 attempts, a rate of 2
        ({"IntervalSeconds": 3, "MaxAttempts": 3, "BackoffRate": 2}, [0, 3, 9, 21]),
        ({"IntervalSeconds": 3, "BackoffRate": 2, "MaxDelaySeconds": 5}, [0, 3, 8, 13]),
        ({"MaxAttempts": 0}, [0]),
        ({"BackoffRate": 1}, [0, 1, 2, 3]),
    ],
)
def test_waits_grow_by_the_rate(numbers: dict[str, Any], starts: list[float]) -> None:
    found = tried(retrier("Busy", **numbers), answers=(), then="Busy")
    assert seconds_of_starts(found, "A") == starts
    assert found.error == "Busy"


def test_each_retrier_counts_for_itself_as_the_specification_tells() -> None:
    found = tried(
        retrier("ErrorA", "ErrorB", IntervalSeconds=1, BackoffRate=2, MaxAttempts=2),
        retrier("ErrorC", IntervalSeconds=5),
        answers=("ErrorA", "ErrorB", "ErrorC", "ErrorB"),
        Catch=[catcher("States.ALL")],
    )
    assert seconds_of_starts(found, "A") == [0, 1, 3, 8]
    assert seconds_of_starts(found, "B") == [8]


def test_the_first_retrier_that_fits_counts_even_when_it_is_used_up() -> None:
    found = tried(retrier("Busy", MaxAttempts=1), retrier("States.ALL"), answers=(), then="Busy")
    assert len(found.calls) == 2


def test_counts_begin_anew_when_a_state_is_entered_again() -> None:
    again = single(
        task(Retry=[retrier("Busy", MaxAttempts=1)], ResultPath=None, Next="B"),
        B=task(function="other", Catch=[catcher("Again", to="A")]),
    )
    found = run(
        again, None, function(), function("other"),
        scripts=(script("Busy", "", "Busy", ""), script("Again", name="other")),
    )  # fmt: skip
    assert found.status == "SUCCEEDED"
    assert [visit.attempt for visit in found.visits if visit.state == "A"] == [1, 2, 1, 2]


def test_a_catcher_replaces_the_input_unless_it_is_told_where_to_go() -> None:
    def caught(**more: Any) -> Any:
        what = single(task(Catch=[catcher("Gone", **more)]), B=FINE)
        return run(what, {"id": 1}, scripts=(script("Gone"),)).output

    assert caught() == {"Error": "Gone", "Cause": "from work"}
    assert caught(ResultPath="$.error") == {
        "id": 1,
        "error": {"Error": "Gone", "Cause": "from work"},
    }
    assert caught(ResultPath=None) == {"id": 1}


def test_the_first_catcher_that_fits_counts() -> None:
    what = single(
        task(Catch=[catcher("Gone", to="B"), catcher("States.ALL", to="C")]),
        B={"Type": "Pass", "Result": "B", "End": True},
        C={"Type": "Pass", "Result": "C", "End": True},
    )
    assert run(what, scripts=(script("Gone"),)).output == "B"
    assert run(what, scripts=(script("Other"),)).output == "C"


@pytest.mark.parametrize(
    ("named", "thrown", "caught"),
    [
        ("States.ALL", "Anything", True),
        ("States.TaskFailed", "Anything", True),
        ("Anything", "Anything", True),
        ("anything", "Anything", False),
        ("Other", "Anything", False),
        ("States.Timeout", "Anything", False),
    ],
)
def test_what_a_name_stands_for(named: str, thrown: str, caught: bool) -> None:
    found = run(single(task(Catch=[catcher(named)]), B=FINE), scripts=(script(thrown),))
    assert (found.status == "SUCCEEDED") is caught


@pytest.mark.parametrize(
    ("named", "caught"),
    [("States.Timeout", True), ("States.ALL", True), ("States.TaskFailed", False)],
)
def test_a_time_out_is_no_failed_task(named: str, caught: bool) -> None:
    hangs = Script("work", then=Answer(seconds=400))
    what = single(task(TimeoutSeconds=30, Catch=[catcher(named)]), B=FINE)
    found = run(what, scripts=(hangs,))
    assert (found.status == "SUCCEEDED") is caught
    assert found.seconds == 30
    assert caught or found.error == "States.Timeout"


def test_a_time_out_may_come_from_the_input() -> None:
    hangs = (Script("work", then=Answer(seconds=400)),)
    assert run(single(task(TimeoutSecondsPath="$.s")), {"s": 7}, scripts=hangs).seconds == 7


@pytest.mark.parametrize("named", ["States.ALL", "States.Runtime"])
def test_a_runtime_error_is_never_caught(named: str) -> None:
    found = run(
        single(task(InputPath="$.none", Catch=[catcher(named)], Retry=[retrier(named)]), B=FINE)
    )
    assert (found.status, found.error, len(found.visits)) == ("FAILED", "States.Runtime", 1)


def test_a_path_in_parameters_is_caught() -> None:
    found = run(single(task(Parameters={"x.$": "$.none"}, Catch=[catcher("States.ALL")]), B=FINE))
    assert found.status == "SUCCEEDED"


def test_a_machine_has_a_time_out_of_its_own() -> None:
    slow = {"Type": "Wait", "Seconds": 100, "End": True}
    what = single(slow)
    limited = type(what)(what.path, what.start, what.states, timeout=60)
    found = run(limited)
    assert (found.status, found.seconds, found.error) == ("TIMED_OUT", 60, "States.Timeout")
    assert run(what).seconds == 100


def test_fail_says_error_and_cause_from_the_text_or_the_input() -> None:
    plain = run(single({"Type": "Fail", "Error": "Sold", "Cause": "out"}))
    assert plain.failure is not None
    assert (plain.status, plain.failure.error, plain.failure.cause) == ("FAILED", "Sold", "out")
    by_path = run(single({"Type": "Fail", "ErrorPath": "$.why.Error"}), {"why": {"Error": "Gone"}})
    assert by_path.error == "Gone"


def test_an_endless_loop_names_the_states_in_it() -> None:
    what = single(
        {"Type": "Pass", "Next": "B"},
        B={"Type": "Wait", "Seconds": 5, "Next": "C"},
        C=CHOICE,
        D=FINE,
    )  # fmt: skip
    found = run(what)
    assert found.status == "ENDLESS"
    assert set(found.loop) == {"B", "C"}


def test_who_lost_what_a_path_misses_is_known() -> None:
    what = single(task(Next="B"), B=task(Parameters={"id.$": "$.id"}))
    found = run(what, {"id": 1}, function(returns={"left": 3}))
    assert found.failure is not None
    assert (found.failure.state, found.failure.lost_by) == ("B", "A")
