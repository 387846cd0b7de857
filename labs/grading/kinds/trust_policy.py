"""A role's trust policy, graded by who may become the role.

The answer is one JSON policy document without Resource. In a scenario `principal` asks (a user, a
role session, a service, an identity provider); the action is sts:AssumeRole unless another one is
named, the resource is `role` of the spec. `own_permission = false` asks what happens to a caller
whose own policies do not allow sts:AssumeRole.
The comparison asks everybody whom a scenario or one of the policies names, and strangers.
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

NAME = "trust-policy"
TITLE = "Trust policy"
LANGUAGE = "json"
VERSION = iam.VERSION
MAX_BYTES = 16_000


def read_spec(table: Mapping[str, Any], files: Files) -> Exercise:
    return read_exercise(table, files, "trust")


parse = parse_policy


def check(answer: Answer, spec: Exercise) -> Report:
    return check_answer(answer, spec)


def advise(answer: Answer, spec: Exercise) -> list[Finding]:
    return advise_answer(answer, spec)
