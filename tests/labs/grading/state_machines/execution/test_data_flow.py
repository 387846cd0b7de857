"""Amazon States Language, “Input and Output Processing”, “Payload Template”: their examples."""

from __future__ import annotations

from typing import Any

import pytest

from tests.labs.grading.state_machines.machines import LAMBDA, function, run, single, task

NUMBERS = {"title": "Numbers to add", "numbers": {"val1": 3, "val2": 4}}


def test_input_path_chooses_and_result_path_adds() -> None:
    found = run(
        single(task(InputPath="$.numbers", ResultPath="$.sum")), NUMBERS, function(returns=7)
    )
    assert found.calls[0].payload == {"val1": 3, "val2": 4}
    assert found.output == NUMBERS | {"sum": 7}


@pytest.mark.parametrize(
    ("fields", "output"),
    [
        ({}, {"left": 3}),
        ({"ResultPath": "$"}, {"left": 3}),
        ({"ResultPath": "$.stock"}, {"orderId": "A", "stock": {"left": 3}}),
        ({"ResultPath": None}, {"orderId": "A"}),
        ({"ResultPath": "$.a.b"}, {"orderId": "A", "a": {"b": {"left": 3}}}),
        ({"OutputPath": "$.left"}, 3),
        ({"OutputPath": None}, {}),
        ({"ResultSelector": {"n.$": "$.left"}}, {"n": 3}),
        ({"ResultSelector": {"n.$": "$.left"}, "ResultPath": "$.r", "OutputPath": "$.r.n"}, 3),
    ],
)
def test_what_is_passed_on(fields: dict[str, Any], output: Any) -> None:
    found = run(single(task(**fields)), {"orderId": "A"}, function(returns={"left": 3}))
    assert found.output == output


@pytest.mark.parametrize(
    ("fields", "payload"),
    [
        ({}, {"a": 1, "b": {"c": 2}}),
        ({"InputPath": "$.b"}, {"c": 2}),
        ({"InputPath": None}, {}),
        (
            {"Parameters": {"x.$": "$.b.c", "y": [{"z.$": "$.a"}, "$.a"]}},
            {"x": 2, "y": [{"z": 1}, "$.a"]},
        ),
        ({"InputPath": "$.b", "Parameters": {"x.$": "$.c"}}, {"x": 2}),
        (
            {"Parameters": {"x.$": "$$.Execution.Input.a", "n.$": "$$.State.Name"}},
            {"x": 1, "n": "A"},
        ),
    ],
)
def test_what_is_handed_over(fields: dict[str, Any], payload: Any) -> None:
    found = run(single(task(**fields)), {"a": 1, "b": {"c": 2}})
    assert found.calls[0].payload == payload


def test_the_payload_template_of_the_specification() -> None:
    parameters = {
        "flagged": True,
        "parts": {"first.$": "$.vals[0]", "last3.$": "$.vals[-3:]"},
        "weekday": "Tuesday",
        "formattedOutput.$": "States.Format('Today is {}', $$.State.Name)",
    }
    found = run(
        single({"Type": "Pass", "Parameters": parameters, "End": True}),
        {"flagged": 7, "vals": [0, 10, 20, 30, 40, 50]},
    )
    assert found.output == {
        "flagged": True,
        "parts": {"first": 0, "last3": [30, 40, 50]},
        "weekday": "Tuesday",
        "formattedOutput": "Today is A",
    }


def test_lambda_invoke_takes_a_payload_and_gives_one_back() -> None:
    state = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": f"{LAMBDA}work:$LATEST", "Payload": {"x.$": "$.a"}},
        "End": True,
    }
    found = run(single(state), {"a": 1}, function(returns={"left": 3}))
    assert found.calls[0].payload == {"x": 1}
    assert found.output["Payload"] == {"left": 3}
    assert found.output["StatusCode"] == 200


@pytest.mark.parametrize(
    ("state", "error"),
    [
        (task(InputPath="$.none"), "States.Runtime"),
        (task(OutputPath="$.none"), "States.Runtime"),
        (task(Parameters={"x.$": "$.none"}), "States.ParameterPathFailure"),
        (task(ResultPath="$.a.b"), "States.ResultPathMatchFailure"),
        ({"Type": "Wait", "SecondsPath": "$.none", "End": True}, "States.Runtime"),
        ({"Type": "Wait", "SecondsPath": "$.text", "End": True}, "States.Runtime"),
        (
            {"Type": "Pass", "Parameters": {"x.$": "States.ArrayLength($.a)"}, "End": True},
            "States.IntrinsicFailure",
        ),
    ],
)
def test_a_path_that_names_nothing_fails_the_execution(state: dict[str, Any], error: str) -> None:
    found = run(single(state), {"a": 1, "text": "soon"})
    assert (found.status, found.error) == ("FAILED", error)
    assert found.failure is not None
    assert found.failure.state == "A"


def test_a_pass_gives_its_result_or_what_came_in() -> None:
    result = {"Type": "Pass", "Result": {"x": 0.381}, "ResultPath": "$.coords", "End": True}
    assert run(single(result), {"a": 1}).output == {"a": 1, "coords": {"x": 0.381}}
    assert run(single({"Type": "Pass", "End": True}), {"a": 1}).output == {"a": 1}


def test_too_much_data_is_an_error_that_all_does_not_catch() -> None:
    state = {
        "Type": "Map",
        "ItemsPath": "$.items",
        "ItemProcessor": {
            "StartAt": "B",
            "States": {"B": {"Type": "Pass", "Result": "x" * 9_000, "End": True}},
        },
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}],
        "End": True,
    }
    found = run(single(state, C={"Type": "Succeed"}), {"items": list(range(20))})
    assert found.error == "States.DataLimitExceeded"
