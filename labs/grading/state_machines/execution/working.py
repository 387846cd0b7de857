"""The work of a state of each type.

Source: Amazon States Language, "State Types"; for Task Step Functions Developer Guide, "Invoke an
AWS Lambda function with Step Functions": lambda:invoke gives the answer as a Payload.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import Protocol

from labs.grading.state_machines.execution.data_flow import filled, found, not_there
from labs.grading.state_machines.execution.failures import (
    NO_CHOICE,
    RUNTIME,
    TIMEOUT,
    StateError,
)
from labs.grading.state_machines.execution.run import Place
from labs.grading.state_machines.execution.world import Reply
from labs.grading.state_machines.language.choice_rules import holds
from labs.grading.state_machines.language.model import (
    Choice,
    Fail,
    Machine,
    Map,
    Pass,
    State,
    Task,
    Wait,
)
from labs.grading.state_machines.language.paths import JsonPath, NotThereError
from labs.grading.state_machines.language.timestamps import read_timestamp, seconds_between
from labs.grading.state_machines.language.values import Json, is_number

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
LONGEST_WAIT = 99_999_999  # seconds, as AWS takes them
RULES_OF_A_STEP = 20
Worked = Generator[float, None, tuple[Json, str | None]]


class Host(Protocol):
    """The execution that the state belongs to."""

    now: float

    def spend(self, steps: int) -> None: ...
    def call(self, function: str, payload: Json, state: State, place: Place) -> Reply: ...


class Working:
    """One try. `work` yields when it wants to go on, and returns the result and, of a Choice, what
    is next."""

    def __init__(self, host: Host, state: State, place: Place) -> None:
        self.host, self.state, self.place = host, state, place

    def work(self, taken: Json, context: Json) -> Worked:
        work = self.state.work
        if isinstance(work, Task):
            return (yield from self.task(work, taken, context)), None
        if isinstance(work, Wait):
            yield self.until(work, taken, context)
        if isinstance(work, Choice):
            return taken, self.choice(work, taken, context)
        if isinstance(work, Fail):
            raise StateError(text(work.error, taken, context), text(work.cause, taken, context))
        return (work.result if isinstance(work, Pass) and work.has_result else taken), None

    def task(self, work: Task, taken: Json, context: Json) -> Generator[float, None, Json]:
        payload = taken
        if work.wrapped:
            payload = taken.get("Payload", {}) if isinstance(taken, dict) else {}
        limit = self.limit(work, taken, context)
        reply = self.host.call(work.function, payload, self.state, self.place)
        if limit is not None and reply.seconds > limit:
            yield self.host.now + limit
            raise StateError(TIMEOUT, "The task took longer than TimeoutSeconds", task=True)
        yield self.host.now + reply.seconds
        if reply.error:
            raise StateError(reply.error, reply.cause, task=True)
        if work.wrapped:
            return {"ExecutedVersion": "$LATEST", "Payload": reply.value, "StatusCode": 200}
        return reply.value

    def limit(self, work: Task, taken: Json, context: Json) -> float | None:
        if not isinstance(work.timeout, JsonPath):
            return work.timeout
        return seconds_in(found(work.timeout, taken, context))

    def choice(self, work: Choice, taken: Json, context: Json) -> str:
        for number, branch in enumerate(work.branches):
            self.host.spend(1 if number % RULES_OF_A_STEP == RULES_OF_A_STEP - 1 else 0)
            try:
                if holds(branch.rule, taken, context):
                    return branch.next
            except NotThereError as error:
                raise StateError(RUNTIME, not_there(error), error.path) from None
        if work.default is None:
            raise StateError(NO_CHOICE, "No rule holds, and there is no Default")
        return work.default

    def until(self, work: Wait, taken: Json, context: Json) -> float:
        """Until which second; a time that is over is no wait."""
        if work.timestamp is not None:
            stamp = work.timestamp
            if isinstance(stamp, JsonPath):
                stamp = found(stamp, taken, context)
            moment = read_timestamp(stamp)
            if moment is None:
                raise StateError(RUNTIME, "TimestampPath names no time stamp")
            return max(self.host.now, seconds_between(START, moment))
        seconds = work.seconds
        if isinstance(seconds, JsonPath):
            return self.host.now + seconds_in(found(seconds, taken, context))
        return self.host.now + (seconds or 0)

    # --- Of a Map ---------------------------------------------------------------------------------

    @property
    def map(self) -> Map:
        assert isinstance(self.state.work, Map)
        return self.state.work

    @property
    def processor(self) -> Machine:
        return self.map.processor

    @property
    def width(self) -> int:
        return self.map.width

    def items(self, taken: Json, context: Json) -> Iterator[tuple[Json, Json]]:
        """The input of each iteration, and the context object in it."""
        items = found(self.map.items, taken, context)
        if not isinstance(items, list):
            raise StateError(RUNTIME, f"'{self.map.items.text}' does not name an array")
        for index, item in enumerate(items):
            around = {**context, "Map": {"Item": {"Index": index, "Value": item}}}
            selector = self.map.selector
            yield (item if selector is None else filled(selector, taken, around)), around


def text(value: str | JsonPath, taken: Json, context: Json) -> str:
    if not isinstance(value, JsonPath):
        return value
    words = found(value, taken, context)
    if not isinstance(words, str):
        raise StateError(RUNTIME, f"'{value.text}' does not name a text")
    return words


def seconds_in(value: Json) -> float:
    """Whole seconds that are no time before now."""
    if not is_number(value) or not 0 <= value <= LONGEST_WAIT or value != int(value):
        raise StateError(RUNTIME, "The path names no number of seconds")
    return float(value)
