"""What can be asked of a log, each as a number that is the better the smaller it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labs.grading.health.exercise.codes import CODES
from labs.grading.health.exercise.health_exercise import Limit, Task
from labs.grading.health.simulation.absences import absences
from labs.grading.health.simulation.run import Run
from labs.grading.report import Finding, Outcome
from labs.grading.said import Said, say


@dataclass(frozen=True, slots=True)
class Measure:
    """`number` is None where it never came to an end. `code`: of the check when it holds."""

    code: str
    words: Said
    number: Callable[[Run, Task], int | None]


def needless_seconds(run: Run, task: Task) -> int:
    return sum(one.seconds for one in absences(run) if one.needless)


def longest_way_in(run: Run, task: Task) -> int:
    return max((one.seconds for one in absences(run) if not one.needless), default=0)


def deployment_seconds(run: Run, task: Task) -> int | None:
    start = task.log.deployment.start if task.log.deployment else 0
    return None if run.deployed is None else run.deployed - start


def largest_share(run: Run, task: Task) -> int:
    """In percent, rounded up, so that a limit that is missed is seen to be missed."""
    shares = run.shares(task.share_from)
    total = sum(shares.values())
    return -(-100 * max(shares.values()) // total) if total else 100


MEASURES: Mapping[str, Measure] = {
    "dead": Measure(
        "health.slow-out",
        say("requests that met a dead target"),
        lambda run, task: len(run.dead()),
    ),
    "needless": Measure(
        "health.needless", say("seconds out of service for nothing"), needless_seconds
    ),
    "into": Measure("health.slow-in", say("seconds until in service"), longest_way_in),
    "cut": Measure("health.cut", say("requests cut off"), lambda run, task: len(run.cuts)),
    "deploy": Measure("health.slow-deployment", say("seconds of deployment"), deployment_seconds),
    "lost": Measure("health.session-lost", say("sessions lost"), lambda run, task: len(run.moves)),
    "share": Measure("health.imbalance", say("percent at the busiest target"), largest_share),
}


def holds(number: int | None, limit: Limit) -> bool:
    return number is not None and number <= limit.most


def kept(key: str, number: int | None, task: Task, limit: Limit) -> Finding:
    measure = MEASURES[key]
    words = say(
        "{log}: {what} {number}, at most {most}.",
        log=task.log.name,
        what=measure.words,
        number=number,
        most=limit.most,
    )
    return Finding(
        measure.code,
        True,
        limit.points,
        words,
        section=CODES[measure.code].section,
        hidden=task.hidden,
    )


def outcome(key: str, number: int | None, task: Task, limit: Limit) -> Outcome:
    return Outcome(
        name=say("{log}: {what}", log=task.log.name, what=MEASURES[key].words),
        expected=f"≤ {limit.most}" if limit.most else "0",
        yours=say("no end") if number is None else str(number),
        passed=holds(number, limit),
    )
