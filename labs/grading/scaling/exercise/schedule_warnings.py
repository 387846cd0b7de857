"""What becomes of the scheduled actions on the days that a learner sees, as if there were no
policies: which fail, and which take instances away. Cheap enough to be said while one types.

Source: EC2 Auto Scaling User Guide, "Scheduled scaling".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from labs.grading.report import Finding, Severity
from labs.grading.said import say
from labs.grading.scaling.exercise.codes import CODES
from labs.grading.scaling.exercise.scaling_exercise import ScalingExercise
from labs.grading.scaling.group.model import GroupAnswer
from labs.grading.scaling.simulation.simulator import Failure, Run, simulate


def schedule_warnings(answer: GroupAnswer, spec: ScalingExercise) -> list[Finding]:
    if not answer.group.actions:
        return []
    alone = replace(answer.group, policies=())
    runs = [simulate(alone, task.day, spec.world) for task in spec.tasks if not task.hidden]
    return once_each([warning for run in runs for warning in run_warnings(answer, run)])


def once_each(findings: list[Finding]) -> list[Finding]:
    """The first of each code at each place: a schedule may fail every minute."""
    return list({(one.code, one.at): one for one in reversed(findings)}.values())[::-1]


def run_warnings(answer: GroupAnswer, run: Run) -> Iterator[Finding]:
    for failure in run.failures:
        yield warning(
            answer, "asg.schedule-fails", failure_words(run, failure), failure.action.name
        )
    for change in run.cuts:
        words = say(
            "{day}, {clock}: “{name}” sets a maximum below the desired capacity: {before} → "
            "{after}.",
            day=run.day.name,
            clock=run.day.clock(change.minute),
            name=change.because,
            before=change.before,
            after=change.after,
        )
        yield warning(answer, "asg.schedule-cuts", words, change.because)


def warning(answer: GroupAnswer, code: str, words: str, name: str) -> Finding:
    places = {action.name: action.path for action in answer.group.actions}
    return Finding(
        code,
        False,
        0,
        words,
        at=answer.document.position(places[name]),
        severity=Severity.WARNING,
        why=CODES[code].explanation,
    )


def failure_words(run: Run, failure: Failure) -> str:
    least, most, desired = failure.sizes
    return say(
        "{day}, {clock}: “{name}” fails, for the sizes would be minimum {least}, desired "
        "{desired}, maximum {most}.",
        day=run.day.name,
        clock=run.day.clock(failure.minute),
        name=failure.action.name,
        least=least,
        most=most,
        desired=desired,
    )
