from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from labs.differences import Change, difference, grade_before, outcome_changes
from labs.grading import grade as grading
from labs.grading.kinds import KINDS
from labs.grading.report import Report
from labs.models import Grade, Lab, State, Submission
from lessons.models import Course
from portal.accounts.models import User
from tests.rows import make_grade, make_lab, make_submission

ClientOf = Callable[[User], Client]


def rules(*ports: int) -> str:
    blocks = [{"CidrIp": "0.0.0.0/0"}]
    return json.dumps(
        [
            {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": blocks}
            for port in ports
        ]
    )


def report(*ports: int) -> Report:
    packets = [
        {
            "name": f"port {port}",
            "protocol": "tcp",
            "port": port,
            "source": "192.0.2.7",
            "expect": "allow",
        }
        for port in (22, 80, 443)
    ]
    kind, files = KINDS["security-group"], {"solution.json": rules(443)}
    return grading.grade(kind, table={"packets": packets}, files=files, text=rules(*ports))


def test_changed_lines_are_marked():
    changed = difference("a\nb", "a\nc")
    assert [(line.look, line.text) for line in changed] == [
        ("hunk", "@@ -1,2 +1,2 @@"),
        ("", " a"),
        ("del", "-b"),
        ("add", "+c"),
    ]


def graded_attempt(lea: User, lab: Lab, *ports: int) -> Submission:
    submission = make_submission(lea, lab, rules(*ports))
    grade = make_grade(submission, 1)
    Grade.objects.filter(pk=grade.pk).update(report=report(*ports).as_json())
    return submission


def test_packets_are_compared_with_the_last_attempt_that_has_a_verdict(lea: User, course: Course):
    lab = make_lab(course, "let-the-web-in", kind="security-group")
    first = graded_attempt(lea, lab, 22, 80)
    make_submission(lea, lab, rules(), state=State.FAULTED)
    second = graded_attempt(lea, lab, 80, 443)
    assert outcome_changes(first, report(22, 80).outcomes, grade_before(first)) == []
    assert outcome_changes(second, report(80, 443).outcomes, grade_before(second)) == [
        Change("TCP 22 (SSH) from 192.0.2.7", "passes", "is stopped", False),
        Change("TCP 443 (HTTPS) from 192.0.2.7", "is stopped", "passes", True),
    ]


def test_other_words_of_another_engine_are_no_change(lea: User, course: Course):
    lab = make_lab(course, "let-the-web-in", kind="security-group")
    first, second = graded_attempt(lea, lab, 22, 80), graded_attempt(lea, lab, 80, 443)
    Grade.objects.filter(pk=first.grade.pk).update(engine_version="another")
    outcomes = [replace(one, yours=f"{one.yours}, so to speak") for one in report(80, 443).outcomes]
    changed = [change.what for change in outcome_changes(second, outcomes, grade_before(second))]
    assert changed == ["TCP 22 (SSH) from 192.0.2.7", "TCP 443 (HTTPS) from 192.0.2.7"]


@pytest.mark.parametrize("address", ["/labs/attempts/{pk}/", "/labs/let-the-web-in/"])
def test_a_verdict_says_what_became_otherwise(
    address, lea: User, course: Course, client_of: ClientOf
):
    lab = make_lab(course, "let-the-web-in", kind="security-group")
    graded_attempt(lea, lab, 22, 80)
    submission = graded_attempt(lea, lab, 80, 443)
    page = client_of(lea).get(address.format(pk=submission.pk)).content.decode()
    words = " ".join(page.split())
    assert "<dt>TCP 443 (HTTPS) from 192.0.2.7</dt> <dd>is stopped → passes</dd>" in words
    assert "<dt>TCP 22 (SSH) from 192.0.2.7</dt> <dd>passes → is stopped</dd>" in words
