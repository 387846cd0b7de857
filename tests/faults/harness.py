"""A running portal, learners at work, faults all the while; and what must hold in the end.

    python -m tests.faults --stack laptop --seeds 20 --answers 300

A seed decides what is done by whom and which faults happen in which order; when exactly, the
machine decides. What must hold: nothing that was acknowledged is lost or doubled, no fault of ours
is charged to a learner, no grade is changed, and everything is settled soon after the last fault.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.deployment import Deployment
from tests.faults.journeys import Answers, Drafts, Grades, Journey, Lessons, World, plan
from tests.faults.laptop import Laptop
from tests.faults.people import GaveUp, Person, SignedOut
from tests.faults.processes import ROOT
from tests.faults.schedule import schedule
from tests.faults.stack import Stack

STACKS: dict[str, Callable[[Path, int], Stack]] = {"laptop": Laptop, "deployment": Deployment}
OPEN = "select count(*) from labs_submission where state in ('queued', 'checking')"
PATIENCE = 120.0  # until everything is settled; more than `SETTLED_WITHIN` is a failure
SETTLED_WITHIN = 60.0


@dataclass
class Result:
    """`broken` says what does not hold; empty where all is well."""

    stack: str
    seed: int
    faults: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    repeated: int = 0  # requests that had to be sent again
    given_up: int = 0  # honest answers that faulted: three times the worker left
    settled: float = 0.0  # seconds after the last fault and the last answer
    broken: list[str] = field(default_factory=list)

    def count(self, what: str) -> int:
        return sum(words.startswith(what) for words in self.broken)

    @property
    def row(self) -> str:
        counts = [self.count(what) for what in ("lost", "doubled", "charged")]
        other = len(self.broken) - sum(counts)
        cells = [self.stack, self.seed, self.faults.total(), self.answers, *counts, other]
        return " | ".join(str(cell) for cell in [*cells, self.given_up, f"{self.settled:.0f}"])


HEAD = "stack | seed | faults | answers | lost | doubled | charged | other | given up | settled (s)"


@dataclass
class Run:
    stack: Stack
    seed: int
    answers: int
    seconds: float
    people: int

    def go(self) -> Result:
        result = Result(self.stack.name, self.seed)
        try:
            self.stack.start()
            world = self.prepare()
            self.stack.watch()
            self.live(world, result)
        finally:
            self.stack.stop()
        return result

    def prepare(self) -> World:
        command = [sys.executable, "-m", "tests.faults.prepare", str(self.people)]
        made = subprocess.run(
            command, cwd=ROOT, env=self.stack.settings(), capture_output=True, text=True, timeout=90
        )
        assert made.returncode == 0, made.stderr
        world: World = json.loads(made.stdout.splitlines()[-1])
        return world

    def live(self, world: World, result: Result) -> None:
        journeys = {journey.name: journey(world) for journey in (Answers, Drafts, Lessons, Grades)}
        persons = [
            Person(self.stack.url, seed=f"{self.seed} {row['email']}", **row)
            for row in world["people"]
        ]
        for person in persons:
            person.sign_in(world["password"])
        over = threading.Event()
        with ThreadPoolExecutor(len(persons) + 2) as pool:
            watched = pool.submit(self.watch_grades, journeys["grades"], over, result)
            steps = plan(answers=self.answers, people=self.people, seed=self.seed)
            walks = [
                pool.submit(self.walk, person, journeys, mine)
                for person, mine in zip(persons, steps, strict=True)
            ]
            try:
                self.do_harm(result)
                last_fault = time.monotonic()
                result.broken += [words for walk in walks for words in walk.result()]
                self.settle(max(last_fault, journeys["answers"].told_at), result)
            finally:
                over.set()
            watched.result()
        self.account(journeys, persons, result)

    def walk(self, person: Person, journeys: dict[str, Journey], steps: list[str]) -> list[str]:
        """One learner's way: the steps, spread over the time that there is."""
        begun = time.monotonic()
        for number, step in enumerate(steps):
            at = begun + self.seconds * (number + person.dice.random()) / len(steps)
            time.sleep(max(0.0, at - time.monotonic()))
            try:
                journeys[step].act(person)
            except GaveUp:
                person.trouble.append(f"{person.email} gave up: {step}")
            except SignedOut:
                return [f"lost: the session of {person.email}"]
            except Exception as error:
                person.trouble.append(f"{person.email}: {step}: {error!r}")
        return []

    def do_harm(self, result: Result) -> None:
        faults = self.stack.faults()
        for planned in schedule(list(faults), self.seed, seconds=self.seconds):
            time.sleep(planned.pause)
            print(f"{time.strftime('%X')} {planned.name}", flush=True)
            faults[planned.name]()
            result.faults[planned.name] += 1

    def watch_grades(self, grades: Journey, over: threading.Event, result: Result) -> None:
        assert isinstance(grades, Grades)
        while not over.wait(2):
            with contextlib.suppress(Exception):  # the database may be away
                result.broken += grades.look(self.stack.query)

    def settle(self, since: float, result: Result) -> None:
        while time.monotonic() < since + PATIENCE:
            with contextlib.suppress(Exception):
                if self.stack.query(OPEN) == [(0,)]:
                    break
            time.sleep(0.25)
        result.settled = max(0.0, time.monotonic() - since)
        if result.settled > SETTLED_WITHIN:
            result.broken.append(f"late: settled after {result.settled:.0f} s")

    def account(self, journeys: dict[str, Journey], persons: list[Person], result: Result) -> None:
        answers = journeys["answers"]
        assert isinstance(answers, Answers)
        for journey in journeys.values():
            result.broken += journey.broken(self.stack.query)
        result.broken += [words for person in persons for words in person.trouble]
        result.answers = sum(answer.is_told for answer in answers.handed_in.values())
        result.given_up = answers.given_up(self.stack.query)
        result.repeated = sum(person.repeated for person in persons)


def run(
    name: str, *, seed: int, answers: int, folder: Path, seconds: float = 45, people: int = 25
) -> Result:
    stack = STACKS[name](folder, seed)
    return Run(stack, seed, answers, seconds, people).go()


def all_runs(
    name: str, seeds: range, answers: int, folder: Path, seconds: float
) -> Iterator[Result]:
    for seed in seeds:
        yield run(name, seed=seed, answers=answers, folder=folder / f"{seed}", seconds=seconds)
