"""Where finding the faults is the task, the editor must not name them while one types."""

from __future__ import annotations

import pytest

from labs.grading.grade import advice, grade
from labs.grading.scoring import faults_of
from labs.source import LabSource, VariantSource
from tests.labs.shipped import shipped_labs

LABS = shipped_labs()
# A draft that AWS would refuse, or a table of rules: the faults are what is asked for
VARIANTS = [(lab, variant) for lab in LABS for variant in lab.variants]


def finding_faults_is_the_task(lab: LabSource, variant: VariantSource) -> bool:
    if lab.kind == "find-the-flaw":
        return True
    report = grade(lab.kind_module, table=variant.table, files=variant.files, text=variant.starter)
    return bool(report.refused)


FAULTY = [row for row in VARIANTS if finding_faults_is_the_task(*row)]


def test_there_are_such_labs() -> None:
    assert {lab.slug for lab, _variant in FAULTY} >= {"audit-the-rules", "mend-the-policy"}


@pytest.mark.parametrize(
    ("lab", "variant"), FAULTY, ids=lambda one: getattr(one, "slug", getattr(one, "number", one))
)
def test_the_starter_is_not_marked(lab: LabSource, variant: VariantSource) -> None:
    marks = advice(lab.kind_module, table=variant.table, files=variant.files, text=variant.starter)
    assert [mark.message for mark in marks] == []


def test_the_verdict_names_the_faults_all_the_same() -> None:
    lab = next(lab for lab in LABS if lab.slug == "mend-the-policy")
    variant = lab.variants[0]
    report = grade(lab.kind_module, table=variant.table, files=variant.files, text=variant.starter)
    assert len({one.line for one in report.findings if not one.points and not one.passed}) >= 5


def test_a_draft_has_as_many_faults_as_its_task_says() -> None:
    lab = next(lab for lab in LABS if lab.slug == "mend-the-policy")
    variant = lab.variants[0]
    start = grade(lab.kind_module, table=variant.table, files=variant.files, text=variant.starter)
    assert "**six faults**" in variant.brief
    assert len(faults_of(start)) == 6
