"""What the labs on costs promise beyond being fair."""

from __future__ import annotations

import pytest

from labs.grading.costs.exercise.codes import OTHERS
from labs.grading.machines.tasks.fargate import fits
from labs.source import LabSource
from tests.labs.shipped import shipped_labs_of

LABS = shipped_labs_of("cost")
each_lab = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)


@each_lab
def test_the_brief_says_that_the_prices_are_its_own(lab: LabSource) -> None:
    assert all("prices of this lab" in variant.brief for variant in lab.variants)


@each_lab
def test_every_price_that_counts_stands_in_the_brief(lab: LabSource) -> None:
    for variant in lab.variants:
        prices = [one["value"] for one in variant.table["quantities"] if "$" in one["value"]]
        assert [one for one in prices if f"${one.split()[0]}" not in variant.brief] == []


@each_lab
def test_the_lab_has_wrong_answers_of_several_kinds_variants_and_hints(lab: LabSource) -> None:
    slips = {code.removeprefix("cost.") for codes in lab.wrong.values() for code in codes}
    assert len(slips - OTHERS.keys()) >= 4
    assert len(lab.variants) >= 2
    assert len(lab.variants[0].hints) >= 3


PRICES = ("on_demand", "savings", "spot", "hourly", "upfront")
PLANS = shipped_labs_of("purchase-plan")


@pytest.mark.parametrize("lab", PLANS, ids=lambda lab: lab.slug)
def test_the_brief_of_a_plan_has_every_price_and_says_that_the_model_is_simplified(
    lab: LabSource,
) -> None:
    for variant in lab.variants:
        assert "prices of this lab" in variant.brief
        assert "model is simplified" in variant.brief
        rows = [*variant.table["types"], *variant.table["offers"]]
        prices = [row[key] for row in rows for key in PRICES if key in row]
        assert [price for price in prices if price not in variant.brief] == []


def test_a_task_on_fargate_has_a_size_that_fargate_has() -> None:
    lab = next(lab for lab in LABS if lab.slug == "fargate-or-ec2")
    for variant in lab.variants:
        values = {one["key"]: one["value"].split()[0] for one in variant.table["quantities"]}
        units, memory = float(values["vcpu"]) * 1024, values["memory"].replace(",", "")
        assert fits(int(units), int(memory))
