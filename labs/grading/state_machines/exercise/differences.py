"""The answer against the expected machine, in all ways in which up to so many calls may fail: those
with the fewest failures first, so that the first difference is a smallest one."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from labs.grading.said import Said, joined, say
from labs.grading.state_machines.execution.interpreter import execute
from labs.grading.state_machines.execution.run import Run, Status
from labs.grading.state_machines.execution.world import Answer, Function, World
from labs.grading.state_machines.exercise.aspects import NOTHING, value_at
from labs.grading.state_machines.exercise.shown import WITHOUT_END, seconds
from labs.grading.state_machines.exercise.state_exercise import StateExercise
from labs.grading.state_machines.language.model import Machine
from labs.grading.state_machines.language.paths import JsonPath
from labs.grading.state_machines.language.values import Json, readable, same

MOST_RUNS = 300
MOST_STEPS = 6_000  # of the answer's runs together
MOST_CALLS = 6  # of one function, that may fail
Call = tuple[str, int]  # a function, and which call of it, from 0
Failures = Mapping[Call, str]  # and what it throws


class FailingWorld(World):
    """All calls are answered, but those that fail. `asked`: the calls that were made."""

    def __init__(self, functions: Mapping[str, Function], failures: Failures) -> None:
        super().__init__(functions)
        self.failures, self.asked = failures, list[Call]()
        self.turns: Counter[str] = Counter()

    def answer(self, name: str, payload: Json) -> Answer:
        call = (name, self.turns[name])
        self.turns[name] += 1
        self.asked.append(call)
        return Answer(self.failures.get(call, ""))


@dataclass(frozen=True, slots=True)
class Difference:
    failures: Failures
    expected: Run
    actual: Run
    words: Said


@dataclass(frozen=True, slots=True)
class Compared:
    """`tried`: in how many ways calls failed. `whole`: there are no more of them."""

    tried: int
    difference: Difference | None
    whole: bool = True


def compare(machine: Machine, spec: StateExercise) -> Compared:
    assert spec.comparison is not None
    tried = steps = 0
    for failures, expected, actual in pairs(machine, spec):
        words = difference_of(expected, actual, spec.comparison.output)
        if words is not None:
            return Compared(tried, Difference(failures, expected, actual, words))
        tried, steps = tried + 1, steps + actual.steps
        if tried == MOST_RUNS or steps > MOST_STEPS:
            return Compared(tried, None, whole=False)
    return Compared(tried, None)


def pairs(machine: Machine, spec: StateExercise) -> Iterator[tuple[Failures, Run, Run]]:
    """Both runs for each set of failures that either of them can notice."""
    task = spec.comparison
    assert task is not None
    waiting: deque[dict[Call, str]] = deque([{}])
    seen: set[frozenset[tuple[Call, str]]] = {frozenset()}
    while waiting:
        failures = waiting.popleft()
        worlds = [FailingWorld(spec.functions, failures) for _each in range(2)]
        expected = execute(task.expected, task.input, worlds[0], spec.steps)
        actual = execute(machine, task.input, worlds[1], spec.steps)
        yield failures, expected, actual
        if len(failures) == task.failures:
            continue
        for more in further(failures, [*worlds[0].asked, *worlds[1].asked], spec.functions):
            if (key := frozenset(more.items())) not in seen:
                seen.add(key)
                waiting.append(more)


def further(
    failures: Failures, asked: list[Call], functions: Mapping[str, Function]
) -> Iterator[dict[Call, str]]:
    """One failure more."""
    for call in dict.fromkeys(asked):
        if call not in failures and call[1] < MOST_CALLS:
            for error in functions[call[0]].errors:
                yield {**failures, call: error}


# --- In words -------------------------------------------------------------------------------------


def difference_of(expected: Run, actual: Run, paths: tuple[JsonPath, ...]) -> Said | None:
    if (expected.status, expected.error) != (actual.status, actual.error):
        return say(
            "yours ends {yours}; expected is {expected}",
            yours=end_of(actual),
            expected=end_of(expected),
        )
    if expected.status == Status.SUCCEEDED:
        for path in paths:
            here, there = value_at(path, actual.output), value_at(path, expected.output)
            if not same(here, there):
                return say(
                    "yours has {yours} at {path}; expected is {expected}",
                    yours=shown(path, actual),
                    path=path.text,
                    expected=shown(path, expected),
                )
    mine, right = counted(actual), counted(expected)
    for name in sorted({*mine, *right}):
        if mine[name] != right[name]:
            return say(
                "yours calls {function} {yours} times; expected is {expected}",
                function=name,
                yours=mine[name],
                expected=right[name],
            )
    return None


def end_of(run: Run) -> Said:
    if run.status == Status.ENDLESS:
        return WITHOUT_END
    status = f"{run.status.value} ({run.error[:60]})" if run.error else run.status.value
    return say("{status} after {seconds}", status=status, seconds=seconds(run.seconds))


def shown(path: JsonPath, run: Run) -> str:
    found = value_at(path, run.output)
    if found is NOTHING:
        return say("nothing (in {output})", output=readable(run.output, 120))
    return readable(found, 120)


def counted(run: Run) -> Counter[str]:
    return Counter(call.function for call in run.calls)


def failing(failures: Failures) -> Said | str:
    """“charge-card: Throttled, ok, Throttled”, for each function that fails."""
    if not failures:
        return say("no failure at all")
    turns: dict[str, list[str]] = {}
    for (name, turn), error in sorted(failures.items()):
        answers = turns.setdefault(name, [])
        answers += ["ok"] * (turn - len(answers)) + [error]
    return joined([f"{name}: {', '.join(answers)}" for name, answers in turns.items()], "; ")
