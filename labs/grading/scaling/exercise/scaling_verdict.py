"""A group against its exercise.

Report.extra: `days`, one for each day that is not hidden: name, start (as 15:00), for each minute
load, served (what the instances in service could answer) and instances; overload, hours, flaps of
the whole day. `labs.grading.scaling.picture` draws it.
"""

from __future__ import annotations

from labs.grading.report import Finding, Outcome, Report
from labs.grading.said import Said, joined, say
from labs.grading.scaling.exercise.day_verdict import day_findings, hours
from labs.grading.scaling.exercise.lint import lint
from labs.grading.scaling.exercise.scaling_exercise import ScalingExercise, Task
from labs.grading.scaling.exercise.schedule_warnings import schedule_warnings
from labs.grading.scaling.exercise.step_verdict import step_finding, step_outcome
from labs.grading.scaling.group.model import GroupAnswer
from labs.grading.scaling.simulation.simulator import Run, simulate

REFUSED = say("AWS would refuse this group, so no day was simulated.")
TITLE = say("Step by step and day by day")


def advise_group(answer: GroupAnswer, spec: ScalingExercise) -> list[Finding]:
    """What the text and its schedule show, before a policy decides anything;
    nothing where finding the faults is the task."""
    if not spec.advice:
        return []
    found = lint(answer)
    return list(found.refusals) or [*found.warnings, *schedule_warnings(answer, spec)]


def check_group(answer: GroupAnswer, spec: ScalingExercise) -> Report:
    found = lint(answer)
    if found.refusals:
        message = say("Nothing was simulated.")
        nothing = Finding("asg.not-simulated", False, spec.points, message)
        return Report((*found.refusals, nothing), refused=REFUSED)
    runs = [(task, simulate(answer.group, task.day, spec.world)) for task in spec.tasks]
    steps = [step_finding(answer.group, step) for step in spec.steps]
    days = [
        (task, run, list(day_findings(run, task, spec.world, spec.flap_window)))
        for task, run in runs
    ]
    shown = [day for day in days if not day[0].hidden]
    return Report(
        (
            *steps,
            *(finding for _task, _run, findings in days for finding in findings),
            *found.warnings,
            *schedule_warnings(answer, spec),
        ),
        {"days": [drawn(task, run, spec.flap_window) for task, run, _found in shown]},
        outcomes=(
            *(step_outcome(answer.group, step) for step in spec.steps if not step.hidden),
            *(day_outcome(*day, spec.flap_window) for day in shown),
        ),
        outcomes_title=TITLE,
    )


def day_outcome(task: Task, run: Run, findings: list[Finding], window: int) -> Outcome:
    """The day in a line; what is not asked stays out."""
    rows = [
        (say("minutes of overload {number}", number=len(run.overloaded())), task.overload),
        (say("instance-hours {number}", number=hours(run.instance_minutes())), task.hours),
        (say("flaps {number}", number=len(run.flaps(window))), task.flaps),
    ]
    return Outcome(
        name=task.day.name,
        expected=joined([at_most(words, limit.most) for words, limit in rows if limit], ", "),
        yours=joined([words for words, limit in rows if limit], ", "),
        passed=all(finding.passed for finding in findings),
    )


def at_most(words: Said, most: int) -> str:
    return Said(words.template, {"number": f"≤ {most}"})


def drawn(task: Task, run: Run, window: int) -> dict[str, object]:
    return {
        "name": task.day.name,
        "start": task.day.clock(0),
        "load": list(task.day.load),
        "served": [count * run.serves for count in run.in_service],
        "instances": list(run.in_service),
        "overload": len(run.overloaded()),
        "hours": hours(run.instance_minutes()),
        "flaps": len(run.flaps(window)),
    }
