"""A target group against its exercise.

Report.extra: `logs`, one for each log that is not hidden: name, height (pixels of the picture),
ticks [[x, clock]], and targets, each with name, y, requests, met (requests that it did not answer),
cut, spans (x, width, end, from, to, state, words, reason) and dead (x, width, end, from, to, met,
late: users would not be answered). x, width and end are percent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from labs.grading.health.exercise.check_findings import (
    dead_missed,
    into_missed,
    needless_missed,
)
from labs.grading.health.exercise.health_exercise import HealthExercise, Limit, Task
from labs.grading.health.exercise.leaving_findings import (
    cut_missed,
    deploy_missed,
    lost_missed,
    share_missed,
)
from labs.grading.health.exercise.lint import lint
from labs.grading.health.exercise.measures import MEASURES, holds, kept, outcome
from labs.grading.health.exercise.timeline import drawn
from labs.grading.health.settings.model import TargetGroupAnswer
from labs.grading.health.simulation.run import Run
from labs.grading.health.simulation.simulator import simulate
from labs.grading.report import Finding, Outcome, Report
from labs.grading.said import say

REFUSED = say("AWS would refuse this target group, so no log was replayed.")
TITLE = say("What was asked of each log")
MISSED: Mapping[str, Callable[[Run, Task, Limit], Finding]] = {
    "dead": dead_missed,
    "needless": needless_missed,
    "into": into_missed,
    "cut": cut_missed,
    "deploy": deploy_missed,
    "lost": lost_missed,
    "share": share_missed,
}


def check_target_group(answer: TargetGroupAnswer, spec: HealthExercise) -> Report:
    found = lint(answer)
    if found.refusals:
        message = say("Nothing was replayed.")
        nothing = Finding("health.not-simulated", False, spec.points, message)
        return Report((*found.refusals, nothing), refused=REFUSED)
    runs = [(task, simulate(answer.group, task.log)) for task in spec.tasks]
    return Report(
        (*(one for task, run in runs for one in findings_of(task, run)), *found.warnings),
        {"logs": [drawn(run) for task, run in runs if not task.hidden]},
        outcomes=tuple(
            row for task, run in runs if not task.hidden for row in outcomes_of(task, run)
        ),
        outcomes_title=TITLE,
    )


def findings_of(task: Task, run: Run) -> Iterator[Finding]:
    for key, limit in task.limits.items():
        number = MEASURES[key].number(run, task)
        if holds(number, limit):
            yield kept(key, number, task, limit)
        else:
            yield MISSED[key](run, task, limit)


def outcomes_of(task: Task, run: Run) -> Iterator[Outcome]:
    for key, limit in task.limits.items():
        yield outcome(key, MEASURES[key].number(run, task), task, limit)
