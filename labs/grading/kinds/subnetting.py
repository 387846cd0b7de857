"""Subnetting: a VPC's plan, graded by what the subnets can hold,
where they lie and where they lead.

An answer is JSON, `{"vpc": "10.0.0.0/16", "subnets": [{"name", "cidr", "zone", "route"}], "nats":
[{"name", "subnet"}]}`, or lines (`labs.grading.network.addresses.plan`).

[spec] in lab.toml:
    vpc = "10.0.0.0/16"      the VPC's block; left out = the learner chooses
    vpc_points = 1, overlap_points = 2, spread_points = 1, free = 0 (addresses that must stay
    unused), free_points = 1
    zones = ["eu-west-2a"]   the zones there are; left out = any
    spread = [["web-a", "web-b"]]    subnets that belong in different zones
    [[spec.subnets]]         name, hosts (usable addresses), zone, points (1), why
                             access = "public" | "private" | "egress" (private, out through NAT),
                             access_points (1)

Report.extra: `subnets` (name, block, usable, zone, route) and `free`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.lines import broken_plan
from labs.grading.network.addresses.plan import PlanAnswer, read_plan
from labs.grading.network.exercise.completions import SLOTS as SLOTS
from labs.grading.network.exercise.completions import words as words
from labs.grading.network.exercise.path_codes import ADDRESS_CODES
from labs.grading.network.exercise.plan_exercise import PlanExercise, read_plan_exercise
from labs.grading.network.exercise.plan_verdict import check_plan
from labs.grading.report import Report
from labs.grading.said import say

NAME = "subnetting"
TITLE = say("VPC and subnets")
LANGUAGE = "text"
VERSION = "2"
MAX_BYTES = 16_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"subnets": ("why",)}  # answers name subnets
CODES = ADDRESS_CODES


def read_spec(table: Mapping[str, object], files: Files) -> PlanExercise:
    return read_plan_exercise(table)


def parse(text: str) -> PlanAnswer:
    return read_plan(text)


def check(answer: PlanAnswer, spec: PlanExercise) -> Report:
    return check_plan(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_plan(text)
