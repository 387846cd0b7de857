"""What the labs on messages promise beyond being fair."""

from __future__ import annotations

import pytest

from labs.grading.messages.delivery_exercise.delivery_exercise import ASKED
from labs.source import LabSource
from tests.labs.shipped import shipped_labs

CATALOG = shipped_labs()
DELIVERIES = [lab for lab in CATALOG if lab.kind == "messaging"]
FILTERS = [lab for lab in CATALOG if lab.kind == "event-pattern"]


def ids(lab: LabSource) -> str:
    return lab.slug


def test_recall_use_and_design_have_a_lab_each() -> None:
    assert {lab.difficulty for lab in [*DELIVERIES, *FILTERS]} == {1, 2, 3}


@pytest.mark.parametrize("lab", DELIVERIES, ids=ids)
def test_hidden_and_shown_traces_are_asked_the_same(lab: LabSource) -> None:
    shown, hidden = lab.variants[0].table["traces"]
    assert (bool(shown.get("hidden")), bool(hidden.get("hidden"))) == (False, True)
    assert {key: shown.get(key) for key in ASKED} == {key: hidden.get(key) for key in ASKED}


@pytest.mark.parametrize("lab", DELIVERIES, ids=ids)
def test_the_brief_says_what_aws_does_not(lab: LabSource) -> None:
    assert all("AWS does not say" in variant.brief for variant in lab.variants)
    assert all("this model" in variant.brief for variant in lab.variants)


@pytest.mark.parametrize("lab", FILTERS, ids=ids)
def test_the_brief_says_that_all_events_are_compared(lab: LabSource) -> None:
    assert all("that there can be" in variant.brief for variant in lab.variants)
