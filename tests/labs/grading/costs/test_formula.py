from __future__ import annotations

from typing import Any

import pytest

from labs.grading.costs.formula.slips import explained, is_close, slips_in
from labs.grading.errors import SpecError
from tests.labs.grading.costs.sums import QUANTITIES, STEPS, TABLE, formula_of, quantity, step

FORMULA = formula_of()
RIGHT = FORMULA.values()


def test_steps_are_worked_out_one_after_the_other() -> None:
    compute, storage = 3 * 2 * 0.10 * 730, (2048 - 100) * 0.08
    bill = 0.7 * compute + storage + 240 / 12 + 5 * 0.20
    assert RIGHT["compute"] == pytest.approx(compute)
    assert RIGHT["storage"] == pytest.approx(storage)
    assert RIGHT["bill"] == pytest.approx(bill)
    assert RIGHT["year"] == pytest.approx(12 * bill)
    assert RIGHT["job"] == pytest.approx(0.72 * 180 / 3600)


def test_a_free_allowance_never_makes_a_credit() -> None:
    quantities = [quantity("used", "5 GB"), quantity("free", "10 GB")]
    small = {"quantities": quantities, "steps": [step("paid", "GB", of="used", free="free")]}
    assert formula_of(small).values()["paid"] == 0


def tiers(used: str) -> dict[str, Any]:
    prices = [["10 TB", "0.09 $/GB"], ["50 TB", "0.085 $/GB"], ["", "0.07 $/GB"]]
    return {
        "quantities": [quantity("out", used)],
        "steps": [step("traffic", "$", of="out", tiers=prices)],
    }


@pytest.mark.parametrize(
    ("used", "dollars"),
    [
        ("0 GB", 0),
        ("100 GB", 9),
        ("10 TB", 921.6),
        ("11 TB", 921.6 + 1024 * 0.085),
        ("60 TB", 921.6 + 40 * 1024 * 0.085 + 10 * 1024 * 0.07),
    ],
)
def test_each_tier_prices_its_own_part(used: str, dollars: float) -> None:
    assert formula_of(tiers(used)).values()["traffic"] == pytest.approx(dollars)


@pytest.mark.parametrize("rate", [0.09, 0.085])
def test_one_price_for_everything_is_a_slip(rate: float) -> None:
    formula = formula_of(tiers("12 TB"))
    [found] = explained(formula, "traffic", 12 * 1024 * rate)
    assert [slip.code for slip in found] == ["one-tier"]


def test_what_is_not_rounded_down_by_a_binary_fraction_is_not_rounded_up() -> None:
    quantities = [quantity("run", "0.3 second"), quantity("unit", "0.1 second")]
    table = {"quantities": quantities, "steps": [step("billed", "second", of="run", up_to="unit")]}
    assert formula_of(table).values()["billed"] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("key", "given", "codes"),
    [
        ("compute", 0.60, {"hours-forgotten"}),
        ("compute", 432.0, {"thirty-days"}),
        ("compute", 219.0, {"one-zone"}),
        ("compute", 146.0, {"one-of-many"}),
        ("storage", 163.84, {"free-forgotten"}),
        ("storage", 1900 * 0.08, {"decimal-gigabytes"}),
        ("cheaper", 0.3 * 438, {"discount-paid"}),
        ("cheaper", 29 * 438, {"percent-as-factor"}),
        ("cheaper", 438.0, {"discount-forgotten"}),
        ("year", RIGHT["bill"], {"months-for-year"}),
        ("year", 12 * (RIGHT["bill"] - 20), {"upfront-forgotten"}),
        ("bill", RIGHT["bill"] + 220, {"upfront-at-once"}),
        ("bill", RIGHT["bill"] + 1_000_000 - 1, {"per-million"}),
        ("job", 0.72 * 130 / 3600, {"not-rounded-up"}),
        ("job", 0.72 * 180, {"time-unit"}),
    ],
)
def test_one_slip_is_known_by_its_number(key: str, given: float, codes: set[str]) -> None:
    found = explained(FORMULA, key, given)
    assert {slip.code for slips in found for slip in slips} == codes
    assert {len(slips) for slips in found} == {1}


def test_two_slips_together_are_found_where_no_single_one_is() -> None:
    found = explained(FORMULA, "compute", 3 * 0.10 * 720)
    assert [{slip.code for slip in slips} for slips in found] == [{"thirty-days", "one-zone"}]


def test_what_two_ways_lead_to_is_found_both_ways() -> None:
    """Two servers in two zones: half is one server, or one zone."""
    twin = [quantity("servers", "2 server"), *QUANTITIES[1:]]
    found = explained(formula_of({**TABLE, "quantities": twin}), "compute", 146.0)
    assert [slips[0].code for slips in found] == ["one-of-many", "one-zone"]


def test_every_slip_by_itself_is_found_again() -> None:
    """Whatever is done wrong in one place, the number leads back to it."""
    counted = 0
    for asked in (one for one in FORMULA.steps if one.points):
        for part in FORMULA.needed(asked.key):
            for slip in slips_in(FORMULA, part):
                given = FORMULA.values(dict([slip.change]))[asked.key]
                if is_close(given, RIGHT[asked.key]):
                    continue
                counted += 1
                found = explained(FORMULA, asked.key, given)
                assert slip.code in {one.code for slips in found for one in slips}
    assert counted > 40


def test_the_right_number_is_explained_by_nothing() -> None:
    assert not any(len(found) == 1 for found in explained(FORMULA, "bill", RIGHT["bill"]))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"quantities": [quantity("a", "many")]}, "spec.quantities[1].value: is “many”"),
        ({"steps": [step("a", "$", plus=["b"])]}, "“b” is no quantity"),
        ({"steps": [step("rate", "$", plus=["size"])]}, "spec.steps[1].plus"),
        ({"steps": [step("size", "TB", plus=["size"])]}, "is there already"),
        ({"steps": [step("a", "$")]}, "has none of times, plus"),
        ({"steps": [step("a", "$", times=["size"])]}, "a unit of size is left over"),
        ({"steps": [step("a", "GB", of="size", free="free")]}, "“size” is in another unit"),
        ({"steps": [step("a", "$", of="size", tiers=[["1 TB", "1 $/GB"]])]}, "has no end"),
        ({"steps": []}, "not 1 to 20"),
        ({"quantities": [quantity("a", "2 GB", instead="2 TB")]}, "has another unit"),
    ],
)
def test_what_does_not_fit_together_is_refused(table: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecError) as raised:
        formula_of({"quantities": QUANTITIES, "steps": STEPS} | table)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("key", "given", "code"),
    [
        ("compute", 3 * 2 * 0.10 * 744, "long-month"),
        ("compute", 3 * 2 * 0.10 / 730, "turned-round"),
        ("storage", (2048 * 1.073741824 - 100) * 0.08, "other-gigabytes"),
        ("job", 0.72 * 180 * 3600, "turned-round"),
        ("job", 180 / 3600, "number-forgotten"),
    ],
)
def test_a_rarer_slip_is_named_where_no_usual_one_fits(key: str, given: float, code: str) -> None:
    found = explained(FORMULA, key, given)
    assert [[slip.code for slip in slips] for slips in found] == [[code]]


def test_the_same_slip_in_every_line_is_one_slip() -> None:
    """A month of 30 days on three lines of a bill."""
    quantities = [quantity(key, f"{price} $/hour") for key, price in (("a", 1), ("b", 2), ("c", 5))]
    steps = [step(f"{key}-month", "$/month", times=[key]) for key in "abc"]
    steps.append(step("bill", "$/month", plus=["a-month", "b-month", "c-month"]))
    formula = formula_of({"quantities": quantities, "steps": steps})
    [found] = explained(formula, "bill", 8 * 720)
    assert [slip.code for slip in found] == ["thirty-days"] * 3
