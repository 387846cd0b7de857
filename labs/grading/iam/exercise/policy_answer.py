"""A learner's text as a policy: unreadable when it is not JSON or holds no statements at all."""

from __future__ import annotations

from labs.grading.errors import AnswerError
from labs.grading.iam.exercise.answer import Answer
from labs.grading.iam.exercise.policy_verdict import unreadable
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.json_text import read_json


def parse_policy(text: str) -> Answer:
    """AnswerError names line and column. What AWS would refuse is not unreadable:
    that becomes a finding."""
    document = read_json(text)
    policy = read_policy(document.value)
    problem = next((problem for problem in policy.problems if unreadable(problem)), None)
    if problem:
        raise AnswerError(problem.message, *document.position(problem.path))
    return Answer(document, policy)
