"""Findings in groups, as a learner reads them, and the counterexample that comes before them."""

from __future__ import annotations

from typing import Any

import pytest

from labs.counterexamples import find_counterexample, relation_of
from labs.findings import Findings, group
from labs.grading.report import Finding, Report
from labs.models import Submission
from lessons.models import Course
from portal.accounts.models import User
from tests.rows import make_lab, make_submission


@pytest.fixture
def submission(lea: User, course: Course) -> Submission:
    return make_submission(lea, make_lab(course, "say-it", kind="security-group"))


def check(message: str, *, passed: bool = False, points: int = 1, **fields: Any) -> Finding:
    return Finding("test.check", passed, points, message, **fields)


def grouped(
    submission: Submission, *findings: Finding, reveal: bool = False, **extra: Any
) -> Findings:
    return group(submission, Report(findings, extra), told=None, reveal=reveal)


def messages(rows: tuple[Any, ...]) -> list[str]:
    return [row.message for row in rows]


def test_each_group_keeps_the_reading_order(submission: Submission) -> None:
    found = grouped(
        submission,
        check("one", passed=True),
        check("two"),
        check("three", passed=True),
        check("hint", points=0),
        check("four"),
    )
    assert (messages(found.failed), messages(found.passed)) == (["two", "four"], ["one", "three"])
    assert (messages(found.advice), found.holding) == (["hint"], 2)


def test_hidden_checks_are_counted_with_their_lessons_alone(submission: Submission) -> None:
    hidden = {"hidden": True, "section": "inbound-rules"}
    findings = [
        check("secret", **hidden),
        check("secret too", **hidden),
        check("secret and right", passed=True, **hidden),
    ]
    found = grouped(submission, *findings)
    assert (found.failed, found.passed, found.hidden, found.holding) == ((), (), 2, 1)
    assert [link.title for link in found.topics] == ["Inbound rules"]


def test_whoever_teaches_sees_what_was_hidden(submission: Submission) -> None:
    found = grouped(submission, check("secret", hidden=True), reveal=True)
    assert [(row.message, row.hidden) for row in found.failed] == [("secret", True)]
    assert found.hidden == 0


def test_findings_that_say_the_very_same_are_said_once(submission: Submission) -> None:
    found = grouped(submission, check("left out"), check("other"), check("left out"))
    assert [(row.message, row.times) for row in found.failed] == [("left out", 2), ("other", 1)]


def test_of_a_refused_policy_only_the_reasons_are_told(submission: Submission) -> None:
    reason = check("Principal does not belong here", points=0, actual="error", line=3)
    found = grouped(submission, reason, check("not decided", points=9), refused=True)
    assert (messages(found.failed), found.advice) == (["Principal does not belong here"], ())


def test_failed_lines_are_marked_and_advice_less_loudly(submission: Submission) -> None:
    found = grouped(
        submission,
        check("wrong", line=2, actual="gets in"),
        check("hint", points=0, line=3, actual="advice"),
    )
    assert [(row.mark, row.mark_message) for row in (*found.failed, *found.advice)] == [
        ("error", "wrong – gets in"),
        ("info", "hint"),
    ]


def test_the_headline_is_never_a_hidden_check() -> None:
    flow = {"words": "TCP 22", "answer": "allow", "expected": "deny"}
    secret = check("secret", points=9, counterexample=flow, hidden=True)
    assert find_counterexample(Report((secret,))) is None
    found = find_counterexample(Report((secret, check("open", counterexample=flow))))
    assert found is not None
    assert [case.sentence for case in found.cases] == ["open"]


def test_the_headline_is_the_check_worth_most() -> None:
    flow = {"words": "TCP 22", "answer": "allow", "expected": "deny"}
    checks = [check("small", counterexample=flow), check("whole", points=4, counterexample=flow)]
    found = find_counterexample(Report(tuple(checks)))
    assert found is not None
    assert found.finding.message == "whole"


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        (
            "allow",
            "Denied: nothing allows it",
            "s3:GetObject on a is denied by your policy; it is needed.",
        ),
        (
            "deny",
            "Allowed: statement 1",
            "s3:GetObject on a is allowed by your policy; it should be denied.",
        ),
        (
            "ExplicitlyDenied",
            "Denied: nothing allows it",
            "s3:GetObject on a is denied by your policy, but for another reason than it should be.",
        ),
    ],
)
def test_a_request_without_words_of_its_own_is_said_in_a_sentence(
    expected: str, actual: str, words: str
) -> None:
    request = {"principal": "", "action": "s3:GetObject", "resource": "a", "context": {}}
    finding = check("Download", counterexample=request, expected=expected, actual=actual)
    found = find_counterexample(
        Report((finding,), {"scenarios": [{"hidden": False, "request": request, "trace": {}}]})
    )
    assert found is not None
    assert [(case.sentence, case.trace) for case in found.cases] == [(words, {})]


def users(*relations: str) -> dict[str, Any]:
    return {str(number): {"relation": name} for number, name in enumerate(relations)}


@pytest.mark.parametrize(
    ("extra", "name"),
    [
        ({"relation": "learner_wider"}, "learner_wider"),
        ({"comparison": {"relation": "equal"}}, "equal"),
        ({"comparison": None, "comparisons": users("equal", "learner_narrower")},
         "learner_narrower"),
        ({"comparisons": users("learner_wider", "learner_narrower")}, "incomparable"),
    ],
)  # fmt: skip
def test_how_the_answer_lies_to_the_expected_one(extra: dict[str, Any], name: str) -> None:
    relation = relation_of(Report((), extra))
    assert relation is not None
    assert relation.name == name


@pytest.mark.parametrize(
    "extra", [{}, {"relation": None}, {"comparison": None}, {"comparison": None, "comparisons": {}}]
)
def test_without_a_comparison_there_is_no_picture(extra: dict[str, Any]) -> None:
    assert relation_of(Report((), extra)) is None
