"""What AWS refuses in a step table, and what it takes without a word though it does nothing.

Source: EC2 Auto Scaling User Guide, "Step and simple scaling policies" ("Step adjustments for step
scaling"): no overlap and no gap; only one step with an open lower bound and only one with an open
upper bound; a negative lower bound needs a step that is open below, a positive upper bound one that
is open above; both bounds of one step cannot be open.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from labs.grading.json_text import Path
from labs.grading.said import Said, say
from labs.grading.scaling.group.model import Alarm, Policy, StepAdjustment


@dataclass(frozen=True, slots=True)
class Flaw:
    """`value` is a distance from the threshold at which it shows."""

    code: str
    message: str
    path: Path
    value: float


def plain(number: float) -> str:
    """Without the point of a whole number."""
    return f"{number:g}"


def low(step: StepAdjustment) -> float:
    return -math.inf if step.lower is None else step.lower


def high(step: StepAdjustment) -> float:
    return math.inf if step.upper is None else step.upper


def table_flaws(policy: Policy) -> Iterator[Flaw]:
    """What AWS would refuse, in reading order of the intervals."""
    if not policy.steps:
        words = say("“{name}” has no step adjustments.", name=policy.name)
        yield Flaw("asg.no-steps", words, policy.path, 0.0)
        return
    broken = [flaw for step in policy.steps for flaw in step_flaws(step, policy)]
    yield from broken
    if not broken:
        steps = sorted(policy.steps, key=lambda step: (low(step), high(step)))
        for before, after in pairwise(steps):
            yield from seam_flaws(policy, before, after)
        yield from end_flaws(policy, steps)


def step_flaws(step: StepAdjustment, policy: Policy) -> Iterator[Flaw]:
    if step.lower is None and step.upper is None:
        words = say("A step of “{name}” has no bound at all; it needs one.", name=policy.name)
        yield Flaw("asg.step-bounds", words, step.path, 0.0)
    elif low(step) >= high(step):
        words = say(
            "A step of “{name}” runs from {lower} to {upper}: the lower bound must be less.",
            name=policy.name,
            lower=plain(low(step)),
            upper=plain(high(step)),
        )
        yield Flaw("asg.step-bounds", words, step.path, low(step))


def seam_flaws(policy: Policy, before: StepAdjustment, after: StepAdjustment) -> Iterator[Flaw]:
    end, start = high(before), low(after)
    if end < start:
        yield gap(policy, after, end, start)
    elif end > start:
        yield overlap(policy, after, start, min(end, high(after)))


def gap(policy: Policy, step: StepAdjustment, end: float, start: float) -> Flaw:
    message = filled_with_values(
        say("“{name}” has a gap: no step from {start} to {end}, counted from its threshold."),
        say("“{name}” has a gap: no step when the metric is between {start} and {end}."),
        policy,
        end,
        start,
    )
    return Flaw("asg.step-gap", message, step.path, (end + start) / 2)


def overlap(policy: Policy, step: StepAdjustment, start: float, end: float) -> Flaw:
    if math.isinf(start):
        message: str = say("Two steps of “{name}” are open below.", name=policy.name)
        return Flaw("asg.step-overlap", message, step.path, end - 1 if end < math.inf else 0.0)
    if math.isinf(end):
        message = say(
            "Two steps of “{name}” overlap from {start} upwards: both are open above.",
            name=policy.name,
            start=plain(start + threshold(policy)),
        )
        return Flaw("asg.step-overlap", message, step.path, start + 1)
    message = filled_with_values(
        say("Two steps of “{name}” overlap from {start} to {end}, counted from its threshold."),
        say("Two steps of “{name}” overlap when the metric is between {start} and {end}."),
        policy,
        start,
        end,
    )
    return Flaw("asg.step-overlap", message, step.path, (start + end) / 2)


def filled_with_values(
    relative: Said, absolute: Said, policy: Policy, start: float, end: float
) -> str:
    """In values of the metric where the policy has one alarm, as distances where it has none."""
    shift = threshold(policy)
    words = absolute.template if policy.alarms else relative.template
    return Said(
        words,
        {"name": policy.name, "start": plain(start + shift), "end": plain(end + shift)},
    )


def threshold(policy: Policy) -> float:
    return policy.alarms[0].threshold if policy.alarms else 0.0


def end_flaws(policy: Policy, steps: list[StepAdjustment]) -> Iterator[Flaw]:
    if low(steps[0]) < 0 and steps[0].lower is not None:
        words = say(
            "“{name}” ends below at {value}: the lowest step below the threshold must have no "
            "lower bound.",
            name=policy.name,
            value=plain(low(steps[0]) + threshold(policy)),
        )
        yield Flaw("asg.step-open-end", words, steps[0].path, low(steps[0]) - 1)
    if high(steps[-1]) > 0 and steps[-1].upper is not None:
        words = say(
            "“{name}” ends above at {value}: the last step must have no upper bound.",
            name=policy.name,
            value=plain(high(steps[-1]) + threshold(policy)),
        )
        yield Flaw("asg.step-open-end", words, steps[-1].path, high(steps[-1]) + 1)


def silent_flaws(policy: Policy) -> Iterator[Flaw]:
    """Values at which an alarm rings and no step holds: AWS takes the table, and nothing happens.
    Only between the threshold and the first step, because the table itself has no gap."""
    for alarm in policy.alarms:
        first = first_bound(policy, alarm)
        if first is None:
            continue
        start, end = sorted((alarm.threshold, alarm.threshold + first))
        if math.isinf(first):
            words = say(
                "No step of “{name}” holds on the side of {threshold} on which its alarm rings.",
                name=policy.name,
                threshold=plain(alarm.threshold),
            )
        else:
            words = say(
                "The alarm of “{name}” rings between {start} and {end}, and no step holds there.",
                name=policy.name,
                start=plain(start),
                end=plain(end),
            )
        yield Flaw("asg.step-silent", words, policy.path, math.copysign(1, first))


def first_bound(policy: Policy, alarm: Alarm) -> float | None:
    """Where the steps on the alarm's side begin, as a distance; infinity where there is none; None
    where they begin at the threshold."""
    if alarm.above:
        first = min(
            (max(low(step), 0.0) for step in policy.steps if high(step) > 0), default=math.inf
        )
    else:
        first = max(
            (min(high(step), 0.0) for step in policy.steps if low(step) < 0), default=-math.inf
        )
    return first or None
