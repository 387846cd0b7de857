"""What the labs on target groups promise beyond being fair."""

from __future__ import annotations

import pytest

from labs.source import LabSource
from tests.labs.shipped import shipped_labs_of

LABS = shipped_labs_of("health-timeline")
each_lab = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)


def test_health_checks_leaving_and_staying_have_a_lab_each() -> None:
    assert {lab.sections[0] for lab in LABS} == {
        "health-checks",
        "connection-draining",
        "what-are-sticky-sessions-and-what-do-they-do",
    }


@each_lab
def test_the_brief_says_what_aws_does_not(lab: LabSource) -> None:
    assert all("AWS does not say" in variant.brief for variant in lab.variants)
    assert all("this model" in variant.brief for variant in lab.variants)


@each_lab
def test_the_lab_has_wrong_answers_variants_and_hints(lab: LabSource) -> None:
    assert len(lab.wrong) >= 8
    assert len(lab.variants) >= 2
    assert len(lab.variants[0].hints) >= 3


@each_lab
def test_a_hidden_log_keeps_an_answer_from_fitting_one_day_alone(lab: LabSource) -> None:
    hidden = [bool(log.get("hidden")) for log in lab.variants[0].table["logs"]]
    assert sorted(hidden) == [False, True]


@each_lab
def test_hidden_and_shown_logs_are_asked_the_same(lab: LabSource) -> None:
    shown, hidden = lab.variants[0].table["logs"]
    asked = ("dead", "needless", "into", "cut", "deploy", "lost", "share")
    assert {key: shown.get(key) for key in asked} == {key: hidden.get(key) for key in asked}
