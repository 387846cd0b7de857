"""What the editor marks while one types: every adviser says the same as its verdict does,
and costs no points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from labs.grading.grade import advice, grade
from labs.grading.kind import Adviser
from labs.grading.kinds import KINDS
from labs.source import LabSource
from labs.sync import columns_of
from lessons.models import Course
from portal.accounts.models import User
from tests.labs.shipped import shipped_labs
from tests.rows import make_lab

# Those that say nothing while one types: tests/labs/test_faults_to_find.py
ADVISED = [
    lab
    for lab in shipped_labs()
    if isinstance(KINDS[lab.kind], Adviser) and lab.variants[0].table.get("advice", True)
]
# Kinds whose verdict also says what was probably meant, beside a check that failed, or where a
# build ends: that is seen by the lab's own rules, and would give them away while one types.
EXPLAINING = {"alb-listener-rules", "dockerfile", "user-data"}
EVERYTHING = """{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}]
}"""


def test_policies_are_advised() -> None:
    assert {lab.kind for lab in ADVISED} >= {
        "iam-policy",
        "trust-policy",
        "resource-policy",
        "iam-account",
    }


@pytest.mark.parametrize("source", ADVISED, ids=lambda lab: lab.slug)
def test_advice_is_what_the_verdict_says_without_points(source: LabSource) -> None:
    variant = source.variants[0]
    kind = KINDS[source.kind]
    for text in (variant.starter, *variant.wrong.values()):
        report = grade(kind, table=variant.table, files=variant.files, text=text)
        said = [finding for finding in report.findings if not finding.points]
        advised = advice(kind, table=variant.table, files=variant.files, text=text)
        more = Counter(map(str, said)) - Counter(map(str, advised))
        assert Counter(map(str, advised)) <= Counter(map(str, said))
        assert not more or (source.kind in EXPLAINING and not report.passed)


@pytest.mark.parametrize("source", ADVISED, ids=lambda lab: lab.slug)
def test_the_solution_deserves_no_advice(source: LabSource) -> None:
    variant = source.variants[0]
    found = advice(
        KINDS[source.kind], table=variant.table, files=variant.files, text=variant.solution
    )
    assert [finding.message for finding in found] == []


def test_the_editor_is_told_where(
    lea: User, course: Course, client_of: Callable[[User], Client]
) -> None:
    source = next(lab for lab in ADVISED if lab.slug == "read-one-bucket")
    make_lab(course, source.slug).variants.update(**columns_of(source.variants[0]))
    [mark] = client_of(lea).post(f"/labs/{source.slug}/lint/", {"text": EVERYTHING}).json()["marks"]
    assert (mark["line"], mark["severity"]) == (3, "warning")
    assert "s3:GetObject" in mark["message"]
