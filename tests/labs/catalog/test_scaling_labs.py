"""What the labs on Auto Scaling promise beyond being fair."""

from __future__ import annotations

import pytest

from labs.source import LabSource
from tests.labs.shipped import shipped_labs_of

LABS = shipped_labs_of("asg-scaling-policy")
each_lab = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)


def test_there_is_a_lab_of_each_difficulty() -> None:
    assert {lab.difficulty for lab in LABS} == {1, 2, 3}


@each_lab
def test_the_brief_says_that_the_model_is_simplified(lab: LabSource) -> None:
    assert all("model is simplified" in variant.brief for variant in lab.variants)


@each_lab
def test_the_lab_has_wrong_answers_variants_and_hints(lab: LabSource) -> None:
    assert len(lab.wrong) >= 8
    assert len(lab.variants) >= 2
    assert len(lab.variants[0].hints) >= 3


@each_lab
def test_something_hidden_keeps_an_answer_from_fitting_one_day_alone(lab: LabSource) -> None:
    asked = [*lab.variants[0].table.get("days", []), *lab.variants[0].table.get("steps", [])]
    assert any(one.get("hidden") for one in asked)
