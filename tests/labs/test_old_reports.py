"""Reports as they were stored before their fields had types: real ones, of a wrong answer each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from labs.grading.report import FORMAT, RelationName, Report, Severity
from labs.models import Grade
from labs.old_reports import read_report
from lessons.models import Course
from portal.accounts.models import User
from tests.rows import make_grade, make_lab, make_submission

FOLDER = Path(__file__).parents[1] / "fixtures" / "reports"
OLD = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
RELATIONS = {
    "equal": RelationName.EQUAL,
    "learner_wider": RelationName.WIDER,
    "learner_narrower": RelationName.NARROWER,
    "incomparable": RelationName.DIFFERENT,
}


def old_rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    extra = data["extra"]
    rows = extra.get("scenarios") or extra.get("packets") or extra.get("probes") or []
    return [row for row in rows if not row.get("hidden")]


@pytest.mark.parametrize("name", OLD)
def test_an_old_report_keeps_its_score_and_its_findings(name: str) -> None:
    found = read_report(OLD[name])
    rows = OLD[name]["findings"]
    assert found.max_points == sum(row["points"] for row in rows)
    assert [(one.code, one.message, one.line, one.column) for one in found.findings] == [
        (row["code"], row["message"], row["line"], row["column"]) for row in rows
    ]


@pytest.mark.parametrize("name", OLD)
def test_an_old_table_keeps_its_rows(name: str) -> None:
    rows = old_rows(OLD[name])
    found = read_report(OLD[name]).outcomes
    assert [(one.name, one.passed) for one in found] == [
        (row["name"], row["passed"]) for row in rows
    ]


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("iam-policy", OLD["iam-policy"]["extra"]["comparison"]["relation"]),
        ("security-group", OLD["security-group"]["extra"]["relation"]),
    ],
)
def test_an_old_comparison_keeps_its_picture(name: str, relation: str) -> None:
    found = read_report(OLD[name]).relation
    assert found is not None
    assert found.name == RELATIONS[relation]


def test_an_old_counterexample_is_still_the_headline() -> None:
    found = read_report(OLD["iam-policy"]).headline
    assert found is not None
    assert found.cases[0].sentence == found.message
    assert found.cases[0].replay.name == "decision"


def test_old_advice_says_how_serious_it_is() -> None:
    refused = read_report(OLD["refused"])
    assert refused.refused
    assert refused.headline is None
    assert Severity.ERROR in [one.severity for one in refused.findings if not one.points]


def test_a_report_of_today_is_read_as_it_was_written() -> None:
    report = read_report(OLD["security-group-graph"])
    stored = json.loads(json.dumps(report.as_json()))
    assert (stored["format"], read_report(stored)) == (FORMAT, report)
    assert Report.from_json(stored) == report


@pytest.mark.parametrize("name", [name for name in OLD if name != "refused"])
def test_an_old_verdict_can_still_be_looked_at(
    name: str, lea: User, course: Course, client_of: Callable[[User], Client]
) -> None:
    submission = make_submission(lea, make_lab(course, f"old-{name}", kind=name))
    grade = make_grade(submission, 0)
    Grade.objects.filter(pk=grade.pk).update(report=OLD[name])
    page = client_of(lea).get(f"/labs/attempts/{submission.pk}/").content.decode()
    assert 'data-state="failed"' in page
    for row in old_rows(OLD[name]):
        assert escape(row["name"]) in page
