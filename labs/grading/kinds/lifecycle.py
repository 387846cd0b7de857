"""Lifecycle rules: a lifecycle policy of an Amazon ECR repository, or a lifecycle configuration of
an Amazon S3 bucket, graded by what expires or moves when: some named images or objects day by day,
then sorts of them in every order and age, beside what the solution does.

An answer is the document as JSON, as the console and the CLI take it.

[spec] in lab.toml:
    rules = "ecr" | "s3"
    days = 60                how many days the named images or objects are followed
    compare = 6              points each for nothing that goes too early and nothing that stays too
                             long, in other cases; 0 = not compared
    advice = true            whether rules that take nothing are marked while one types
  ecr:
    [[spec.images]]          pushes in their order: name, day (from 0), tags (a tag that is pushed
                             again leaves its old image), expect (["day 15 expired"], or []),
                             points (1), hidden, why, section
    [[spec.sorts]]           what else there can be: name, tags with {n} for a number that counts up
  s3:
    start = "2026-01-01"     the midnight from which the configuration is in force
    versioned = false
    [[spec.objects]]         name, key, size (bytes), tags, steps (["2026-01-04 put", …], or delete,
                             upload: one that never ends), expect (["2026-02-04 STANDARD_IA", …],
                             also gone and marker), points, hidden, why, section
    [[spec.sorts]]           name, key, tags, sizes, uploads

Left out: archiving in ECR (said to whoever writes it), directory buckets. The order of events
within a day is not modelled: what people do happens in its course, what rules do at midnight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.errors import AnswerError
from labs.grading.json_text import JsonDocument, read_json
from labs.grading.kind import Files
from labs.grading.lifecycles.exercise.behaviour import behaviour as behaviour
from labs.grading.lifecycles.exercise.codes import CODES as CODES
from labs.grading.lifecycles.exercise.completions import SLOTS as SLOTS
from labs.grading.lifecycles.exercise.completions import words as words
from labs.grading.lifecycles.exercise.lifecycle_exercise import (
    LifecycleExercise,
    read_lifecycle_exercise,
)
from labs.grading.lifecycles.exercise.verdict import advise_lifecycle, check_lifecycle
from labs.grading.mutants import Mutant
from labs.grading.mutants.lifecycles import broken_lifecycles
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "lifecycle"
TITLE = say("Lifecycle rules")
LANGUAGE = "json"
VERSION = "2"
MAX_BYTES = 8_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"images": ("name", "why"), "objects": ("name", "why")}
MAX_DEPTH = 10


def read_spec(table: Mapping[str, object], files: Files) -> LifecycleExercise:
    return read_lifecycle_exercise(table, files)


def parse(text: str) -> JsonDocument:
    document = read_json(text, max_depth=MAX_DEPTH)
    if not isinstance(document.value, dict):
        raise AnswerError(say("Rules stand in a JSON object: { … }."), *document.position())
    return document


def check(answer: JsonDocument, spec: LifecycleExercise) -> Report:
    return check_lifecycle(answer, spec)


def advise(answer: JsonDocument, spec: LifecycleExercise) -> list[Finding]:
    return advise_lifecycle(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_lifecycles(text)
