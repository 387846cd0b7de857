"""A resource policy (a bucket's, a queue's, a key's), graded by whom it lets do what.

The answer is one JSON policy document with a Principal in every statement. `account` of the spec
owns the resource: within it a policy that names the caller is enough, across accounts the caller's
own policies must allow as well (`own_permission = false` asks what happens when they do not). Set
`comparison.within` to the resource's ARNs.
How the spec is written: `labs/grading/iam/exercise.py`; what the verdict page gets:
`labs/grading/iam/verdict.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.grading import iam
from labs.grading.iam.exercise.codes import CODES as CODES
from labs.grading.iam.exercise.policy_answer import parse_policy
from labs.grading.iam.exercise.policy_exercise import Exercise, read_exercise
from labs.grading.iam.exercise.policy_verdict import Answer, advise_answer, check_answer
from labs.grading.kind import Files
from labs.grading.report import Finding, Report

NAME = "resource-policy"
TITLE = "Resource policy"
LANGUAGE = "json"
VERSION = iam.VERSION
MAX_BYTES = 16_000


def read_spec(table: Mapping[str, Any], files: Files) -> Exercise:
    return read_exercise(table, files, "resource")


parse = parse_policy


def check(answer: Answer, spec: Exercise) -> Report:
    return check_answer(answer, spec)


def advise(answer: Answer, spec: Exercise) -> list[Finding]:
    return advise_answer(answer, spec)
