"""An IAM identity policy, graded by what it allows.

The answer is one JSON policy document. Scenarios are decided as AWS does; then the answer is
compared with the expected policy over all real requests, and a difference is shown as the smallest
request on which the two disagree.
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

NAME = "iam-policy"
TITLE = "IAM policy"
LANGUAGE = "json"
VERSION = iam.VERSION
MAX_BYTES = 16_000


def read_spec(table: Mapping[str, Any], files: Files) -> Exercise:
    return read_exercise(table, files, "identity")


parse = parse_policy


def check(answer: Answer, spec: Exercise) -> Report:
    return check_answer(answer, spec)


def advise(answer: Answer, spec: Exercise) -> list[Finding]:
    return advise_answer(answer, spec)
