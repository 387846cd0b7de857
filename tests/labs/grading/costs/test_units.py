from __future__ import annotations

import pytest

from labs.grading.costs.formula.units import Unit, conversions, factor_between, read_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("$/GB-month", Unit(("$",), ("gb", "month"))),
        ("GB-seconds", Unit(("gb", "second"))),
        ("USD per month", Unit(("$",), ("month",))),
        ("dollars a year", Unit(("$",), ("year",))),
        ("GiB·s", Unit(("gb", "second"))),
        ("ms", Unit(("ms",))),
        ("addresses", Unit(("addresse",))),
        ("", Unit(())),
    ],
)
def test_a_unit_is_read_in_the_forms_that_people_write(text: str, unit: Unit) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("given", "target", "factor"),
    [
        ("$/month", "$/year", 12),
        ("$/hour", "$/month", 730),
        ("ms", "second", 0.001),
        ("TB", "MB", 1024 * 1024),
        ("MB-second", "GB-hour", 1 / 1024 / 3600),
        ("million request", "request", 1e6),
        ("$/month", "$/month", 1),
    ],
)
def test_units_convert_as_aws_counts_them(given: str, target: str, factor: float) -> None:
    assert factor_between(read_unit(given), read_unit(target)) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("given", "target"),
    [("$", "GB"), ("$/GB", "$"), ("hour", "address"), ("GB-hour", "GB"), ("zone", "address")],
)
def test_what_does_not_fit_is_refused(given: str, target: str) -> None:
    with pytest.raises(ValueError, match="left over"):
        factor_between(read_unit(given), read_unit(target))


def test_a_product_converts_each_measure_once() -> None:
    units = [read_unit(text) for text in ("request/month", "ms/request", "MB")]
    found = conversions(units, [], read_unit("GB-second/month"))
    assert {(one.word, one.to) for one in found} == {("ms", "second"), ("mb", "gb")}


def test_a_unit_has_an_end() -> None:
    with pytest.raises(ValueError, match="no unit"):
        read_unit("a" * 61)
    with pytest.raises(ValueError, match="no unit"):
        read_unit("-".join("bcdefghij"))
