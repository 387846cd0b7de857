"""A small part of the language once more, on its JSON as it stands, without a line of the engine:
flat machines, one-name paths, whole seconds. Slow, and short enough to be believed."""

from __future__ import annotations

from typing import Any

MOST = 60
Answers = dict[str, list[str]]
Definition = dict[str, Any]


def evaluate(definition: Definition, value: Any, answers: Answers) -> tuple[Any, ...]:
    """(status, error or output, seconds, calls). A function answers an error, or "" for
    {"from": its name}, after two seconds. Status "ENDLESS" after so many tries."""
    plain = Plain(answers)
    name = definition["StartAt"]
    while True:
        state = definition["States"][name]
        try:
            value, name = plain.state(state, value)
        except Over as over:
            seconds = None if over.status == "ENDLESS" else plain.clock
            return over.status, over.what, seconds, plain.calls


class Over(Exception):
    def __init__(self, status: str, what: Any = None) -> None:
        super().__init__(status)
        self.status, self.what = status, what


class Plain:
    def __init__(self, answers: Answers) -> None:
        self.waiting = {function: list(row) for function, row in answers.items()}
        self.clock, self.tries, self.calls = 0, 0, list[str]()

    def state(self, state: Definition, value: Any) -> tuple[Any, str]:
        """What comes out, and which state is next; Over where there is none."""
        used = [0 for _retrier in state.get("Retry", [])]
        while True:
            self.tries += 1
            if self.tries > MOST:
                raise Over("ENDLESS")
            error, output, following = self.once(state, value)
            if error is None:
                if following is None:
                    raise Over("SUCCEEDED", output)
                return output, following
            again = pause(state.get("Retry", []), used, error)
            if again is None:
                return caught(state, value, error)
            self.clock += again

    def once(self, state: Definition, value: Any) -> tuple[str | None, Any, str | None]:
        kind, following = state["Type"], state.get("Next")
        if kind == "Fail":
            return state["Error"], None, None
        if kind == "Choice":
            error, following = decide(state, value)
            return error, value, following
        if kind == "Wait":
            self.clock += state["Seconds"]
        if kind == "Pass":
            output, error = combine(state, value, state.get("Result", value))
            return error, output, following
        if kind == "Task":
            function = function_of(state)
            self.calls.append(function)
            self.clock += 2
            row = self.waiting[function]
            if row and (thrown := row.pop(0)):
                return thrown, None, None
            output, error = combine(state, value, {"from": function})
            return error, output, following
        return None, value, following


def function_of(state: Definition) -> str:
    return str(state["Resource"].split(":")[-1])


def decide(state: Definition, value: Any) -> tuple[str | None, str | None]:
    for rule in state["Choices"]:
        member = rule["Variable"][2:]
        there = isinstance(value, dict) and member in value
        if "IsPresent" in rule:
            if there == rule["IsPresent"]:
                return None, rule["Next"]
        elif not there:
            return "States.Runtime", None
        elif type(value[member]) is int and value[member] > rule["NumericGreaterThan"]:
            return None, rule["Next"]
    return (None, state["Default"]) if "Default" in state else ("States.NoChoiceMatched", None)


def combine(place: Definition, value: Any, result: Any) -> tuple[Any, str | None]:
    path = place.get("ResultPath", "$")
    if path is None or path == "$":
        return (value if path is None else result), None
    if not isinstance(value, dict):
        return None, "States.ResultPathMatchFailure"
    return {**value, path[2:]: result}, None


def pause(retriers: list[Definition], used: list[int], error: str) -> int | None:
    for number, one in enumerate(retriers):
        if error != "States.Runtime" and fits(one, error):
            if used[number] >= one["MaxAttempts"]:
                return None
            used[number] += 1
            seconds: int = one["IntervalSeconds"] * one["BackoffRate"] ** (used[number] - 1)
            return seconds
    return None


def fits(handler: Definition, error: str) -> bool:
    return error in handler["ErrorEquals"] or handler["ErrorEquals"] == ["States.ALL"]


def caught(state: Definition, value: Any, error: str) -> tuple[Any, str]:
    for one in state.get("Catch", []):
        if error == "States.Runtime" or not fits(one, error):
            continue
        cause = f"from {function_of(state)}"
        if error == "States.ResultPathMatchFailure":
            cause = f"The result cannot be put at '{state['ResultPath']}'"
        output, failed = combine(one, value, {"Error": error, "Cause": cause})
        if failed:
            raise Over("FAILED", failed)
        return output, one["Next"]
    raise Over("FAILED", error)
