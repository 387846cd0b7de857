"""Step Functions Developer Guide, “Intrinsic functions for JSONPath”: its examples."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.errors import AnswerError
from labs.grading.state_machines.language.functions import FUNCTIONS
from tests.labs.grading.state_machines.machines import rows, run, single

ROWS = rows("functions.jsonl")


def made(expression: str) -> dict[str, Any]:
    return {"Type": "Pass", "Parameters": {"made.$": expression}, "End": True}


@pytest.mark.parametrize("row", ROWS, ids=[row["call"] for row in ROWS])
def test_a_function_gives_what_the_guide_says(row: dict[str, Any]) -> None:
    found = run(single(made(row["call"])), row["input"])
    if row["gives"] == "error":
        assert found.error == "States.IntrinsicFailure"
    else:
        assert found.output == {"made": row["gives"]}


def test_every_function_has_an_example() -> None:
    called = " ".join(row["call"] for row in ROWS)
    assert [name for name in FUNCTIONS if f"{name}(" not in called] == []


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("States.Fromat('{}', 1)", "Did you mean States.Format?"),
        ("States.UUID()", "These labs have no States.UUID."),
        ("States.MathAdd(1)", "States.MathAdd takes 2 arguments."),
        ("States.MathAdd(1, 2", "A comma or ) was expected"),
        ("States.MathAdd(1, two)", "is no argument"),
        ("States.MathAdd(1, 2) + 3", "“+ 3” stands behind the function."),
        ("States.Format", "is no call of a function"),
        ("States.Array(" * 11 + "1" + ")" * 11, "is no call of a function"),
    ],
)
def test_what_is_no_call_is_told(expression: str, words: str) -> None:
    with pytest.raises(AnswerError) as caught:
        single(made(expression))
    assert words in caught.value.message
