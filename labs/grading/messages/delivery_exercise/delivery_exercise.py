"""What a lab asks about queues and topics. How the spec is written:
`labs/grading/kinds/messaging.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from labs.grading.errors import AnswerError, SpecError
from labs.grading.json_text import read_json
from labs.grading.messages.comparison.fields import flat
from labs.grading.messages.filters.event_filter import Event
from labs.grading.messages.simulation.delivery import Place
from labs.grading.messages.simulation.trace import ALWAYS, Function, Message, Outage, Trace
from labs.grading.toml_table import Table

ASKED = ("missing", "stray", "twice", "poison", "latest", "calls")
MOST_TRACES, MOST_MESSAGES, MOST_POINTS = 4, 200, 1000
LONGEST = 15 * 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than `most` of something; worth `points`."""

    most: int
    points: int


@dataclass(frozen=True, slots=True)
class Task:
    """A trace and what is asked of it, by one of ASKED."""

    trace: Trace
    limits: Mapping[str, Limit]
    hidden: bool


@dataclass(frozen=True, slots=True)
class DeliveryExercise:
    """`closed`: points for queues that let nobody in but their topics."""

    place: Place
    topics: tuple[str, ...]
    tasks: tuple[Task, ...]
    closed: int

    @property
    def functions(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.tasks[0].trace.functions)

    @property
    def points(self) -> int:
        """Of all checks together."""
        asked = (limit.points for task in self.tasks for limit in task.limits.values())
        return self.closed + sum(asked)


def read_delivery_exercise(table: Mapping[str, object]) -> DeliveryExercise:
    spec = Table(table)
    functions = tuple(read_function(one) for one in spec.tables("functions"))
    exercise = DeliveryExercise(
        Place(spec.text("account", "111122223333"), spec.text("region", "eu-west-2")),
        spec.texts("topics"),
        tuple(read_task(one, functions) for one in spec.tables("traces")),
        spec.number("closed_points", 0, most=MOST_POINTS),
    )
    spec.finish()
    if not 0 < len(exercise.tasks) <= MOST_TRACES:
        raise spec.error("traces", f"are 1 to {MOST_TRACES}")
    if not exercise.points:
        raise SpecError("lab.toml: spec: nothing is worth a point: ask something of a trace")
    return exercise


def read_function(table: Table) -> Function:
    return Function(
        table.text("name"),
        table.number("concurrency", 1, least=1, most=100),
        table.number("begin", 1, most=60),
    )


def read_task(table: Table, functions: tuple[Function, ...]) -> Task:
    messages = tuple(one for row in table.tables("messages") for one in read_messages(row))
    trace = Trace(
        name=table.text("name"),
        seconds=table.number("seconds", least=1, most=LONGEST),
        messages=messages,
        functions=functions,
        outages=tuple(read_outage(one) for one in table.tables("outages")),
        pollers=table.number("pollers", 5, least=1, most=50),
    )
    if not 0 < len(messages) <= MOST_MESSAGES:
        raise table.error("messages", f"are 1 to {MOST_MESSAGES}")
    hidden = table.flag("hidden")
    return Task(trace, dict(read_limits(table)), hidden)


def read_limits(table: Table) -> Iterator[tuple[str, Limit]]:
    for key in ASKED:
        points = table.number(f"{key}_points", 1, least=1, most=MOST_POINTS)
        if key in table.values:
            yield key, Limit(table.number(key), points)


def read_messages(table: Table) -> Iterator[Message]:
    name, count = table.text("name"), table.number("count", 1, least=1, most=MOST_MESSAGES)
    first, every = table.number("at", 0), table.number("every", 1)
    fails = ALWAYS if table.flag("poison") else table.number("fails", 0, most=1000)
    sent = Message(
        name,
        first,
        topic=table.text("topic", ""),
        queue=table.text("queue", ""),
        attributes=read_event(table, "attributes"),
        body=read_event(table, "body"),
        work=table.number("work", 1, most=900),
        fails=fails,
        to=table.texts("to"),
    )
    for number in range(count):
        called = name if count == 1 else f"{name} {number + 1}"
        yield replace(sent, name=called, at=first + number * every)


def read_event(table: Table, key: str) -> Event:
    try:
        value = read_json(table.text(key, "{}")).value
        return dict(flat(value if isinstance(value, dict) else {}))
    except (AnswerError, ValueError) as error:
        raise table.error(key, str(error)) from None


def read_outage(table: Table) -> Outage:
    return Outage(table.text("function"), table.number("start"), table.number("end"))
