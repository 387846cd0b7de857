"""Elastic Load Balancing target groups: health checks, deregistration delay and stickiness, graded
by what becomes of users in recorded logs, some of which are hidden.

An answer is JSON in AWS's names (`labs.grading.health.settings.answers`). A log says what targets
answer and who visits; what the group makes of it is replayed (`labs.grading.health.simulation`).

[spec] in lab.toml:
    page = "/shop"           what users ask for
    cookie_renews = true     does every answer renew the balancer's cookie? AWS does not say so
    [[spec.logs]]            name, seconds (its length), hidden; what is asked of it, each only if
                             given, at most so many:
                             dead      requests that met a target that could not answer
                             needless  seconds for which targets were out that would have answered
                             into      seconds from being able to answer until in service
                             cut       requests that ended with their target
                             deploy    seconds from the begin of the deployment until its end
                             lost      times that a visitor came to another target than the session
                             share     percent of the requests that the busiest target got, from
                                       second share_from on
                             and what each is worth: dead_points … (1)
    [[spec.logs.targets]]    name, registers = 60 (a second; left out: in service before the log;
                             "deployed": by the deployment)
    [[spec.logs.targets.phases]]   at (seconds from its registration, the first at 0),
                             paths = {"/health" = "200", "/shop" = "502", "*" = "404"}: "200 in 3"
                             seconds, "refused" (no connection), "never" (no answer)
    [[spec.logs.visitors]]   kind ("visitor", "shopper", "upload"), count, first, apart
                             (seconds between two of them), times, every (requests of each and
                             seconds between them), seconds (that a request takes), session (for so
                             many seconds after a request the target's memory keeps it; 0: no)
    [[spec.logs.leaves]]     at, target: it is deregistered, and stops when it is unused
    [spec.logs.deployment]   start, old = [...], new = [...]: one after the other

Report.extra: see `labs.grading.health.exercise.health_verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.health.exercise.behaviour import behaviour as behaviour
from labs.grading.health.exercise.codes import CODES as CODES
from labs.grading.health.exercise.completions import SLOTS as SLOTS
from labs.grading.health.exercise.completions import words as words
from labs.grading.health.exercise.health_exercise import HealthExercise, read_health_exercise
from labs.grading.health.exercise.health_verdict import check_target_group
from labs.grading.health.exercise.lint import lint
from labs.grading.health.settings.answers import read_target_group
from labs.grading.health.settings.model import TargetGroupAnswer
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.target_groups import broken_target_groups
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "health-timeline"
TITLE = say("Target groups over time")
LANGUAGE = "json"
VERSION = "1"
MAX_BYTES = 16_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"logs": ("name",)}


def read_spec(table: Mapping[str, object], files: Files) -> HealthExercise:
    return read_health_exercise(table)


def parse(text: str) -> TargetGroupAnswer:
    return read_target_group(text)


def check(answer: TargetGroupAnswer, spec: HealthExercise) -> Report:
    return check_target_group(answer, spec)


def advise(answer: TargetGroupAnswer, spec: HealthExercise) -> list[Finding]:
    found = lint(answer)
    return [*found.refusals, *found.warnings]


def mutants(text: str) -> Iterator[Mutant]:
    return broken_target_groups(text)
