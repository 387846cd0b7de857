"""Amazon EC2 Auto Scaling: a group with its policies, alarms and schedules, graded by what becomes
of days of load, some of which are hidden.

An answer is JSON in AWS's names (`labs.grading.scaling.group.answers`). Days are simulated minute
by minute (`labs.grading.scaling.simulation`); what AWS does not document is given here.

[spec] in lab.toml:
    serves = 600             requests a minute that an instance answers, at a CPU of 100 %
    boot = 3                 minutes from launch to in service
    out_minutes = 3, in_minutes = 15, in_threshold = 90, in_step = 1
                             target tracking: minutes above the target, minutes below so many
                             percent of it, and how many instances a minute may remove
    flap_window = 15         a change against the one before is a flap within so many minutes
    advice = true            false: nothing is marked while one types, where that is the task
    [[spec.days]]            name, start = "2026-11-27T15:00" (UTC), zone = "Europe/London" (whose
                             clock is shown), load = [[load, minutes], [from, to, minutes]] in
                             requests a minute, hidden, why, section,
                             overload (most minutes), hours (most instance-hours), flaps (most):
                             each is asked if given; overload_points, hours_points, flaps_points (1)
    [[spec.days.floors]]     from = "17:00", to = "18:00", least (instances in service), points (1)
    [[spec.steps]]           name, metric ("CPUUtilization"), value, capacity, desired: what the
                             step policies make of the capacity; points (1), hidden, why, section

Report.extra: see `labs.grading.scaling.exercise.scaling_verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.scaling import broken_groups
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.scaling.exercise.behaviour import behaviour as behaviour
from labs.grading.scaling.exercise.codes import CODES as CODES
from labs.grading.scaling.exercise.completions import SLOTS as SLOTS
from labs.grading.scaling.exercise.completions import words as words
from labs.grading.scaling.exercise.scaling_exercise import ScalingExercise, read_scaling_exercise
from labs.grading.scaling.exercise.scaling_verdict import advise_group, check_group
from labs.grading.scaling.group.answers import read_group
from labs.grading.scaling.group.model import GroupAnswer

NAME = "asg-scaling-policy"
TITLE = say("Auto Scaling groups and their policies")
LANGUAGE = "json"
VERSION = "1"
MAX_BYTES = 32_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"days": ("name", "why"), "steps": ("name", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> ScalingExercise:
    return read_scaling_exercise(table)


def parse(text: str) -> GroupAnswer:
    return read_group(text)


def check(answer: GroupAnswer, spec: ScalingExercise) -> Report:
    return check_group(answer, spec)


def advise(answer: GroupAnswer, spec: ScalingExercise) -> list[Finding]:
    return advise_group(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_groups(text)
