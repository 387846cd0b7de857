"""What can be asked of a trace, each as a number that is the better the smaller it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from labs.grading.messages.delivery_exercise.causes import (
    Flaw,
    feeding,
    missing,
    pairs,
    stray,
    times_again,
    twice,
    unsaved,
)
from labs.grading.messages.delivery_exercise.places import places_of
from labs.grading.messages.simulation.run import Run
from labs.grading.report import Demand
from labs.grading.said import Said, say

MOST_FLAWS = 60  # looked at to find the commonest


@dataclass(frozen=True, slots=True)
class Measure:
    """`code`: of the check when it holds. `demand`: who sends nothing has nothing twice."""

    code: str
    words: Said
    number: Callable[[Run], int]
    flaws: Callable[[Run], list[Flaw]]
    demand: Demand = Demand.REFUSE


def counted(flaws: Callable[[Run], Iterator[Flaw]]) -> Callable[[Run], int]:
    return lambda run: sum(1 for _flaw in flaws(run))


def commonest(flaws: Callable[[Run], Iterator[Flaw]]) -> Callable[[Run], list[Flaw]]:
    """The first of the commonest cause, and of the others."""

    def found(run: Run) -> list[Flaw]:
        all_of_them = list(islice(flaws(run), MOST_FLAWS))
        count = Counter(one.code for one in all_of_them)
        firsts = {one.code: one for one in reversed(all_of_them)}
        return sorted(firsts.values(), key=lambda one: -count[one.code])

    return found


def delays(run: Run) -> Iterator[tuple[int, str, str]]:
    for message, consumer in pairs(run):
        times = run.times(message, consumer)
        if times:
            yield times[0] - message.at, message.name, consumer


def longest(run: Run) -> int:
    return max((seconds for seconds, _name, _consumer in delays(run)), default=0)


def late(run: Run) -> list[Flaw]:
    seconds, name, consumer = max(delays(run), key=lambda row: row[0])
    queues = feeding(run, consumer)
    queue = run.topology.queues[queues[0]]
    words = say(
        "“{message}” is done by {consumer} after {seconds} seconds.",
        message=name,
        consumer=consumer,
        seconds=seconds,
    )
    cure = say(
        "Try again sooner what failed ({visibility} seconds of visibility timeout), and keep "
        "batches from waiting.",
        visibility=queue.visibility,
    )
    facts = {"visibility": queue.visibility}
    places = places_of("messages.late", run, consumer, queue.name)
    return [Flaw("messages.late", words, name, cure, places, facts)]


def calls(run: Run) -> list[Flaw]:
    words = say("The functions are called {number} times.", number=len(run.calls))
    cure = say("Put more messages into one batch, and give up sooner what always fails.")
    return [
        Flaw("messages.calls", words, "", cure, tuple(one.path for one in run.topology.sources))
    ]


MEASURES: Mapping[str, Measure] = {
    "missing": Measure(
        "messages.not-subscribed",
        say("messages that do not get where they should"),
        counted(missing),
        commonest(missing),
        Demand.ALLOW,
    ),
    "stray": Measure(
        "messages.stray",
        say("messages that get where they should not"),
        counted(stray),
        commonest(stray),
    ),
    "twice": Measure(
        "messages.visible-again", say("times that something is done again"), times_again,
        commonest(twice),
    ),
    "poison": Measure(
        "messages.no-dead-letters",
        say("failing messages that nobody can find"),
        counted(unsaved),
        commonest(unsaved),
        Demand.OTHER,
    ),
    "latest": Measure("messages.late", say("seconds until the last is done"), longest, late),
    "calls": Measure(
        "messages.calls", say("calls of functions"), lambda run: len(run.calls), calls
    ),
}  # fmt: skip
