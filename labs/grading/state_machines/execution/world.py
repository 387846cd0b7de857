"""What stands in the place of the functions that tasks call: a call gets what a scenario says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.state_machines.language.functions import IntrinsicError
from labs.grading.state_machines.language.paths import NotThereError
from labs.grading.state_machines.language.templates import Literal, Template, filled_in
from labs.grading.state_machines.language.values import Json, within

NOTHING = Literal(None)
INVALID = "InvalidInput"  # what a function throws that misses something in its input


@dataclass(frozen=True, slots=True)
class Function:
    """`needs`: members that its input must have. `returns` may use the input. `errors`: what it
    may throw beside InvalidInput. Seconds are those of a call."""

    name: str
    needs: tuple[str, ...] = ()
    returns: Template = NOTHING
    seconds: float = 1
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """To one call. What is None is as the function has it."""

    throws: str = ""
    returns: Template | None = None
    seconds: float | None = None


FINE = Answer()


@dataclass(frozen=True, slots=True)
class Script:
    """The answers of one function in a row, and what comes after the last of them. `when`: only
    calls whose input has at least this."""

    function: str
    answers: tuple[Answer, ...] = ()
    then: Answer = FINE
    when: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """`missing`: what the function did not find in its input."""

    value: Json = None
    error: str = ""
    cause: str = ""
    seconds: float = 0
    missing: tuple[str, ...] = ()


class World:
    """The functions of a lab during one run, by a scenario's scripts. The first script that fits
    a call answers it."""

    def __init__(self, functions: Mapping[str, Function], scripts: tuple[Script, ...] = ()) -> None:
        self.functions, self.scripts = functions, scripts
        self.counts: Counter[int] = Counter()

    def call(self, name: str, payload: Json) -> Reply:
        function = self.functions[name]
        missing = tuple(key for key in function.needs if not has(payload, key))
        if missing:
            cause = ", ".join(f"{key} is missing" for key in missing)
            return Reply(error=INVALID, cause=cause, seconds=function.seconds, missing=missing)
        return reply(function, self.answer(name, payload), payload)

    def answer(self, name: str, payload: Json) -> Answer:
        for number, script in enumerate(self.scripts):
            if script.function == name and within(script.when, payload):
                turn = self.counts[number]
                self.counts[number] += 1
                return script.answers[turn] if turn < len(script.answers) else script.then
        return FINE


def has(payload: Json, key: str) -> bool:
    return isinstance(payload, dict) and key in payload


def reply(function: Function, answer: Answer, payload: Json) -> Reply:
    seconds = function.seconds if answer.seconds is None else answer.seconds
    if answer.throws:
        return Reply(error=answer.throws, cause=f"from {function.name}", seconds=seconds)
    template = function.returns if answer.returns is None else answer.returns
    try:
        return Reply(filled_in(template, payload, {}), seconds=seconds)
    except (NotThereError, IntrinsicError):
        return Reply(error=INVALID, cause=f"from {function.name}", seconds=seconds)
