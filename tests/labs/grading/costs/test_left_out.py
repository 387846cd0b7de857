"""What an amount is for may be left out of its unit: the task has named it."""

from __future__ import annotations

import pytest

from labs.grading.grade import grade
from labs.grading.kinds import KINDS
from tests.labs.grading.costs.sums import quantity, step

TABLE = {
    "quantities": [
        quantity("bill", "73 $/month"),
        quantity("price", "0.2 $/hour"),
        quantity("runs", "100 request/month"),
        quantity("time", "2 second/request"),
        quantity("memory", "512 MB"),
    ],
    "steps": [
        step("break-even", "hour/month", times=["bill"], over=["price"], points=1),
        step("gb-seconds", "GB-second/month", times=["runs", "time", "memory"], points=1),
    ],
}


def percent(text: str) -> int:
    return grade(KINDS["cost"], table=TABLE, files={}, text=text).percent


@pytest.mark.parametrize("unit", ["", "hours", "h", "hours a month", "hours/month"])
def test_hours_are_hours_a_month(unit: str) -> None:
    assert percent(f"break-even: 365 {unit}\ngb-seconds: 100") == 100


@pytest.mark.parametrize("unit", ["GB-seconds", "GB-s", "GB seconds", "GB-seconds/month"])
def test_gb_seconds_are_gb_seconds_a_month(unit: str) -> None:
    assert percent(f"break-even: 365\ngb-seconds: 100 {unit}") == 100


@pytest.mark.parametrize("amount", ["100 GB", "100 seconds", "100 MB-seconds", "365 $"])
def test_another_unit_is_another_amount(amount: str) -> None:
    assert percent(f"break-even: 365\ngb-seconds: {amount}") == 50
