"""What the text of an answer shows, before anything is simulated.

Source: EC2 Auto Scaling API Reference, CreateAutoScalingGroup (desired capacity between minimum and
maximum) and PutScheduledUpdateGroupAction; for step tables `scaling.group.step_tables`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.json_text import Path
from labs.grading.report import Finding, Severity
from labs.grading.said import say
from labs.grading.scaling.exercise.codes import CODES
from labs.grading.scaling.group.model import STEP, TARGET, Group, GroupAnswer, Sizes
from labs.grading.scaling.group.step_tables import Flaw, silent_flaws, table_flaws


@dataclass(frozen=True, slots=True)
class Lint:
    """`refusals`: AWS takes no group like this. `warnings`: it does, and something does nothing."""

    refusals: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def lint(answer: GroupAnswer) -> Lint:
    group = answer.group
    refusals = [*size_flaws(group), *schedule_flaws(group), *step_flaws(group)]
    warnings = [] if refusals else [*idle_flaws(group)]
    return Lint(
        tuple(said(answer, flaw, Severity.ERROR) for flaw in refusals),
        tuple(said(answer, flaw, Severity.WARNING) for flaw in warnings),
    )


def said(answer: GroupAnswer, flaw: Flaw, severity: Severity) -> Finding:
    return Finding(
        flaw.code,
        False,
        0,
        flaw.message,
        at=answer.document.position(flaw.path),
        severity=severity,
        why=CODES[flaw.code].explanation,
    )


def size_flaws(group: Group) -> Iterator[Flaw]:
    sizes = Sizes(group.least, group.most, group.desired)
    yield from order_flaws(sizes, (), "asg.min-above-max", "asg.desired-outside")


def schedule_flaws(group: Group) -> Iterator[Flaw]:
    code = "asg.schedule-limits"
    for action in group.actions:
        yield from order_flaws(action.sizes, action.path, code, code)


def order_flaws(sizes: Sizes, path: Path, limits: str, outside: str) -> Iterator[Flaw]:
    least, most, desired = sizes.least, sizes.most, sizes.desired
    if least is not None and most is not None and least > most:
        words = say("MinSize {least} is above MaxSize {most}.", least=least, most=most)
        yield Flaw(limits, words, (*path, "MinSize"), 0.0)
    elif desired is not None and most is not None and desired > most:
        words = say(
            "DesiredCapacity {desired} is above MaxSize {most}.", desired=desired, most=most
        )
        yield Flaw(outside, words, (*path, "DesiredCapacity"), 0.0)
    elif desired is not None and least is not None and desired < least:
        words = say(
            "DesiredCapacity {desired} is below MinSize {least}.", desired=desired, least=least
        )
        yield Flaw(outside, words, (*path, "DesiredCapacity"), 0.0)


def step_flaws(group: Group) -> Iterator[Flaw]:
    for policy in group.policies:
        if policy.type == STEP:
            yield from table_flaws(policy)


def idle_flaws(group: Group) -> Iterator[Flaw]:
    for policy in group.policies:
        if policy.type != TARGET and not policy.alarms:
            words = say("No alarm calls “{name}”, so it never runs.", name=policy.name)
            yield Flaw("asg.policy-without-alarm", words, policy.path, 0.0)
        if policy.type == STEP:
            yield from silent_flaws(policy)
