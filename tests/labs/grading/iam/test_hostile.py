"""Any text gives findings or a policy; a traceback is a failure.
`tests/bench/bench_iam.py` takes the time of up to 20,000."""

from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError
from labs.grading.grade import grade, read_answer
from labs.grading.iam.exercise.codes import CODES
from labs.grading.iam.language.documents import POLICY_TYPES
from labs.grading.iam.lint.linter import lint_text
from labs.grading.kinds import KINDS
from tests.labs.grading.iam.hostile import document

KIND = KINDS["iam-policy"]
SOLUTION = json.dumps({"Version": "2012-10-17", "Statement": []})
TABLE = {
    "scenarios": [
        {
            "name": "Read",
            "action": "s3:GetObject",
            "resource": "arn:aws:s3:::b/a",
            "expect": "allow",
            "points": 1,
            "context": {"aws:TagKeys": ["a", "b"], "aws:SourceIp": "203.0.113.7"},
        }
    ],
    "comparison": {"points": 0},
}


def test_a_thousand_hostile_documents_give_findings_with_known_codes():
    for seed in range(1000):
        for finding in lint_text(document(seed), POLICY_TYPES[seed % len(POLICY_TYPES)]):
            assert finding.code in CODES
            assert (finding.line >= 1, finding.column >= 1) == (True, True)


def test_a_thousand_hostile_answers_are_graded_or_unreadable():
    for seed in range(1000):
        try:
            report = grade(
                KIND, table=TABLE, files={"solution.json": SOLUTION}, text=document(seed)
            )
        except AnswerError:
            continue
        assert {finding.code for finding in report.findings} <= set(CODES)
        json.dumps(report.as_json())


@pytest.mark.parametrize("seed", range(1000, 1060))
def test_hostile_answers_are_compared_within_their_budget(seed):
    table = {**TABLE, "comparison": {"points": 1}}
    solution = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b*"},
        }
    )
    try:
        report = grade(KIND, table=table, files={"solution.json": solution}, text=document(seed))
    except AnswerError:
        return
    assert report.max_points == 2


def test_an_answer_that_is_too_long_is_refused_before_it_is_read():
    with pytest.raises(AnswerError, match="longer than 16 kB"):
        read_answer(KIND, "[" * 20_000)
