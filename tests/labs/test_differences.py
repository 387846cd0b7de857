from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from labs.differences import difference, opened_and_closed
from labs.grading import grade as grading
from labs.grading.kinds import KINDS
from labs.models import Grade
from lessons.models import Course
from portal.accounts.models import User
from tests.rows import make_grade, make_lab, make_submission


def rules(*ports: int) -> str:
    blocks = [{"CidrIp": "0.0.0.0/0"}]
    return json.dumps([{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": blocks} for port in ports])


def report(*ports: int) -> dict:
    packets = [
        {"name": f"port {port}", "protocol": "tcp", "port": port, "source": "192.0.2.7", "expect": "allow"}
        for port in (22, 80, 443)
    ]
    kind, files = KINDS["security-group"], {"solution.json": rules(443)}
    return grading.grade(kind, table={"packets": packets}, files=files, text=rules(*ports)).as_json()


def test_changed_lines_are_marked():
    changed = difference("a\nb", "a\nc")
    assert [(line.look, line.text) for line in changed] == [
        ("hunk", "@@ -1,2 +1,2 @@"),
        ("", " a"),
        ("del", "-b"),
        ("add", "+c"),
    ]


def test_packets_that_a_change_opened_and_closed():
    assert opened_and_closed(report(22, 80), report(80, 443)) == {
        "opened": ["TCP 443 (HTTPS) from 192.0.2.7"],
        "closed": ["TCP 22 (SSH) from 192.0.2.7"],
    }


@pytest.mark.parametrize(
    "extra", [{}, {"extra": {}}, {"extra": {"packets": [{"name": "1", "words": "w", "walk": None}]}}]
)
def test_reports_without_packets_have_nothing_to_say(extra):
    assert opened_and_closed(extra, extra) == {"opened": [], "closed": []}


def test_an_attempt_says_what_it_opened_and_closed(lea: User, course: Course, client_of: Callable[[User], Client]):
    lab = make_lab(course, "let-the-web-in", kind="security-group")
    for ports in ((22, 80), (80, 443)):
        submission = make_submission(lea, lab, rules(*ports))
        grade = make_grade(submission, 1)
        Grade.objects.filter(pk=grade.pk).update(report=report(*ports))
    page = client_of(lea).get(f"/labs/attempts/{submission.pk}/").content.decode()
    assert '<dt>Opened by this change</dt><dd lang="en">TCP 443 (HTTPS) from 192.0.2.7</dd>' in page
    assert '<dt>Closed by this change</dt><dd lang="en">TCP 22 (SSH) from 192.0.2.7</dd>' in page
