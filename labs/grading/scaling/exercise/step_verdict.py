"""Which capacity the step policies of an answer want at a value of the metric, on paper: every
alarm that the value breaches rings, and nothing warms up."""

from __future__ import annotations

from labs.grading.report import Case, Finding, Outcome
from labs.grading.said import say
from labs.grading.scaling.exercise.scaling_exercise import StepTask
from labs.grading.scaling.group.adjustment import changed, held, step_for
from labs.grading.scaling.group.model import STEP, Group, Policy
from labs.grading.scaling.group.step_tables import plain


def wanted_by_steps(group: Group, metric: str, value: float, capacity: int) -> int | None:
    """The largest that a policy wants counts; None where no step holds."""
    found = [
        changed(capacity, policy, adjustment)
        for policy in group.policies
        if policy.type == STEP and policy.enabled
        for adjustment in adjustments(policy, metric, value)
    ]
    more = [one for one in found if one > capacity]
    return max(more or found, default=None)


def capacity_after(group: Group, task: StepTask) -> int:
    """Held between minimum and maximum; the same capacity where no step holds."""
    wanted = wanted_by_steps(group, task.metric, task.value, task.capacity)
    return held(task.capacity if wanted is None else wanted, group.least, group.most)


def step_cure(group: Group, task: StepTask) -> str:
    wanted = wanted_by_steps(group, task.metric, task.value, task.capacity)
    if task.desired == (task.capacity if wanted is None else wanted):
        return say("Set MinSize and MaxSize as the task says.")
    if wanted is None:
        return say(
            "Let a step hold wherever the task wants a change: bounds count from the threshold."
        )
    return say(
        "Change the step that holds at {metric} {value}.",
        metric=task.metric,
        value=plain(task.value),
    )


def adjustments(policy: Policy, metric: str, value: float) -> list[int]:
    ringing = [alarm for alarm in policy.alarms if alarm.metric == metric and alarm.breaches(value)]
    steps = [step_for(policy.steps, alarm, value) for alarm in ringing if alarm.enabled]
    return [step.adjustment for step in steps if step is not None]


def step_finding(group: Group, task: StepTask) -> Finding:
    yours = capacity_after(group, task)
    passed = yours == task.desired
    message = say(
        "{name}: at {metric} {value}, {capacity} instances become {yours}.",
        name=task.name,
        metric=task.metric,
        value=plain(task.value),
        capacity=task.capacity,
        yours=yours,
    )
    return Finding(
        "asg.step-wrong",
        passed,
        task.points,
        message,
        cases=() if passed else (Case(message),),
        counterexample=None
        if passed
        else {"change": yours - task.capacity, "wanted": task.desired - task.capacity},
        section=task.section,
        hidden=task.hidden,
        expected=str(task.desired),
        actual=str(yours),
        why=task.why,
        cure=step_cure(group, task),
    )


def step_outcome(group: Group, task: StepTask) -> Outcome:
    yours = capacity_after(group, task)
    return Outcome(
        name=task.name,
        what=say("{metric} {value}", metric=task.metric, value=plain(task.value)),
        expected=say("{before} → {after}", before=task.capacity, after=task.desired),
        yours=say("{before} → {after}", before=task.capacity, after=yours),
        passed=yours == task.desired,
    )
