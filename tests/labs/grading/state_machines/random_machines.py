"""Machines of a small part of the language, from a seed."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.labs.grading.state_machines.machines import LAMBDA

FUNCTIONS, ERRORS, MEMBERS = ("f", "g"), ("E1", "E2"), ("a", "b", "n")
VALUES: tuple[Any, ...] = (0, 1, 2, 3, "x", None, True, {"n": 2}, [1])


def random_machine(dice: Random) -> dict[str, Any]:
    names = [f"S{number}" for number in range(dice.randint(2, 5))]
    states = {name: random_state(dice, names) for name in names}
    return {"StartAt": names[0], "States": states}


def random_state(dice: Random, names: list[str]) -> dict[str, Any]:
    kind = dice.choice(
        ("Task", "Task", "Task", "Pass", "Choice", "Choice", "Wait", "Succeed", "Fail")
    )
    if kind == "Succeed":
        return {"Type": kind}
    if kind == "Fail":
        return {"Type": kind, "Error": dice.choice(("E1", "Mine"))}
    if kind == "Choice":
        state: dict[str, Any] = {
            "Type": kind,
            "Choices": [random_rule(dice, names) for _ in range(dice.randint(1, 2))],
        }
        return state | ({"Default": dice.choice(names)} if dice.random() < 0.8 else {})
    way: dict[str, Any] = {"End": True} if dice.random() < 0.3 else {"Next": dice.choice(names)}
    if kind == "Wait":
        return {"Type": kind, "Seconds": dice.randint(0, 9), **way}
    place = random_place(dice)
    if kind == "Pass":
        result = {"Result": dice.choice(VALUES)} if dice.random() < 0.7 else {}
        return {"Type": kind, **result, **place, **way}
    return {
        "Type": kind,
        "Resource": LAMBDA + dice.choice(FUNCTIONS),
        **place,
        **handlers(dice, names),
        **way,
    }


def random_place(dice: Random) -> dict[str, Any]:
    paths = (None, "$", *(f"$.{name}" for name in MEMBERS))
    return {"ResultPath": dice.choice(paths)} if dice.random() < 0.7 else {}


def random_rule(dice: Random, names: list[str]) -> dict[str, Any]:
    test: dict[str, Any] = {"NumericGreaterThan": dice.randint(0, 2)}
    if dice.random() < 0.4:
        test = {"IsPresent": dice.random() < 0.5}
    return {"Variable": f"$.{dice.choice(MEMBERS)}", **test, "Next": dice.choice(names)}


def handlers(dice: Random, names: list[str]) -> dict[str, Any]:
    """States.ALL alone and last."""
    found: dict[str, Any] = {}
    lists = (["E1"], ["E2"], ["E1", "E2"], ["States.ALL"])
    for key in ("Retry", "Catch"):
        chosen = sorted(
            dice.sample(lists, dice.randint(0, 2)), key=lambda one: one == ["States.ALL"]
        )
        if chosen:
            found[key] = [handler(dice, key, errors, names) for errors in chosen]
    return found


def handler(dice: Random, key: str, errors: list[str], names: list[str]) -> dict[str, Any]:
    if key == "Catch":
        return {"ErrorEquals": errors, "Next": dice.choice(names), **random_place(dice)}
    return {
        "ErrorEquals": errors,
        "IntervalSeconds": dice.randint(1, 4),
        "MaxAttempts": dice.randint(0, 3),
        "BackoffRate": dice.choice((1, 2, 3)),
    }


def random_answers(dice: Random) -> dict[str, list[str]]:
    return {
        name: [dice.choice(("", *ERRORS)) for _ in range(dice.randint(0, 5))] for name in FUNCTIONS
    }


def random_input(dice: Random) -> Any:
    if dice.random() < 0.1:
        return dice.choice(VALUES)
    return {name: dice.choice(VALUES) for name in MEMBERS if dice.random() < 0.6}
