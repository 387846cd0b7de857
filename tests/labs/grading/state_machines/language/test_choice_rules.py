"""Amazon States Language, “Choice State” and “Data-test Expressions”."""

from __future__ import annotations

import json
from typing import Any

import pytest

from labs.grading.errors import AnswerError
from labs.grading.state_machines.execution.run import Status
from labs.grading.state_machines.language.choice_rules import OPERATORS
from labs.grading.state_machines.language.reader import read_machine
from tests.labs.grading.state_machines.machines import machine, rows, run

ROWS = rows("choices.jsonl")
ENDS = {
    "Yes": {"Type": "Pass", "Result": True, "End": True},
    "No": {"Type": "Pass", "Result": False, "End": True},
}


def choice(rule: dict[str, Any]) -> dict[str, Any]:
    return {"Type": "Choice", "Choices": [{**rule, "Next": "Yes"}], "Default": "No"}


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}: {row['section']}" for n, row in enumerate(ROWS)])
def test_a_rule_holds_as_the_specification_says(row: dict[str, Any]) -> None:
    found = run(machine("A", A=choice(row["rule"]), **ENDS), row["input"])
    if row["holds"] == "error":
        assert (found.status, found.error) == (Status.FAILED, "States.Runtime")
    else:
        assert (found.status, found.output) == (Status.SUCCEEDED, row["holds"])


def test_every_operator_is_among_the_examples_or_the_mirror_of_one() -> None:
    named = json.dumps(ROWS)
    missing = [name for name in OPERATORS if f'"{name}"' not in named]
    assert all(
        name.endswith("Path") or name.startswith(("Timestamp", "String")) for name in missing
    )
    assert len(OPERATORS) == 39


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"Variable": "$.a", "NumericEquals": "7"}, "NumericEquals compares with a number"),
        ({"Variable": "$.a", "StringEquals": 7}, "StringEquals compares with text"),
        ({"Variable": "$.a", "BooleanEquals": "true"}, "compares with true or false"),
        ({"Variable": "$.a", "TimestampEquals": "today"}, "compares with a time stamp"),
        ({"Variable": "$.a", "IsNull": "true"}, "IsNull is true or false"),
        ({"Variable": "$.a"}, "A rule has one comparison"),
        ({"Variable": "$.a", "IsNull": True, "IsString": True}, "A rule has one comparison"),
        ({"Variable": "a", "IsNull": True}, "“a” is no path"),
        ({"NumericEquals": 7}, "A rule of Choices needs Variable"),
        ({"Variable": "$.a", "NumericEqual": 7}, "Did you mean NumericEquals?"),
        ({"And": []}, "And is a list of rules"),
        ({"Variable": "$.a", "Not": {"Variable": "$.a", "IsNull": True}}, "stands inside of Not"),
        ({"And": [{"Variable": "$.a", "IsNull": True, "Next": "B"}]}, "Next belongs to the whole"),
        ({"Condition": "{% $a = 1 %}"}, "belongs to JSONata"),
        ({"Variable": "$.a", "StringMatches": "*" * 501}, "at most 500 characters"),
    ],
)
def test_what_is_no_rule_is_told(rule: dict[str, Any], words: str) -> None:
    text = json.dumps({"StartAt": "A", "States": {"A": choice(rule), **ENDS}})
    with pytest.raises(AnswerError) as caught:
        read_machine(text)
    assert words in caught.value.message
