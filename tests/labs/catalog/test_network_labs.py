"""What the network labs promise beyond being fair: enough wrong answers, variants, hints,
and sections that exist."""

from __future__ import annotations

import pytest

from labs.source import LabSource
from tests.labs.shipped import shipped_labs_of

NETWORK_KINDS = {
    "security-group",
    "security-group-graph",
    "network-acl",
    "subnetting",
    "packet-walk",
    "find-the-flaw",
}
LABS = shipped_labs_of(*NETWORK_KINDS)
each_lab = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)


def test_every_network_kind_has_a_lab():
    assert {lab.kind for lab in LABS} == NETWORK_KINDS
    assert len(LABS) >= 10


@each_lab
def test_the_lab_has_wrong_answers_variants_and_hints(lab: LabSource):
    assert len(lab.wrong) >= 4
    assert len(lab.variants) >= 2
    assert len(lab.variants[0].hints) >= 2
    assert lab.objectives


@each_lab
def test_the_variants_have_different_answers_or_tasks(lab: LabSource):
    assert len({variant.solution + variant.brief for variant in lab.variants}) == len(lab.variants)


@each_lab
def test_the_hints_do_not_hold_the_solution(lab: LabSource):
    for variant in lab.variants:
        assert not any(variant.solution.strip() in hint for hint in variant.hints)
