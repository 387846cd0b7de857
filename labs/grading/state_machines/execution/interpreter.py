"""A state machine, run: states in order, time that passes, tries and what catches them.

Source: Amazon States Language, "States", "Errors", "Retrying after error", "Fallback states"; Step
Functions Developer Guide, "Parallel workflow state", "Map workflow state" (in line, at most 40
iterations at a time) and "Accessing execution data from the Context object". An error of a branch
keeps its name, as AWS hands it on; States.BranchFailed fits it as well.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import UTC, datetime

from labs.grading.state_machines.execution.data_flow import (
    CALLS_OF_A_STEP,
    found,
    passed_on,
    placed,
    taken_in,
    weighed,
)
from labs.grading.state_machines.execution.failures import (
    EndlessError,
    StateError,
    catcher_for,
    next_delay,
    retrier_for,
)
from labs.grading.state_machines.execution.run import Called, Failure, Place, Run, Status, Visit
from labs.grading.state_machines.execution.together import Job, together
from labs.grading.state_machines.execution.working import Working
from labs.grading.state_machines.execution.world import Reply, World
from labs.grading.state_machines.language.model import Catcher, Machine, Map, Parallel, State
from labs.grading.state_machines.language.templates import calls_in
from labs.grading.state_machines.language.timestamps import at_second
from labs.grading.state_machines.language.values import Json

START = datetime(2026, 1, 5, 9, tzinfo=UTC)  # of every execution
MOST_STEPS = 300
WIDEST = 40  # iterations of a Map at a time, where MaxConcurrency says nothing
Outcome = tuple[Json, str | None]  # the output, and which state is next


def execute(machine: Machine, value: Json, world: World, most_steps: int = MOST_STEPS) -> Run:
    """From StartAt until it ends, or has taken more steps than it may. The machine is one that
    `lint` refuses nothing of."""
    return Interpreter(value, world, most_steps).execute(machine, value)


class Interpreter:
    """One execution."""

    def __init__(self, value: Json, world: World, most_steps: int) -> None:
        self.world, self.most_steps = world, most_steps
        self.now: float = 0
        self.steps = 0
        self.visits: list[Visit] = []
        self.calls: list[Called] = []
        self.lost: dict[tuple[Place, str], str] = {}
        self.execution = {
            "Id": "arn:aws:states:eu-west-2:111122223333:execution:lab:run",
            "Name": "run",
            "RoleArn": "arn:aws:iam::111122223333:role/lab",
            "StartTime": at_second(START, 0),
            "Input": value,
        }

    def execute(self, machine: Machine, value: Json) -> Run:
        job = self.machine(machine, value, (), {})
        try:
            while True:
                at = next(job)
                if machine.timeout is not None and at > machine.timeout:
                    self.now = machine.timeout
                    return self.over(Status.TIMED_OUT, failure=self.out_of_time())
                self.now = max(self.now, at)
        except StopIteration as end:
            return self.over(Status.SUCCEEDED, end.value)
        except StateError as error:
            return self.over(Status.FAILED, failure=self.failure(error))
        except EndlessError:
            last = [visit.state for visit in self.visits[-self.most_steps // 4 :]]
            return self.over(Status.ENDLESS, loop=tuple(dict.fromkeys(last)))

    def over(
        self,
        status: Status,
        output: Json = None,
        failure: Failure | None = None,
        loop: tuple[str, ...] = (),
    ) -> Run:
        visits, calls = tuple(self.visits), tuple(self.calls)
        return Run(status, output, self.now, visits, calls, self.steps, failure, loop)

    def failure(self, error: StateError) -> Failure:
        state = error.state
        name, path = (state.name, state.path) if state else ("", ())
        return Failure(error.name, error.cause, name, path, error.missing, error.lost_by)

    def out_of_time(self) -> Failure:
        last = self.visits[-1]
        return Failure("States.Timeout", "", last.state, last.path)

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self.most_steps:
            raise EndlessError

    # --- States, one after the other --------------------------------------------------------------

    def machine(self, machine: Machine, value: Json, place: Place, context: Json) -> Job:
        name = machine.start
        while name is not None:
            state = machine.states[name]
            before = value
            value, name = yield from self.state(state, value, place, context)
            self.note_lost(state, place, before, value)
        return value

    def note_lost(self, state: State, place: Place, before: Json, after: Json) -> None:
        """Which members are gone, so that whoever misses one can be told."""
        if isinstance(before, dict):
            kept = after if isinstance(after, dict) else {}
            for key in before.keys() - kept.keys():
                self.lost[place, key] = state.name

    def state(
        self, state: State, value: Json, place: Place, context: Json
    ) -> Generator[float, None, Outcome]:
        used = [0] * len(state.retry)
        while True:
            self.spend(1)
            visit = Visit(state.name, state.type, place, state.path, self.now, 1 + sum(used))
            self.visits.append(visit)
            try:
                here = self.context(state, context, sum(used))
                output, following = yield from self.attempt(state, value, place, here)
                self.spend(weighed(output))
            except StateError as error:
                visit.end, visit.error = self.now, error.name
                self.explain(error, state, place)
                if (number := retrier_for(state, error)) is not None:
                    visit.waits = next_delay(state.retry[number], used[number])
                if number is None or visit.waits is None:
                    return self.caught(state, value, error, visit)
                used[number] += 1
                yield self.now + visit.waits
                continue
            visit.end, visit.to = self.now, following or ""
            return output, following

    def explain(self, error: StateError, state: State, place: Place) -> None:
        """Where it happened first, and who lost what was missed."""
        if error.state is None:
            error.state = state
            if error.missing is not None and error.missing.first_name:
                error.lost_by = self.lost.get((place, error.missing.first_name), "")

    def caught(self, state: State, value: Json, error: StateError, visit: Visit) -> Outcome:
        catcher: Catcher | None = catcher_for(state, error)
        if catcher is None:
            raise error
        visit.to = catcher.next
        told = {"Error": error.name, "Cause": error.cause}
        return placed(catcher.result_path, value, told), catcher.next

    def context(self, state: State, around: Json, retries: int) -> Json:
        return {
            **around,
            "Execution": self.execution,
            "StateMachine": {
                "Id": "arn:aws:states:eu-west-2:111122223333:stateMachine:lab",
                "Name": "lab",
            },
            "State": {
                "Name": state.name,
                "EnteredTime": at_second(START, self.now),
                "RetryCount": retries,
            },
        }

    # --- One try of one state ---------------------------------------------------------------------

    def attempt(
        self, state: State, value: Json, place: Place, context: Json
    ) -> Generator[float, None, Outcome]:
        for template in (state.parameters, state.result_selector):
            self.spend(calls_in(template) // CALLS_OF_A_STEP if template is not None else 0)
        taken = taken_in(state, value, context)
        self.spend(weighed(taken) if state.parameters is not None else 0)
        following = None if state.is_terminal else state.next
        if isinstance(state.work, Parallel | Map):
            result: Json = yield from self.inside(state, taken, place, context)
            return passed_on(state, value, result, context), following
        result, chosen = yield from Working(self, state, place).work(taken, context)
        if state.type in ("Task", "Pass"):
            return passed_on(state, value, result, context), following
        return found(state.output_path, result, context), chosen or following

    def inside(self, state: State, taken: Json, place: Place, context: Json) -> Job:
        """The machines inside of a Parallel or a Map state."""
        try:
            if isinstance(state.work, Parallel):
                machines = state.work.branches
                jobs: Iterator[Job] = (
                    self.machine(one, taken, (*place, state.name, str(number)), context)
                    for number, one in enumerate(machines, start=1)
                )
                return (yield from together(jobs, len(machines)))
            working = Working(self, state, place)
            jobs = (
                self.machine(working.processor, value, (*place, state.name, str(number)), around)
                for number, (value, around) in enumerate(working.items(taken, context), start=1)
            )
            return (yield from together(jobs, working.width or WIDEST))
        except StateError as error:
            error.inside = True
            raise

    def call(self, function: str, payload: Json, state: State, place: Place) -> Reply:
        """What the function answers; the time is not over yet."""
        reply = self.world.call(function, payload)
        missing = reply.missing
        lost_by = self.lost.get((place, missing[0]), "") if missing else ""
        self.calls.append(
            Called(function, payload, self.now, reply.error, state.name, place, missing, lost_by)
        )
        return reply
