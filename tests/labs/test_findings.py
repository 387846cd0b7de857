"""Findings in groups, as a learner reads them, and the counterexample that comes before them."""

from __future__ import annotations

from typing import Any

import pytest

from labs.findings import Findings, group
from labs.grading.report import Case, Finding, RelationName, Report, Severity
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
    submission: Submission, *findings: Finding, reveal: bool = False, **fields: Any
) -> Findings:
    return group(submission, Report(findings, **fields), told=None, reveal=reveal)


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
    reason = check("Principal does not belong here", points=0, at=(3, 1))
    found = grouped(submission, reason, check("not decided", points=9), refused="No.")
    assert (messages(found.failed), found.advice) == (["Principal does not belong here"], ())


def test_failed_lines_are_marked_and_advice_less_loudly(submission: Submission) -> None:
    found = grouped(
        submission,
        check("wrong", at=(2, 1), actual="gets in"),
        check("hint", points=0, at=(3, 1), severity=Severity.ADVICE),
    )
    assert [(row.mark, row.mark_message) for row in (*found.failed, *found.advice)] == [
        ("error", "wrong – gets in"),
        ("info", "hint"),
    ]


def test_the_headline_is_never_a_hidden_check() -> None:
    secret = check("secret", points=9, cases=(Case("told"),), hidden=True)
    assert Report((secret,)).headline is None
    assert Report((secret, check("open", cases=(Case("told"),)))).headline.message == "open"


def test_the_headline_is_the_check_worth_most() -> None:
    checks = [check("small", cases=(Case("a"),)), check("whole", points=4, cases=(Case("b"),))]
    assert Report((*checks, check("without a case", points=9))).headline.message == "whole"


def test_a_refused_answer_has_no_headline() -> None:
    assert Report((check("open", cases=(Case("told"),)),), refused="No.").headline is None


@pytest.mark.parametrize(
    ("wider", "narrower", "name"),
    [
        (False, False, "equal"),
        (True, False, "wider"),
        (False, True, "narrower"),
        (True, True, "different"),
    ],
)
def test_how_the_answer_lies_to_the_expected_one(wider: bool, narrower: bool, name: str) -> None:
    assert RelationName.of(wider=wider, narrower=narrower) == name
