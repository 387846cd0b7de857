"""EC2 launch templates, and the Auto Scaling group that launches by them, graded by what a
simulated launch in each zone of the lab's world comes to.

An answer is JSON in AWS's names (`labs.grading.machines.launch.answers`): what a template says, or
both documents. Its shape is that of AWS's own request; what a launch comes to, or why there is
none, `labs.grading.machines.launch.launcher` says. Asked is what was observed, so that it does not
matter how it was written.

[spec] in lab.toml:
    region, vpc              "eu-west-2", "vpc-…"
    group = true             the answer has an Auto Scaling group, too
    template, targets        what the group may name: the template, ARNs of target groups
    keys                     key pairs
    [spec.subnets]           zone → its subnet
    [spec.profiles]          instance profile → role
    [[spec.images]]          id, region (the lab's), architecture ("x86_64"), device ("/dev/xvda"),
                             snapshot, gib (8), volume ("gp3"), imds ("v2.0"), parameter
    [[spec.types]]           name, vcpus, gib, architecture, zones (all), price (in 1/10,000 of a
                             dollar an hour)
    [[spec.groups]]          id, name: security groups of the VPC
    [[spec.checks]]          name, field (`labs.grading.machines.launch.fields`), points (1),
                             hidden; is = "…" or a list of them, or contains, or least and most;
                             unit; told = false: what is expected is for learners to find

Report.extra: see `labs.grading.machines.launch.verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.kind import Files
from labs.grading.machines.behaviour import behaviour as behaviour
from labs.grading.machines.launch.answers import LaunchAnswer, read_launch
from labs.grading.machines.launch.codes import CODES as CODES
from labs.grading.machines.launch.completions import SLOTS as SLOTS
from labs.grading.machines.launch.completions import words as words
from labs.grading.machines.launch.exercise import LaunchExercise, read_launch_exercise
from labs.grading.machines.launch.verdict import check_launch
from labs.grading.mutants import Mutant
from labs.grading.mutants.requests import broken_requests
from labs.grading.report import Report
from labs.grading.said import say

NAME = "launch-template"
TITLE = say("Launch templates")
LANGUAGE = "json"
VERSION = "2"
MAX_BYTES = 16_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"checks": ("name",)}


def read_spec(table: Mapping[str, object], files: Files) -> LaunchExercise:
    return read_launch_exercise(table)


def parse(text: str) -> LaunchAnswer:
    return read_launch(text)


def check(answer: LaunchAnswer, spec: LaunchExercise) -> Report:
    return check_launch(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_requests(text)
